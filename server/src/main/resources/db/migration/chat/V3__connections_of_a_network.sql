-- What holds connections open works for all workspaces; it learns which there are, not their secrets.
create function connections_of(wanted text) returns table (workspace_id uuid, id uuid, network text, name text, bot_id text)
language sql stable security definer set search_path = bothy as $$
  select c.workspace_id, c.id, c.network, c.name, c.bot_id
  from chat_connection c where c.network = wanted and c.removed_at is null order by c.created_at, c.id
$$;
select narrow_function('connections_of(text)');
