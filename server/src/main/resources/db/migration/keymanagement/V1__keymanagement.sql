create table reencryption (
  workspace_id uuid not null,
  id uuid not null,
  owner text not null check (owner ~ '^[a-z]{2,30}$'),
  version integer not null check (version > 1),
  started_at timestamptz not null,
  -- how far this pass has come: which of the owner's columns, and the last row of it
  column_place integer not null default 0,
  after_row uuid,
  rows_total bigint not null,
  rows_resealed bigint not null default 0,
  rows_unreadable bigint not null default 0,
  finished_at timestamptz,
  dropped_at timestamptz,
  primary key (workspace_id, id)
);
create unique index reencryption_running on reencryption (workspace_id, owner)
  where finished_at is null;
comment on table reencryption is
  'A new data key, and how far what the older ones sealed is sealed anew under it. Personal data: none.';
comment on column reencryption.dropped_at is 'When the older keys were forgotten; null while they are kept.';
select protect_table('reencryption');

grant select on reencryption to bothy_queue;
create policy lookup on reencryption for select to bothy_queue using (true);
create function rows_to_reencrypt() returns bigint
language sql stable security definer set search_path = bothy as $$
  select coalesce(sum(greatest(r.rows_total - r.rows_resealed - r.rows_unreadable, 0)), 0)::bigint
  from reencryption r where r.finished_at is null
$$;
select narrow_function('rows_to_reencrypt()');

create table key_destruction (
  workspace_id uuid not null,
  id uuid not null,
  owner text not null check (owner ~ '^[a-z]{2,30}$'),
  requested_by uuid not null,
  requested_at timestamptz not null,
  destroyed_at timestamptz,
  statement text check (length(statement) <= 10000),
  signature bytea,
  primary key (workspace_id, id),
  check ((destroyed_at is null) = (statement is null)),
  check ((statement is null) = (signature is null))
);
comment on table key_destruction is
  'That an owner''s keys were destroyed, with the receipt. Personal data: who asked for it; kept: as long as the workspace.';
comment on column key_destruction.signature is 'Signature: Ed25519 of the statement.';
select protect_table('key_destruction');

create table signing_key (
  id uuid primary key,
  public_key bytea not null,
  private_key bytea not null,
  created_at timestamptz not null
);
comment on table signing_key is
  'What receipts are signed with: one for the installation. Personal data: none.';
comment on column signing_key.public_key is 'Public: X.509 encoding of an Ed25519 key.';
comment on column signing_key.private_key is 'Sealed: keymanagement.signing-key. Under the installation''s keys.';
select open_table('signing_key');
