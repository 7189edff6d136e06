-- A person is the same in every workspace and has one user in Keycloak, so this table belongs to
-- none. Who is not in it has a user of somebody else's, or none.
create table provisioned_user (
  person_id uuid primary key,
  -- Whose directory is believed first, and who looks after the user.
  home_workspace uuid not null,
  -- Null while the user is being made: one who is there after a crash is this one.
  subject text,
  -- A look at the user waits in the outbox.
  asked boolean not null default false,
  checked_at timestamptz not null
);
create index provisioned_user_to_check on provisioned_user (home_workspace, checked_at) where not asked;
comment on table provisioned_user is 'A user whom Bothy made in Keycloak. Personal data: their id there; kept: until the person is erased.';
select open_table('provisioned_user');
