-- A lane is what must stay in order: a conversation of the inbox or the outbox, a subject of the
-- schedule. It is the unit of claim; a row exists while something waits in it.
create table lane (
  workspace_id uuid not null,
  queue text not null check (queue in ('inbox', 'outbox', 'schedule')),
  kind text not null,
  name text not null check (length(name) between 1 and 200),
  ready_at timestamptz not null,
  claim_token uuid,
  claim_ends_at timestamptz,
  primary key (workspace_id, queue, kind, name)
);
create index lane_ready on lane (workspace_id, queue, ready_at);
comment on table lane is 'What must stay in order, and who works on it. Personal data: none.';
select protect_table('lane');

-- When each workspace was served last: the least recently served comes first.
create table work_turn (
  workspace_id uuid not null,
  queue text not null,
  served_at timestamptz not null,
  primary key (workspace_id, queue)
);
comment on table work_turn is 'Whose turn it is among the workspaces. Personal data: none.';
select protect_table('work_turn');

create table inbox_item (
  workspace_id uuid not null,
  id uuid not null,
  position bigint generated always as identity,
  source uuid not null,
  delivery_id text not null check (length(delivery_id) between 1 and 200),
  kind text not null,
  lane text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
  attempts integer not null default 0,
  problem text,
  payload bytea,
  received_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  primary key (workspace_id, id),
  -- The same delivery is stored once, however often the network repeats it.
  unique (workspace_id, source, delivery_id)
);
create index inbox_item_waiting on inbox_item (workspace_id, kind, lane, position) where state = 'waiting';
comment on table inbox_item is
  'What a network delivered. Personal data: the payload, as ciphertext; kept: until its work is done, or 30 days when it is dead. The row itself goes after 30 days as well.';
select protect_table('inbox_item');

create table outbox_item (
  workspace_id uuid not null,
  id uuid not null,
  position bigint generated always as identity,
  target uuid not null,
  kind text not null,
  lane text not null,
  -- sending: an attempt was begun and its outcome is not known
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dead')),
  attempts integer not null default 0,
  problem text,
  external_id text,
  payload bytea,
  added_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  primary key (workspace_id, id)
);
create index outbox_item_waiting on outbox_item (workspace_id, kind, lane, position) where state in ('waiting', 'sending');
comment on table outbox_item is
  'What is to be sent, or was; the row stays, since a message can be changed as long as it exists. Personal data: the payload, as ciphertext; kept: until it was sent, or 30 days when it is dead.';
select protect_table('outbox_item');

create table scheduled_item (
  workspace_id uuid not null,
  kind text not null,
  subject uuid not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  problem text,
  primary key (workspace_id, kind, subject)
);
comment on table scheduled_item is 'What is to happen at a time. Personal data: none.';
select protect_table('scheduled_item');

create table lease (
  name text primary key check (length(name) between 1 and 200),
  holder uuid not null,
  fence bigint not null,
  ends_at timestamptz not null
);
comment on table lease is 'What only one replica may do, and which one does it. Personal data: none.';
select open_table('lease');

grant select, insert, update, delete on lane, work_turn to bothy_queue;
grant select, insert, delete on inbox_item to bothy_queue;
grant select, update (payload) on outbox_item to bothy_queue;
grant select on scheduled_item to bothy_queue;
create policy across_workspaces on lane to bothy_queue using (true) with check (true);
create policy across_workspaces on work_turn to bothy_queue using (true) with check (true);
create policy across_workspaces on inbox_item to bothy_queue using (true) with check (true);
create policy across_workspaces on outbox_item to bothy_queue using (true) with check (true);
create policy across_workspaces on scheduled_item for select to bothy_queue using (true);

