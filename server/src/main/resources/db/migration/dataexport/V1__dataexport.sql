create table data_export (
  workspace_id uuid not null,
  id uuid not null,
  requested_by uuid not null,
  -- null for all of the workspace
  person_id uuid,
  requested_at timestamptz not null,
  state text not null check (state in ('running', 'ready', 'failed', 'withdrawn')),
  problem text check (length(problem) between 1 and 200),
  -- which tables, in order, and how far it has come: the table's place and the last row's key
  plan text[] not null,
  place integer not null default 0,
  after text,
  volume integer not null default 1,
  parts integer not null default 0,
  rows_written bigint not null default 0,
  size_bytes bigint not null default 0,
  ready_at timestamptz,
  primary key (workspace_id, id)
);
create index data_export_by_time on data_export (workspace_id, requested_at);
comment on table data_export is
  'An export of the workspace or of a person. Personal data: who asked for it and whom it is about; kept: the clock exports (7 days unless set otherwise) after it was asked for.';
select protect_table('data_export');

create table data_export_part (
  workspace_id uuid not null,
  id uuid not null,
  export_id uuid not null,
  number integer not null,
  size_bytes bigint not null,
  content bytea not null,
  primary key (workspace_id, id),
  unique (workspace_id, export_id, number),
  foreign key (workspace_id, export_id) references data_export (workspace_id, id) on delete cascade
);
comment on table data_export_part is
  'A piece of an export''s archive, as ciphertext. Personal data: what the workspace holds; kept: as long as its export.';
comment on column data_export_part.content is 'Sealed: dataexport.part.';
select protect_table('data_export_part');

create table data_export_file (
  workspace_id uuid not null,
  export_id uuid not null,
  number integer not null,
  name text not null,
  source text not null,
  rows_written bigint not null,
  size_bytes bigint not null,
  compressed_bytes bigint not null,
  offset_bytes bigint not null,
  crc bigint not null,
  sha256 bytea not null,
  primary key (workspace_id, export_id, number),
  foreign key (workspace_id, export_id) references data_export (workspace_id, id) on delete cascade
);
comment on table data_export_file is
  'A file in an export''s archive, for its manifest. Personal data: none.';
comment on column data_export_file.sha256 is 'Hash: SHA-256 of the file.';
select protect_table('data_export_file');
