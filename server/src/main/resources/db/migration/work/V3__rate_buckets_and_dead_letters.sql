-- What a network lets one use at a time, shared by all replicas. A bucket is one time stamp (the
-- generic cell rate algorithm of ITU-T I.371): `full_at` is when it will be full again if nobody
-- takes from it. A row that is missing is a full bucket.
create table rate_bucket (
  workspace_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  full_at timestamptz not null default '-infinity',
  -- the network asked for patience: nothing is taken before this
  held_until_at timestamptz not null default '-infinity',
  primary key (workspace_id, name)
);
comment on table rate_bucket is 'How much of what a network allows is used up. Personal data: none.';
select protect_table('rate_bucket');

grant select, delete on rate_bucket to bothy_queue;
create policy across_workspaces on rate_bucket to bothy_queue using (true);

-- Takes one token from each of the buckets, or from none of them. Returns for how many seconds to
-- wait: 0 when they were taken. Rows are locked in the order of their names, so that two callers
-- never wait for each other; `gaps` are the seconds in which one token comes back, `bursts` how many
-- tokens a full bucket has. Names must be different from each other. Without `at` it is now, by the
-- database's clock as soon as the rows are locked.
create function take_tokens(
  names text[], gaps double precision[], bursts integer[], at timestamptz default null
) returns double precision
language plpgsql set search_path = bothy as $$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  found_rows integer;
  wait double precision;
begin
  -- A lost second of this at a crash of the database costs less than a flush for each message.
  perform set_config('synchronous_commit', 'off', true);
  loop
    perform from rate_bucket b where b.workspace_id = bound and b.name = any (names) order by b.name for update;
    get diagnostics found_rows = row_count;
    exit when found_rows = cardinality(names);
    insert into rate_bucket (workspace_id, name)
      select bound, each.name from unnest(names) each (name) order by each.name
      on conflict do nothing;
  end loop;
  at := coalesce(at, clock_timestamp());
  select max(greatest(
      extract(epoch from case when b.held_until_at > at then b.held_until_at - at else interval '0' end),
      extract(epoch from case when b.full_at > at then b.full_at - at else interval '0' end) - wanted.gap * (wanted.burst - 1)))
    into wait
    from unnest(names, gaps, bursts) wanted (name, gap, burst)
    join rate_bucket b on b.workspace_id = bound and b.name = wanted.name;
  -- Time stamps have microseconds; less than half of one is rounding.
  if wait > 0.0000005 then
    return wait;
  end if;
  update rate_bucket b set full_at = greatest(b.full_at, at) + make_interval(secs => wanted.gap)
    from unnest(names, gaps) wanted (name, gap)
    where b.workspace_id = bound and b.name = wanted.name;
  return 0;
end $$;
revoke all on function take_tokens(text[], double precision[], integer[], timestamptz) from public;
grant execute on function take_tokens(text[], double precision[], integer[], timestamptz) to bothy_app;

-- Forgets buckets that have been full for a while: no row says the same.
create function forget_buckets(age_seconds double precision) returns void
language sql security definer set search_path = bothy as $$
  delete from rate_bucket
    where full_at < clock_timestamp() - make_interval(secs => age_seconds)
      and held_until_at < clock_timestamp() - make_interval(secs => age_seconds)
$$;
select narrow_function('forget_buckets(double precision)');

-- When the first attempt began whose outcome may matter to a later one; never moved forward.
alter table outbox_item add column attempted_at timestamptz;

-- dropped: dead, looked at by a person, and given up for good; its payload is erased
alter table inbox_item drop constraint inbox_item_state_check;
alter table inbox_item add constraint inbox_item_state_check
  check (state in ('waiting', 'done', 'dead', 'dropped'));
alter table outbox_item drop constraint outbox_item_state_check;
alter table outbox_item add constraint outbox_item_state_check
  check (state in ('waiting', 'sending', 'sent', 'dead', 'dropped'));
create index inbox_item_dead on inbox_item (workspace_id, settled_at) where state = 'dead';
create index outbox_item_dead on outbox_item (workspace_id, settled_at) where state = 'dead';

create or replace function forget_settled(age_seconds double precision) returns void
language sql security definer set search_path = bothy as $$
  delete from inbox_item
    where state in ('done', 'dead', 'dropped') and settled_at < clock_timestamp() - make_interval(secs => age_seconds);
  update outbox_item set payload = null
    where state = 'dead' and payload is not null
      and settled_at < clock_timestamp() - make_interval(secs => age_seconds);
$$;

-- How many letters are dead in each queue, over all workspaces, for the metrics.
create function dead_letters() returns table (queue text, waiting bigint)
language sql stable security definer set search_path = bothy as $$
  select 'inbox', count(*) from inbox_item where state = 'dead'
  union all
  select 'outbox', count(*) from outbox_item where state = 'dead' and payload is not null
$$;
select narrow_function('dead_letters()');
