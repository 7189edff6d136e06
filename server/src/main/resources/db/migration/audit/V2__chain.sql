-- From where it was done. Null in what an older server wrote.
alter table audit_entry
  add column via text check (via in ('console', 'api', 'chat', 'scim', 'command', 'system')),
  add column address text check (length(address) between 1 and 60),
  add column address_salt bytea check (length(address_salt) = 16),
  add column address_digest bytea check (length(address_digest) = 32);
comment on column audit_entry.address is
  'Where a request to the console, the API or SCIM came from; null for all else, and once it was forgotten.';
comment on column audit_entry.address_salt is 'Public: random; makes the digest say nothing once it is gone.';
comment on column audit_entry.address_digest is 'Hash: SHA-256 of the salt and the address.';
comment on table audit_entry is
  'Who did what to what, from where; ids alone. Personal data: the acting person''s or account''s id, the client address; kept: as long as the workspace keeps its audit log, 90 days to 10 years.';

-- What proves that no entry was changed, taken out or put in: each hash is over the one before.
create table audit_link (
  workspace_id uuid not null,
  position bigint not null check (position >= 1),
  entry_id uuid not null,
  hash bytea not null check (length(hash) = 32),
  -- two servers that both go on from the same place would make two chains: one of them fails here
  primary key (workspace_id, position),
  unique (workspace_id, entry_id)
);
comment on table audit_link is 'The chain over the audit log. Personal data: none.';
comment on column audit_link.hash is
  'Hash: SHA-256 of the hash before and the entry, as docs/reference/audit.md writes it down.';
select protect_table('audit_link');
revoke update, delete on audit_link from bothy_app;

-- Entries are linked one after the other, but written by many at once: they queue here, so that no
-- commit waits for another.
create table audit_unlinked (
  workspace_id uuid not null,
  number bigint generated always as identity,
  entry_id uuid not null,
  added_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, entry_id)
);
create index audit_unlinked_order on audit_unlinked (workspace_id, number);
comment on table audit_unlinked is 'Entries of the audit log that wait to be linked. Personal data: none.';
select protect_table('audit_unlinked');
revoke update on audit_unlinked from bothy_app;

-- When a workspace's chain was looked at, and what was found.
create table audit_check (
  workspace_id uuid primary key,
  due_at timestamptz not null,
  checked_at timestamptz,
  links bigint not null default 0,
  fault text,
  position bigint,
  entry_id uuid
);
comment on table audit_check is 'The last look at a workspace''s audit chain. Personal data: none.';
select protect_table('audit_check');

insert into audit_unlinked (workspace_id, entry_id)
  select workspace_id, id from audit_entry order by occurred_at, id;

-- A server of the version before writes entries without saying from where, and knows no queue.
create function queue_entry_of_older_server() returns trigger
language plpgsql set search_path = bothy as $$
begin
  insert into audit_unlinked (workspace_id, entry_id) values (new.workspace_id, new.id);
  return null;
end $$;
create trigger of_older_server after insert on audit_entry
  for each row when (new.via is null) execute function queue_entry_of_older_server();

grant select, delete, update (address, address_salt) on audit_entry to bothy_queue;
grant select, delete on audit_link to bothy_queue;
grant select on audit_unlinked, audit_check to bothy_queue;
create policy across_workspaces on audit_entry to bothy_queue using (true) with check (true);
create policy across_workspaces on audit_link to bothy_queue using (true);
create policy across_workspaces on audit_unlinked for select to bothy_queue using (true);
create policy across_workspaces on audit_check for select to bothy_queue using (true);

-- Workspaces in which entries wait to be linked.
create function audit_to_link(most integer) returns setof uuid
language sql stable security definer set search_path = bothy as $$
  select distinct workspace_id from audit_unlinked limit most
$$;
select narrow_function('audit_to_link(integer)');

-- Workspaces whose chain is to be looked at.
create function audit_to_check(caller_clock timestamptz, most integer) returns setof uuid
language sql stable security definer set search_path = bothy as $$
  select workspace_id from audit_check where due_at <= caller_clock order by due_at limit most
$$;
select narrow_function('audit_to_check(timestamptz, integer)');

-- Over all workspaces, for the metrics: what waits and since when, how many chains are broken, and
-- when the one was looked at that waits longest (null when none was yet).
create function audit_health() returns table (
  waiting bigint, oldest_seconds double precision, broken bigint, checked_at timestamptz
)
language sql stable security definer set search_path = bothy as $$
  select w.waiting, w.oldest_seconds, c.broken, c.checked_at
  from (select count(*) as waiting, coalesce(extract(epoch from clock_timestamp() - min(u.added_at)), 0) as oldest_seconds
        from audit_unlinked u) w,
       (select count(*) filter (where k.fault is not null) as broken, min(k.checked_at) as checked_at
        from audit_check k) c
$$;
select narrow_function('audit_health()');

-- Takes away the oldest entries of the transaction's workspace, up to `most`, and their links but
-- the last one, from which the chain goes on. Whoever asks, and whatever a server's clock says,
-- nothing younger than 90 days goes.
create function audit_sweep(kept_seconds double precision, most integer) returns table (
  removed bigint, anchor_position bigint, anchor_hash bytea
)
language plpgsql security definer set search_path = bothy as $$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  cutoff timestamptz;
  gone bigint;
  last_old bigint;
begin
  if kept_seconds is null or kept_seconds < 90 * 86400 then
    raise exception 'An audit log is kept for 90 days at least.';
  end if;
  cutoff := clock_timestamp() - make_interval(secs => kept_seconds);
  select max(o.position) into last_old
    from (
      select l.position, e.id,
        coalesce(bool_or(e.occurred_at >= cutoff) over (order by l.position), false) as young
      from (select * from audit_link k where k.workspace_id = bound order by k.position limit most + 1) l
      left join audit_entry e on e.workspace_id = bound and e.id = l.entry_id
    ) o
    where o.id is not null and not o.young;
  if last_old is null then
    return;
  end if;
  delete from audit_entry e using audit_link l
    where l.workspace_id = bound and l.position <= last_old and e.workspace_id = bound and e.id = l.entry_id;
  get diagnostics gone = row_count;
  delete from audit_link l where l.workspace_id = bound and l.position < last_old;
  return query
    select gone, l.position, l.hash from audit_link l where l.workspace_id = bound and l.position = last_old;
end $$;
select narrow_function('audit_sweep(double precision, integer)');

-- Forgets from where somebody did what they did in the transaction's workspace. What the chain
-- covers is the digest, which stays, so the chain holds.
create function audit_forget_addresses(person text) returns bigint
language plpgsql security definer set search_path = bothy as $$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  forgotten bigint;
begin
  update audit_entry e set address = null, address_salt = null
    where e.workspace_id = bound and e.actor_kind = 'person' and e.actor = person and e.address is not null;
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
select narrow_function('audit_forget_addresses(text)');
