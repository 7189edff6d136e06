create table rotation (
  workspace_id uuid not null,
  id uuid not null,
  version bigint not null,
  name text not null check (char_length(name) between 1 and 80),
  connection_id uuid not null,
  conversation text not null check (char_length(conversation) between 1 and 200),
  cadence text not null check (cadence in ('daily', 'weekly', 'custom')),
  -- weekly: a bit for each day, Monday the lowest
  weekdays integer not null check (weekdays between 0 and 127),
  -- custom: so many of the unit
  every integer not null check (every between 0 and 720),
  unit text not null check (unit in ('', 'hours', 'days', 'weeks')),
  first_day date not null,
  handoff_time time not null,
  zone text not null,
  paused boolean not null,
  -- the place that the order is counted on from, also while nobody is on duty
  turn_place integer not null,
  turn_account text,
  shift_id uuid,
  next_handoff_at timestamptz,
  -- our messages about the current shift, to be brought up to date
  card_message uuid,
  direct_message uuid,
  direct_account text,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id),
  check ((cadence = 'weekly') = (weekdays > 0)),
  check ((cadence = 'custom') = (every > 0 and unit <> '')),
  -- no shift and no hand-off while paused or deleted, and both otherwise
  check ((paused or deleted_at is not null) = (shift_id is null)),
  check ((shift_id is null) = (next_handoff_at is null))
);
-- A deleted rotation's name is free at once; undoing the deletion checks it again.
create unique index rotation_name on rotation (workspace_id, lower(name)) where deleted_at is null;
comment on table rotation is
  'A rotation and whose turn it is. Personal data: the account on duty; kept: until 24 hours after the rotation is deleted.';
select protect_table('rotation');

create table rotation_participant (
  workspace_id uuid not null,
  rotation_id uuid not null,
  place integer not null,
  account text not null check (char_length(account) between 1 and 200),
  primary key (workspace_id, rotation_id, place),
  unique (workspace_id, rotation_id, account),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade
);
comment on table rotation_participant is
  'Who takes turns, in order. Personal data: accounts; kept: until taken off the rotation, or 24 hours after it is deleted.';
select protect_table('rotation_participant');

create table shift (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  -- null: nobody was available
  account text check (char_length(account) between 1 and 200),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  -- over before anybody could be told, because the service was down
  missed boolean not null,
  version bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade,
  check (ended_at is null or ended_at >= starts_at),
  check (not missed or ended_at is not null)
);
create index shift_of_rotation on shift (workspace_id, rotation_id, starts_at);
-- A rotation has one current shift at most.
create unique index shift_current on shift (workspace_id, rotation_id) where ended_at is null;
comment on table shift is
  'Who was on duty when. Personal data: the account on duty; kept: until 24 hours after the rotation is deleted.';
select protect_table('shift');

-- What was, stays: history is never rewritten. Erasing it as a whole is not a rewrite.
create function keep_shift_that_is_over() returns trigger language plpgsql as $$
begin
  raise exception 'The shift % is over and cannot be changed', old.id;
end $$;
create trigger keep_shift_that_is_over before update on shift
  for each row when (old.ended_at is not null) execute function keep_shift_that_is_over();

create table handoff_note (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  author text not null check (char_length(author) between 1 and 200),
  note bytea not null,
  written_at timestamptz not null,
  version bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade
);
create index handoff_note_waiting on handoff_note (workspace_id, rotation_id, written_at);
comment on table handoff_note is
  'Notes on their way to the next person. Personal data: the note, as ciphertext, and its author; kept: until handed to the next person, or 24 hours after the rotation is deleted.';
select protect_table('handoff_note');
