alter table data_key
  alter column wrapped drop not null,
  add column wrapping_version integer not null default 1 check (wrapping_version > 0),
  add column wrapped_at timestamptz,
  add column moved_from text check (length(moved_from) between 1 and 200),
  add column destroyed_at timestamptz,
  add check (destroyed_at is null or wrapped is null);
update data_key set wrapped_at = created_at;
alter table data_key
  alter column wrapping_version drop default,
  alter column wrapped_at set not null;
comment on column data_key.wrapped is 'Wrapped. Null once it is to be destroyed.';
comment on column data_key.wrapping_version is 'The version of the provider''s key that wrapped it.';
comment on column data_key.moved_from is 'The providers that had wrapped it before, the first one first, with commas.';
comment on column data_key.destroyed_at is 'When the provider''s key was destroyed; null while that is under way, and for a key that lives.';

alter table installation_key
  add column wrapping_version integer not null default 1 check (wrapping_version > 0),
  add column wrapped_at timestamptz;
update installation_key set wrapped_at = created_at;
alter table installation_key
  alter column wrapping_version drop default,
  alter column wrapped_at set not null;
comment on column installation_key.wrapped is 'Wrapped.';

create table key_change (
  workspace_id uuid not null,
  id uuid not null,
  owner text not null,
  destroyed boolean not null,
  changed_at timestamptz not null,
  primary key (workspace_id, id)
);
create index key_change_newest on key_change (changed_at);
comment on table key_change is
  'That a workspace''s data keys became others, for every server to load them anew, or were destroyed, for every server to forget them. Personal data: none.';
select protect_table('key_change');

-- Every server keeps keys of all workspaces in memory.
grant select on key_change to bothy_queue;
create policy lookup on key_change for select to bothy_queue using (true);
create function key_changes_since(since timestamptz) 
  returns table (workspace_id uuid, id uuid, owner text, destroyed boolean)
language sql stable security definer set search_path = bothy as $$
  select c.workspace_id, c.id, c.owner, c.destroyed from key_change c where c.changed_at >= since
$$;
select narrow_function('key_changes_since(timestamptz)');

-- Who looks after keys looks after those of all workspaces.
grant select on data_key to bothy_queue;
create policy lookup on data_key for select to bothy_queue using (true);
create function workspaces_with_data_keys() returns table (workspace_id uuid)
language sql stable security definer set search_path = bothy as $$
  select distinct k.workspace_id from data_key k where k.wrapped is not null
$$;
select narrow_function('workspaces_with_data_keys()');

comment on column data_key.owner is 'An app, or platform.';
