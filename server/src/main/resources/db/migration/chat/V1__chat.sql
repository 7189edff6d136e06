create table chat_connection (
  workspace_id uuid not null,
  id uuid not null,
  network text not null,
  name text not null check (length(name) between 1 and 80),
  bot_id text not null,
  secrets bytea not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id)
);
comment on table chat_connection is 'A connection to a network, with its secrets as ciphertext. Personal data: none.';
select protect_table('chat_connection');

create table chat_account (
  workspace_id uuid not null,
  connection_id uuid not null,
  account text not null,
  name text not null,
  zone text not null,
  active boolean not null,
  bot boolean not null,
  looked_up_at timestamptz not null,
  primary key (workspace_id, connection_id, account)
);
comment on table chat_account is
  'The directory: who is behind an account, as the network told. Personal data: name, time zone; kept: until the workspace is erased.';
select protect_table('chat_account');

grant select on chat_connection to bothy_queue;
create policy lookup on chat_connection for select to bothy_queue using (true);

-- A network's request names the connection in its address before any workspace is known.
create function route(connection uuid) returns table (workspace_id uuid, id uuid, network text, name text, bot_id text)
language sql stable security definer set search_path = bothy as $$
  select c.workspace_id, c.id, c.network, c.name, c.bot_id
  from chat_connection c where c.id = connection and c.removed_at is null
$$;
select narrow_function('route(uuid)');
