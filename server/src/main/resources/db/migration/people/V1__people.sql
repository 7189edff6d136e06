-- Somebody is the same person in every workspace, so this table carries none.
create table person (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  name text not null check (length(name) between 1 and 200),
  username text not null check (length(username) between 1 and 200),
  created_at timestamptz not null,
  last_sign_in_at timestamptz not null,
  unique (issuer, subject)
);
comment on table person is 'Somebody who signed in. Personal data: name, user name and their subject at the identity provider; kept: until the person is erased.';
select open_table('person');

-- A cookie is looked up before any workspace is known, and a session reaches all of a person's
-- workspaces, so this table carries none. It holds no token: only the hash of the cookie's.
create table session (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  person_id uuid not null references person (id) on delete cascade,
  sid text,
  acr text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
create index session_by_person on session (person_id);
create index session_by_sid on session (sid);
create index session_by_expiry on session (expires_at);
comment on table session is 'A signed-in browser. Personal data: who was signed in and when; kept: until sign-out, or until the first sign-in of anybody after it expired.';
select open_table('session');

create table member (
  workspace_id uuid not null,
  person_id uuid not null references person (id) on delete cascade,
  roles text[] not null check (
    cardinality(roles) > 0
    and roles <@ array['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'MEMBER', 'AUDITOR']),
  created_at timestamptz not null,
  primary key (workspace_id, person_id)
);
create index member_by_person on member (person_id);
comment on table member is 'A person''s place in a workspace. Personal data: which roles a person has; kept: until they leave the workspace or are erased.';
select protect_table('member');

grant select on member to bothy_queue;
create policy lookup on member for select to bothy_queue using (true);

-- The workspace switch lists a person's workspaces before one of them is bound.
create function memberships_of(person uuid) returns table (workspace_id uuid, roles text[])
language sql stable security definer set search_path = bothy as $$
  select m.workspace_id, m.roles from member m where m.person_id = person
$$;
select narrow_function('memberships_of(uuid)');
