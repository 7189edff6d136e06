-- The HR system that tells when people are away; a workspace has one.
create table hibob_connection (
  workspace_id uuid not null,
  id uuid not null,
  credentials bytea not null,
  -- until when changes were read, and when all was last compared
  changes_until_at timestamptz,
  compared_at timestamptz,
  read_at timestamptz,
  asked_at timestamptz,
  failures integer not null default 0 check (failures >= 0),
  failing_since_at timestamptz,
  problem text check (char_length(problem) between 1 and 500),
  -- of the last comparison: accounts that have somebody there, that show no address, whose address nobody has
  matched integer not null default 0 check (matched >= 0),
  no_address integer not null default 0 check (no_address >= 0),
  nobody integer not null default 0 check (nobody >= 0),
  -- requests of a few hours that do not say which
  left_out integer not null default 0 check (left_out >= 0),
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index hibob_connection_one on hibob_connection (workspace_id);
comment on table hibob_connection is 'The connection to HiBob and how it goes. Personal data: none.';
comment on column hibob_connection.credentials is 'Sealed: calendar.hibob-credentials.';
select protect_table('hibob_connection');

create table hibob_match (
  workspace_id uuid not null,
  connection_id uuid not null,
  account text not null check (char_length(account) between 1 and 200),
  employee text not null check (char_length(employee) between 1 and 100),
  by_hand boolean not null,
  matched_at timestamptz not null,
  primary key (workspace_id, connection_id, account)
);
comment on table hibob_match is 'Whose chat account belongs to which employee of HiBob. Personal data: the account and the employee''s id there; kept: until it is removed.';
select protect_table('hibob_match');
