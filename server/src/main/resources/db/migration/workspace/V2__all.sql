-- What is done for each workspace in turn, such as removing what was kept for long enough, goes
-- through all of them.
create function workspace_ids() returns table (id uuid)
language sql stable security definer set search_path = bothy as $$
  select w.id from workspace w order by w.id
$$;
select narrow_function('workspace_ids()');
