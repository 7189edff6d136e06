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

-- What was used in the thirty-one slots that end with another one.
create function slots_until(used integer[], slot bigint, now_slot bigint) returns integer[]
language sql immutable set search_path = bothy as $$
  select case when now_slot - slot >= 31 then array_fill(0, array[31])
    else used[now_slot - slot + 1 : 31] || array_fill(0, array[(now_slot - slot)::integer]) end
$$;

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
begin
  insert into limit_use as l (key_hash, slot, used, expires_at)
    select h, 0, array_fill(0, array[31]), '-infinity' from unnest(hashes) each (h) order by h
    on conflict (key_hash) do update set slot = l.slot where false;
  now_micros := extract(epoch from coalesce(at, clock_timestamp())) * 1000000;

  return query
    select wanted.place::integer, max((now_slot + age) * wanted.width - now_micros)
      from (select w.hash, w.most, (w.micros + 29) / 30 as width, w.place
          from unnest(hashes, take_limits.most, take_limits.micros) with ordinality w (hash, most, micros, place)) wanted
      join limit_use l on l.key_hash = wanted.hash
      -- a clock that was set back does not bring anything back
      cross join lateral (select greatest(l.slot, now_micros / wanted.width)) s (now_slot)
      cross join lateral unnest(slots_until(l.used, l.slot, now_slot)) with ordinality u (taken, age)
      cross join lateral (select sum(later.taken) as rest
        from unnest(slots_until(l.used, l.slot, now_slot)) with ordinality later (taken, age)
        where later.age >= u.age) r
      -- as long as this slot counts there is no room
      where r.rest >= wanted.most
      group by wanted.place
      order by 2 desc limit 1;
  if found or amount = 0 then
    return;
  end if;

  update limit_use l set
      used = now_used[1:30] || (now_used[31] + amount),
      slot = now_slot,
      expires_at = to_timestamp((now_slot + 31) * width / 1e6)
    from (select w.hash, (w.micros + 29) / 30 as width, s.now_slot, slots_until(k.used, k.slot, s.now_slot) as now_used
        from unnest(hashes, take_limits.micros) w (hash, micros)
        join limit_use k on k.key_hash = w.hash
        cross join lateral (select greatest(k.slot, now_micros / ((w.micros + 29) / 30))) s (now_slot)) wanted
    where l.key_hash = wanted.hash;
end $$;
revoke all on function take_limits(bytea[], integer[], bigint[], integer, timestamptz) from public;
grant execute on function take_limits(bytea[], integer[], bigint[], integer, timestamptz) to bothy_app;
revoke all on function slots_until(integer[], bigint, bigint) from public;
grant execute on function slots_until(integer[], bigint, bigint) to bothy_app;
