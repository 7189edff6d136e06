-- How often something was done lately: one row for each limit and each one it counts for. The time
-- that a limit looks back over is cut into thirty slots; `used` counts what was taken in the last
-- thirty-one of them, oldest first, and `slot` is the number of the newest (the time since 1970 by
-- the width of a slot). A row that is missing says that nothing was taken.
create table limit_use (
  key_hash bytea primary key check (octet_length(key_hash) = 32),
  slot bigint not null,
  used integer[] not null check (cardinality(used) = 31),
  -- nothing in it counts after this
  expires_at timestamptz not null
) with (fillfactor = 50);
create index limit_use_by_expiry on limit_use (expires_at);
-- A crash of the database forgets it, which costs less than writing each request to the log.
alter table limit_use set unlogged;
comment on table limit_use is 'How often something was done lately. Personal data: hashes of client addresses and accounts; kept: until the limit looks back over them no more (minutes), and 10 minutes.';
comment on column limit_use.key_hash is 'Hash: SHA-256 of the limit, its time and whom it counts for.';
select open_table('limit_use');

-- What was used in the thirty-one slots that end with one that is `later` by so many.
create function slots_until(used integer[], later bigint) returns integer[]
language sql immutable return
  case when later = 0 then used
    when later >= 31 then array_fill(0, array[31])
    else used[later::integer + 1 : 31] || array_fill(0, array[later::integer]) end;

-- Takes `amount` (0 only asks whether one could be taken) from each of these limits, or from none
-- of them. A limit allows `most` within any span of `micros` microseconds. Returns the limit to wait
-- for longest, by its place in the arrays, and for how many microseconds; no row if all were taken.
--
-- Rows are locked in the order of their hashes, missing ones too, so that no two callers wait for
-- each other. Without `at` it is now, by the database's clock, as soon as the rows are locked.
-- Hashes must be different from each other.
create function take_limits(
  hashes bytea[], most integer[], micros bigint[], amount integer, at timestamptz default null
) returns table (place integer, wait_micros bigint)
language plpgsql set search_path = bothy as $$
declare
  now_micros bigint;
  refused boolean := false;
  one record;
begin
  insert into limit_use as l (key_hash, slot, used, expires_at)
    select h, 0, array_fill(0, array[31]), '-infinity' from unnest(hashes) each (h) order by h
    on conflict (key_hash) do update set slot = l.slot where false;
  now_micros := extract(epoch from coalesce(at, clock_timestamp())) * 1000000;

  -- A clock that was set back does not bring anything back: hence greatest.
  for one in
    select w.most, (select coalesce(sum(n), 0)
          from unnest(l.used[least(greatest(now_micros / ((w.micros + 29) / 30) - l.slot, 0), 31)::integer + 1 : 31]) u (n)) as used
      from unnest(hashes, take_limits.most, take_limits.micros) w (hash, most, micros)
      join limit_use l on l.key_hash = w.hash
  loop
    refused := refused or one.used >= one.most;
  end loop;

  if not refused then
    if amount > 0 then
      update limit_use l set
          used = now_used[1:30] || (now_used[31] + amount),
          slot = l.slot + later,
          expires_at = to_timestamp((l.slot + later + 31) * width / 1e6)
        from (select k.key_hash, width, s.later, slots_until(k.used, s.later) as now_used
            from unnest(hashes, take_limits.micros) w (hash, micros)
            join limit_use k on k.key_hash = w.hash
            cross join lateral (select (w.micros + 29) / 30) e (width)
            cross join lateral (select greatest(now_micros / width - k.slot, 0)) s (later)) wanted
        where l.key_hash = wanted.key_hash;
    end if;
    return;
  end if;

  -- As long as a slot counts with which, and with those after it, there is no room, one must wait.
  return query
    select wanted.place::integer, max((now_slot + age) * width - now_micros)
      from unnest(hashes, take_limits.most, take_limits.micros) with ordinality wanted (hash, most, micros, place)
      join limit_use l on l.key_hash = wanted.hash
      cross join lateral (select (wanted.micros + 29) / 30) e (width)
      cross join lateral (select greatest(l.slot, now_micros / width)) s (now_slot)
      cross join lateral (select taken, age, sum(taken) over (order by age desc) as rest
        from unnest(slots_until(l.used, now_slot - l.slot)) with ordinality u (taken, age)) r
      where r.rest >= wanted.most
      group by wanted.place
      order by 2 desc limit 1;
end $$;
revoke all on function take_limits(bytea[], integer[], bigint[], integer, timestamptz) from public;
grant execute on function take_limits(bytea[], integer[], bigint[], integer, timestamptz) to bothy_app;
revoke all on function slots_until(integer[], bigint) from public;
grant execute on function slots_until(integer[], bigint) to bothy_app;
