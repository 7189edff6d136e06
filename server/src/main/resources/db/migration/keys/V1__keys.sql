create table data_key (
  workspace_id uuid not null,
  id uuid not null,
  owner text not null check (owner ~ '^[a-z]{2,30}$'),
  version integer not null check (version > 0),
  provider text not null,
  wrapped bytea not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, owner, version)
);
comment on table data_key is
  'Data keys, one row for each owner (an app, or platform) and version, wrapped by the key provider. Personal data: none.';
select protect_table('data_key');

create table installation_key (
  version integer primary key check (version > 0),
  provider text not null,
  wrapped bytea not null,
  created_at timestamptz not null
);
comment on table installation_key is
  'The key that seals what networks deliver before its workspace''s keys are needed, wrapped by the key provider. Personal data: none.';
select open_table('installation_key');
