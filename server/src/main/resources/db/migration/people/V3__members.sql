-- Until here nothing was released: an older server does not know that a place can have ended.
-- A directory names people before they sign in; until then they have no subject.
alter table person
  add column theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  alter column issuer drop not null,
  alter column subject drop not null,
  alter column last_sign_in_at drop not null,
  add constraint person_known_by_both check ((issuer is null) = (subject is null));
create index person_by_username on person (lower(username));
comment on table person is 'Somebody who signed in, or whom a workspace''s directory named. Personal data: name, user name and their subject at the identity provider; kept: until the person is erased.';

-- What a list of sessions shows, and by what one of them is ended.
alter table session
  add column id uuid not null default gen_random_uuid(),
  add column client text check (length(client) between 1 and 80),
  add column emergency boolean not null default false,
  -- what the next page says of what was just done
  add column notices text check (length(notices) <= 20000);
create unique index session_by_id on session (id);
comment on table session is 'A signed-in browser. Personal data: who was signed in, when and with what kind of browser, and what the next page says of what they just did; kept: until sign-out, or until the first sign-in of anybody after it expired.';

alter table member
  -- As the workspace''s directory writes them; null where it does not, and then the person''s hold.
  add column name text check (length(name) between 1 and 200),
  add column username text check (length(username) between 1 and 200),
  add column email text check (length(email) between 3 and 320),
  add column roles_given text[] not null default '{}',
  add column roles_sign_on text[] not null default '{}',
  add column roles_directory text[] not null default '{}',
  add column active boolean not null default true,
  add column deactivated_at timestamptz,
  -- on whose word; each that ended it has to give it back
  add column ended_by text[] not null default '{}'
    check (ended_by <@ array['ADMIN', 'DIRECTORY', 'SIGN_ON']),
  add constraint member_ended check (
    active = (deactivated_at is null) and active = (cardinality(ended_by) = 0)),
  add constraint member_sources check (
    roles_given <@ array['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'MEMBER', 'AUDITOR']
    and roles_sign_on <@ array['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'MEMBER', 'AUDITOR']
    and roles_directory <@ array['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'MEMBER', 'AUDITOR']);
update member set roles_sign_on = roles;
create index member_by_email on member (workspace_id, lower(email));
create index member_by_username on member (workspace_id, lower(username));
comment on table member is 'A person''s place in a workspace. Personal data: roles, and name, user name and e-mail address as the customer''s own directory or sign-on sent them; kept: until they leave the workspace and the 14 days of grace are over, or until they are erased.';

create or replace function memberships_of(person uuid) returns table (workspace_id uuid, roles text[])
language sql stable security definer set search_path = bothy as $$
  select m.workspace_id, m.roles from member m where m.person_id = person and m.active
$$;

-- Open streams look every half second whether whoever watches may still: one question for all.
create function active_places(people uuid[], workspaces uuid[])
returns table (person_id uuid, workspace_id uuid)
language sql stable security definer set search_path = bothy as $$
  select m.person_id, m.workspace_id
  from unnest(people, workspaces) as asked(person, workspace)
  join member m on m.workspace_id = asked.workspace and m.person_id = asked.person and m.active
$$;
select narrow_function('active_places(uuid[], uuid[])');

-- Who signs in may be somebody whom directories have named already. A person without a subject has
-- a place in one workspace only, so that no other one's directory speaks of them.
create function unclaimed_people(wanted_username text, verified_email text)
returns table (id uuid, workspace_id uuid, by_username boolean)
language sql stable security definer set search_path = bothy as $$
  select p.id, m.workspace_id, lower(m.username) = lower(wanted_username)
  from member m join person p on p.id = m.person_id
  where p.subject is null
    and (lower(m.username) in (lower(wanted_username), lower(verified_email))
      or lower(m.email) = lower(verified_email))
$$;
grant select on person to bothy_queue;
select narrow_function('unclaimed_people(text, text)');

-- Which groups of the sign-on stand for which roles, beside those that the settings name.
create table sign_on_group (
  workspace_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  roles text[] not null check (
    cardinality(roles) > 0
    and roles <@ array['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'MEMBER', 'AUDITOR']),
  primary key (workspace_id, name)
);
comment on table sign_on_group is 'Which group of the sign-on stands for which roles. Personal data: none.';
select protect_table('sign_on_group');
grant select on sign_on_group to bothy_queue;
create policy lookup on sign_on_group for select to bothy_queue using (true);

create function sign_on_roles(groups text[]) returns table (workspace_id uuid, roles text[])
language sql stable security definer set search_path = bothy as $$
  select g.workspace_id, array_agg(distinct role)
  from sign_on_group g cross join unnest(g.roles) as role
  where g.name = any (groups) group by g.workspace_id
$$;
select narrow_function('sign_on_roles(text[])');

-- A code for the day when the identity provider is away, from whoever administers the cluster.
create table break_glass_code (
  code_hash bytea primary key check (octet_length(code_hash) = 32),
  person_id uuid not null references person (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at)
);
comment on table break_glass_code is 'A one-time code to sign in without the identity provider; its row goes when it is used. Personal data: for whom it is; kept: until used, or until the next code after it expired.';
comment on column break_glass_code.code_hash is 'Hash: SHA-256 of the code.';
select open_table('break_glass_code');

-- A logout token counts once.
create table logout_token_seen (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  expires_at timestamptz not null
);
comment on table logout_token_seen is 'Logout tokens that were obeyed, so that none is obeyed twice. Personal data: none.';
comment on column logout_token_seen.token_hash is 'Hash: SHA-256 of the token''s issuer and id.';
select open_table('logout_token_seen');