-- Stores a batch of deliveries of any workspaces in one commit. Lanes are locked first, in one
-- order for every caller, so that items of a lane get their positions in the order of commit.
-- Returns the ids that were stored; the others are repetitions.
create function ingest(
  ids uuid[], workspaces uuid[], sources uuid[], delivery_ids text[], kinds text[], lanes text[], payloads bytea[]
) returns setof uuid
language plpgsql security definer set search_path = bothy as $$
begin
  insert into work_turn (workspace_id, queue, served_at)
    select distinct w, 'inbox', '-infinity'::timestamptz from unnest(workspaces) w order by w
    on conflict do nothing;
  insert into lane (workspace_id, queue, kind, name, ready_at)
    select w, 'inbox', k, l, clock_timestamp()
    from (select distinct w, k, l from unnest(workspaces, kinds, lanes) as batch (w, k, l)) each
    order by w, k, l
    on conflict (workspace_id, queue, kind, name) do update set ready_at = lane.ready_at;
  return query
    insert into inbox_item (workspace_id, id, source, delivery_id, kind, lane, payload)
      select w, i, s, d, k, l, p
      from unnest(workspaces, ids, sources, delivery_ids, kinds, lanes, payloads)
        with ordinality as batch (w, i, s, d, k, l, p, place)
      order by place
      on conflict (workspace_id, source, delivery_id) do nothing
      returning id;
end $$;
select narrow_function('ingest(uuid[], uuid[], uuid[], text[], text[], text[], bytea[])');

-- Claims up to `most` lanes that are ready, for the kinds that the caller knows, from the
-- workspaces served least recently. A lease is on the database's time; what is due may be on the
-- caller's clock (null: the database's).
create function claim(
  wanted_queue text, wanted_kinds text[], caller_clock timestamptz, most integer, lease_seconds double precision, token uuid
) returns table (workspace_id uuid, kind text, name text)
language plpgsql security definer set search_path = bothy as $$
#variable_conflict use_column
declare
  due timestamptz := coalesce(caller_clock, clock_timestamp());
begin
  return query
    -- Materialized: were it run again for each row of the join it would lock, and claim, more than
    -- `most` lanes.
    with chosen as materialized (
      select ready.*
      from (select t.workspace_id from work_turn t where t.queue = wanted_queue order by t.served_at, t.workspace_id) turn
      cross join lateral (
        select l.workspace_id, l.kind, l.name
        from lane l
        where l.workspace_id = turn.workspace_id and l.queue = wanted_queue and l.kind = any (wanted_kinds)
          and l.ready_at <= due
          and (l.claim_ends_at is null or l.claim_ends_at < clock_timestamp())
        order by l.ready_at
        limit most
        for update skip locked
      ) ready
      limit most
    ), taken as (
      update lane set claim_token = token, claim_ends_at = clock_timestamp() + make_interval(secs => lease_seconds)
      from chosen
      where lane.workspace_id = chosen.workspace_id and lane.queue = wanted_queue
        and lane.kind = chosen.kind and lane.name = chosen.name
      returning lane.workspace_id, lane.kind, lane.name
    ), served as (
      insert into work_turn as turn (workspace_id, queue, served_at)
        select each.workspace_id, wanted_queue, clock_timestamp()
        from (select distinct taken.workspace_id from taken) each order by each.workspace_id
        on conflict (workspace_id, queue) do update set served_at = excluded.served_at
    )
    select taken.workspace_id, taken.kind, taken.name from taken;
end $$;
select narrow_function('claim(text, text[], timestamptz, integer, double precision, uuid)');

-- How much waits in each queue and since when, for the metrics.
create function backlog(caller_clock timestamptz) returns table (queue text, waiting bigint, oldest_seconds double precision)
language sql stable security definer set search_path = bothy as $$
  select 'inbox', count(*), coalesce(extract(epoch from clock_timestamp() - min(received_at)), 0)
    from inbox_item where state = 'waiting'
  union all
  select 'outbox', count(*), coalesce(extract(epoch from clock_timestamp() - min(added_at)), 0)
    from outbox_item where state in ('waiting', 'sending')
  union all
  select 'schedule', count(*), coalesce(extract(epoch from caller_clock - min(due_at)), 0)
    from scheduled_item where due_at <= caller_clock
$$;
select narrow_function('backlog(timestamptz)');

-- Erases what is kept of settled work for a while only: inbox rows, which until then tell a repetition
-- from a new delivery, and what dead messages said.
create function forget_settled(age_seconds double precision) returns void
language sql security definer set search_path = bothy as $$
  delete from inbox_item
    where state in ('done', 'dead') and settled_at < clock_timestamp() - make_interval(secs => age_seconds);
  update outbox_item set payload = null
    where state = 'dead' and payload is not null
      and settled_at < clock_timestamp() - make_interval(secs => age_seconds);
$$;
select narrow_function('forget_settled(double precision)');
