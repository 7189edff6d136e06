create table workspace (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name text not null check (length(name) between 1 and 80),
  created_at timestamptz not null
);
comment on table workspace is 'A tenant. Personal data: none.';
select protect_table('workspace', 'id = nullif(current_setting(''bothy.workspace'', true), '''')::uuid');

grant select on workspace to bothy_queue;
create policy lookup on workspace for select to bothy_queue using (true);

-- An address names a workspace by its slug before anything is bound.
create function workspace_by_slug(wanted text) returns table (id uuid, slug text, name text)
language sql stable security definer set search_path = bothy as $$
  select w.id, w.slug, w.name from workspace w where w.slug = wanted
$$;
select narrow_function('workspace_by_slug(text)');

-- The workspace switch shows the names of the workspaces that a person is a member of.
create function workspaces_by_ids(wanted uuid[]) returns table (id uuid, slug text, name text)
language sql stable security definer set search_path = bothy as $$
  select w.id, w.slug, w.name from workspace w where w.id = any (wanted)
$$;
select narrow_function('workspaces_by_ids(uuid[])');
