-- In which workspaces somebody has a place, or had one that can still be given back. Also for the
-- installation: whether anybody still needs what it knows of a person.
create function places_of(person uuid) returns table (workspace_id uuid)
language sql stable security definer set search_path = bothy as $$
  select m.workspace_id from member m where m.person_id = person
$$;
select narrow_function('places_of(uuid)');
