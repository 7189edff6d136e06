create table directory (
  workspace_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  default_roles text[] not null check (
    cardinality(default_roles) > 0
    and default_roles <@ array['ADMIN', 'MANAGER', 'AGENT', 'MEMBER', 'AUDITOR']),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
comment on table directory is 'A directory that provisions people by SCIM. Personal data: none.';
select protect_table('directory');

-- Two may live at once, so that a token is replaced without a gap.
create table directory_token (
  workspace_id uuid not null,
  id uuid not null,
  directory_id uuid not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  last_used_at timestamptz,
  -- When it was refused last since it had expired: not each refusal becomes a line of the audit log.
  refused_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, token_hash),
  foreign key (workspace_id, directory_id) references directory (workspace_id, id) on delete cascade
);
create index directory_token_by_hash on directory_token (token_hash);
comment on table directory_token is 'What a directory proves itself with. Personal data: none.';
comment on column directory_token.token_hash is 'Hash: SHA-256 of the token.';
select protect_table('directory_token');

grant select on directory_token to bothy_queue;
create policy lookup on directory_token for select to bothy_queue using (true);

-- The token tells the directory, and thereby the workspace.
create function directory_of_token(hash bytea)
returns table (workspace_id uuid, directory_id uuid, token_id uuid, expires_at timestamptz, last_used_at timestamptz)
language sql stable security definer set search_path = bothy as $$
  select t.workspace_id, t.directory_id, t.id, t.expires_at, t.last_used_at
  from directory_token t where t.token_hash = hash
$$;
select narrow_function('directory_of_token(bytea)');

-- Columns ending in _key are folded to lower case by the server: under row-level security an index
-- on lower(…) is not used, since lower is not marked leakproof.
create table scim_user (
  workspace_id uuid not null,
  id uuid not null,
  directory_id uuid not null,
  -- Null until the user is active for the first time.
  person_id uuid,
  user_name_key text not null check (length(user_name_key) between 1 and 400),
  external_id text,
  active boolean not null,
  -- The resource as SCIM has it, without what the server adds.
  attributes jsonb not null,
  version bigint not null check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, user_name_key),
  unique (workspace_id, person_id),
  foreign key (workspace_id, directory_id) references directory (workspace_id, id)
);
create index scim_user_by_directory on scim_user (workspace_id, directory_id, id);
create index scim_user_by_external_id on scim_user (workspace_id, external_id);
comment on table scim_user is 'A user as the customer''s directory writes them. Personal data: what the directory sends, such as names, addresses and telephone numbers; kept: until the directory deletes the user, or they are erased.';
select protect_table('scim_user');

create table scim_user_email (
  workspace_id uuid not null,
  address_key text not null,
  user_id uuid not null,
  primary key (workspace_id, address_key, user_id),
  foreign key (workspace_id, user_id) references scim_user (workspace_id, id) on delete cascade
);
create index scim_user_email_by_user on scim_user_email (workspace_id, user_id);
comment on table scim_user_email is 'The e-mail addresses of the directory''s users, to find users by them. Personal data: e-mail addresses; kept: as long as the user.';
select protect_table('scim_user_email');

create table scim_group (
  workspace_id uuid not null,
  id uuid not null,
  directory_id uuid not null,
  display_name text not null check (length(display_name) between 1 and 2000),
  display_name_key text not null,
  external_id text,
  -- What membership in the group stands for; somebody in the workspace says so.
  roles text[] not null default '{}' check (
    roles <@ array['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'MEMBER', 'AUDITOR']),
  version bigint not null check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, directory_id) references directory (workspace_id, id)
);
create index scim_group_by_directory on scim_group (workspace_id, directory_id, id);
create index scim_group_by_name on scim_group (workspace_id, display_name_key);
create index scim_group_by_external_id on scim_group (workspace_id, external_id);
comment on table scim_group is 'A group of the customer''s directory, and the roles that it stands for. Personal data: none.';
select protect_table('scim_group');

create table scim_group_member (
  workspace_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  primary key (workspace_id, group_id, user_id),
  foreign key (workspace_id, group_id) references scim_group (workspace_id, id) on delete cascade,
  foreign key (workspace_id, user_id) references scim_user (workspace_id, id) on delete cascade
);
create index scim_group_member_by_user on scim_group_member (workspace_id, user_id);
comment on table scim_group_member is 'Which users of the directory belong to which of its groups. Personal data: membership; kept: until the directory takes it away, or the user is gone.';
select protect_table('scim_group_member');

create table directory_request (
  workspace_id uuid not null,
  directory_id uuid not null,
  id uuid not null,
  occurred_at timestamptz not null,
  method text not null check (length(method) between 1 and 10),
  -- Without ids and values: /Users/{id}.
  path text not null check (length(path) between 1 and 200),
  status integer not null,
  error text check (length(error) between 1 and 400),
  duration_seconds double precision not null,
  primary key (workspace_id, directory_id, id),
  foreign key (workspace_id, directory_id) references directory (workspace_id, id) on delete cascade
);
comment on table directory_request is 'The last requests of each directory, for its page. Personal data: none.';
select protect_table('directory_request');
