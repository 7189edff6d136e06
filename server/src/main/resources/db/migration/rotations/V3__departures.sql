-- What is given back to somebody whose place in the workspace is given back.
create table rotation_departure (
  workspace_id uuid not null,
  rotation_id uuid not null,
  account text not null check (char_length(account) between 1 and 200),
  person_id uuid not null,
  place integer not null,
  left_at timestamptz not null,
  primary key (workspace_id, rotation_id, account),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade
);
create index rotation_departure_by_person on rotation_departure (workspace_id, person_id);
comment on table rotation_departure is
  'Places of people who left the workspace. Personal data: the account and its person; kept: until they are back, or the 14 days of grace are over, or 24 hours after the rotation is deleted.';
select protect_table('rotation_departure');
