-- What a person's programs carry. It holds no token, only its hash; the row is kept after the end
-- for a while, so that its owner sees what became of it.
create table api_token (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  name text not null check (length(name) between 1 and 80),
  scopes text[] not null check (cardinality(scopes) between 1 and 100),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  -- a place that ended for good takes its tokens along
  foreign key (workspace_id, person_id) references member (workspace_id, person_id) on delete cascade
);
create index api_token_by_hash on api_token (token_hash);
create index api_token_by_person on api_token (workspace_id, person_id);
comment on table api_token is 'What a person''s programs prove themselves with. Personal data: whose it is, its name and when it was used last; kept: until 90 days after it ended, or until the person''s place or the person is removed.';
comment on column api_token.token_hash is 'Hash: SHA-256 of the token.';
select protect_table('api_token');
grant select on api_token to bothy_queue;
create policy lookup on api_token for select to bothy_queue using (true);

-- A program's token is looked up before its workspace is known. Whoever has no place there any more
-- has no token either.
create function api_token_in_force(hash bytea, at timestamptz)
returns table (workspace_id uuid, id uuid, person_id uuid, name text, scopes text[], last_used_at timestamptz)
language sql stable security definer set search_path = bothy as $$
  select t.workspace_id, t.id, t.person_id, coalesce(m.name, p.name), t.scopes, t.last_used_at
  from api_token t
  join member m on m.workspace_id = t.workspace_id and m.person_id = t.person_id and m.active
  join person p on p.id = t.person_id
  where t.token_hash = hash and t.revoked_at is null and t.expires_at > at
$$;
select narrow_function('api_token_in_force(bytea, timestamptz)');
