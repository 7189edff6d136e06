-- What was erased, or is being: each row is its own progress, and afterwards what says that it was
-- done.
create table erasure (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('person', 'app', 'workspace')),
  target text not null check (length(target) between 1 and 60),
  requested_by uuid,
  requested_at timestamptz not null,
  -- while it runs: whose rows are looked for
  accounts jsonb not null default '[]',
  step text not null check (length(step) between 1 and 60),
  -- rows by table
  counts jsonb not null default '{}',
  -- words for the receipt, such as that another workspace knows the person
  notes jsonb not null default '[]',
  waits_for text check (length(waits_for) between 1 and 400),
  erased_at timestamptz,
  finished_at timestamptz,
  statement text,
  signature bytea,
  primary key (workspace_id, id),
  check ((finished_at is null) = (statement is null)),
  check ((statement is null) = (signature is null))
);
create unique index erasure_running on erasure (workspace_id, kind, target) where finished_at is null;
comment on table erasure is
  'What was erased, with the receipt. Personal data: the ids of who was erased and who asked, and until it is done the chat accounts; kept: as long as the workspace.';
comment on column erasure.signature is 'Signature: Ed25519 of the statement.';
select protect_table('erasure');

-- What is left of a workspace.
create table erased_workspace (
  workspace uuid primary key,
  erasure_id uuid not null,
  requested_by uuid,
  requested_at timestamptz not null,
  erased_at timestamptz not null,
  statement text not null,
  signature bytea not null
);
comment on table erased_workspace is
  'That a workspace was erased, with the receipt. Personal data: the id of who asked; kept: as long as the installation.';
comment on column erased_workspace.signature is 'Signature: Ed25519 of the statement.';
select open_table('erased_workspace');

-- The server may not take anything out of the audit log, except with the whole workspace.
grant select, delete on audit_entry to bothy_queue;
create policy erased_workspace on audit_entry for delete to bothy_queue using (true);
create policy erased_workspace_seen on audit_entry for select to bothy_queue using (true);

-- Takes rows of the transaction's workspace out of a table that the server may only add to: when the
-- workspace has no member and no living key any more, and so nothing that the log could tell of.
create function erase_protected_rows(target text, most integer) returns bigint
language plpgsql security definer set search_path = bothy as $$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  gone bigint;
  lives boolean;
begin
  if target !~ '^audit_[a-z]+$' then
    raise exception 'Not a table of the audit log: %', target;
  end if;
  execute format(
    'select exists (select from %I where workspace_id = $1)'
    ' or exists (select from %I where workspace_id = $1 and wrapped is not null)', 'member', 'data_key')
    into lives using bound;
  if lives then
    raise exception 'The workspace % is not erased yet', bound;
  end if;
  execute format(
    'delete from %I where ctid = any (array(select ctid from %I where workspace_id = $1 limit $2))', target, target)
    using bound, most;
  get diagnostics gone = row_count;
  return gone;
end $$;
select narrow_function('erase_protected_rows(text, integer)');
