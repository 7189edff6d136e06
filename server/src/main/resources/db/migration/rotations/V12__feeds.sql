-- Addresses at which calendar programs read shifts: of a rotation, or, without one, all shifts of
-- the person. Whoever has the address reads it, so the row holds its hash alone.
create table calendar_feed (
  workspace_id uuid not null,
  id uuid not null,
  -- who made it; with their place it stops
  person_id uuid not null,
  rotation_id uuid,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  created_at timestamptz not null,
  last_read_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade
);
create index calendar_feed_by_hash on calendar_feed (token_hash);
create index calendar_feed_of_person on calendar_feed (workspace_id, person_id);
create index calendar_feed_of_rotation on calendar_feed (workspace_id, rotation_id);
comment on table calendar_feed is
  'Addresses at which calendar programs read shifts. Personal data: whose it is and when it was read last; kept: until it is revoked, or the rotation or the person''s place is removed.';
comment on column calendar_feed.token_hash is 'Hash: SHA-256 of the secret in the address.';
select protect_table('calendar_feed');
grant select on calendar_feed to bothy_queue;
create policy lookup on calendar_feed for select to bothy_queue using (true);

-- A feed is looked up before its workspace is known.
create function calendar_feed_of(hash bytea)
returns table (workspace_id uuid, id uuid, person_id uuid, rotation_id uuid, token_hash bytea, last_read_at timestamptz)
language sql stable security definer set search_path = bothy as $$
  select f.workspace_id, f.id, f.person_id, f.rotation_id, f.token_hash, f.last_read_at
  from calendar_feed f
  where f.token_hash = hash
$$;
select narrow_function('calendar_feed_of(bytea)');
