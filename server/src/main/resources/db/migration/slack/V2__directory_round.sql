create table slack_directory_round (
  workspace_id uuid not null,
  id uuid not null,
  stage text not null check (stage in ('idle', 'listing', 'others')),
  cursor text not null check (length(cursor) <= 1000),
  began_at timestamptz not null,
  primary key (workspace_id, id)
);
comment on table slack_directory_round is
  'How far the daily round through all accounts of a connection has come; the id is the connection''s. Personal data: none.';
select protect_table('slack_directory_round');
