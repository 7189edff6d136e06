-- Lanes are claimed in batches of one workspace; workspaces take turns in the order of their ids,
-- beginning after the one that the caller served last.
drop function claim(text, text[], timestamptz, integer, double precision, uuid);
drop table work_turn;
drop index lane_ready;
create index lane_turn on lane (queue, workspace_id, ready_at);

-- Rows of these tables live shortly or change soon; what they leave behind slows the next claim.
alter table lane set (fillfactor = 70, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.02);
alter table inbox_item set (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.05);
alter table outbox_item set (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.05);

-- How often a worker died, or lost its lease, while it had the item alone in hand.
alter table inbox_item add column interruptions integer not null default 0;

-- Stores a batch of deliveries of any workspaces in one commit. Lanes are locked first, in one
-- order for every caller, so that items of a lane get their positions in the order of commit.
-- Returns the ids that were stored; the others are repetitions.
create or replace function ingest(
  ids uuid[], workspaces uuid[], sources uuid[], delivery_ids text[], kinds text[], lanes text[], payloads bytea[]
) returns setof uuid
language plpgsql security definer set search_path = bothy as $$
begin
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

-- Claims up to `most` ready lanes of one workspace, of the kinds that the caller knows: of the next
-- workspace after `after`, in the order of their ids and from the first again after the last, that
-- has such lanes and is not among `busy`. A lease is on the database's time; what is due may be on
-- the caller's clock (null: the database's), of which nothing is claimed while it is further off
-- than `tolerance_seconds`: a clock that jumped must make nothing happen early. A lane was interrupted when an earlier claim of it ran
-- out instead of being given back.
create function claim(
  wanted_queue text, wanted_kinds text[], caller_clock timestamptz, tolerance_seconds double precision, most integer,
  after uuid, busy uuid[], lease_seconds double precision, token uuid
) returns table (workspace_id uuid, kind text, name text, interrupted boolean)
language plpgsql security definer set search_path = bothy as $$
#variable_conflict use_column
declare
  due timestamptz := coalesce(caller_clock, clock_timestamp());
  turn record;
begin
  if caller_clock not between clock_timestamp() - make_interval(secs => tolerance_seconds)
      and clock_timestamp() + make_interval(secs => tolerance_seconds) then
    return;
  end if;
  -- If a crash of the database forgets a claim, the lanes are free again: nothing to wait for a disk.
  perform set_config('synchronous_commit', 'off', true);
  for turn in
    -- One probe of the index for each workspace that is passed; the loop ends at the first that has
    -- work, so that the cost does not grow with the number of workspaces.
    with recursive each as (
      select after as workspace_id, 'infinity'::timestamptz as ready_at, false as wrapped
      union all
      select next.workspace_id, next.ready_at, next.wrapped
      from each cross join lateral (
        (select l.workspace_id, l.ready_at, each.wrapped from lane l
          where l.queue = wanted_queue and l.workspace_id > each.workspace_id
          order by l.workspace_id, l.ready_at limit 1)
        union all
        (select l.workspace_id, l.ready_at, true from lane l
          where l.queue = wanted_queue and not each.wrapped
          order by l.workspace_id, l.ready_at limit 1)
        limit 1
      ) next
      where not (next.wrapped and next.workspace_id > after)
    )
    select each.workspace_id, each.ready_at from each
  loop
    continue when turn.ready_at > due or turn.workspace_id = any (busy);
    return query
      -- Materialized: were it run again for each row of the join it would lock, and claim, more than
      -- `most` lanes.
      with chosen as materialized (
        select l.kind, l.name, l.claim_token is not null as interrupted
        from lane l
        where l.workspace_id = turn.workspace_id and l.queue = wanted_queue and l.kind = any (wanted_kinds)
          and l.ready_at <= due
          and (l.claim_ends_at is null or l.claim_ends_at < clock_timestamp())
        order by l.ready_at
        limit most
        for update skip locked
      )
      update lane set claim_token = token, claim_ends_at = clock_timestamp() + make_interval(secs => lease_seconds)
      from chosen
      where lane.workspace_id = turn.workspace_id and lane.queue = wanted_queue
        and lane.kind = chosen.kind and lane.name = chosen.name
      returning lane.workspace_id, lane.kind, lane.name, chosen.interrupted;
    exit when found;
  end loop;
end $$;
select narrow_function('claim(text, text[], timestamptz, double precision, integer, uuid, uuid[], double precision, uuid)');
