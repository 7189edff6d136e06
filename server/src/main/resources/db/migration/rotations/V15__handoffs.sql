-- What a rotation expects of a hand-off. That a note is expected is the column note_reminder.
alter table rotation_telling
  add column checklist text[] not null default '{}' check (cardinality(checklist) <= 20),
  add column note_reminder_minutes integer not null default 30 check (note_reminder_minutes between 15 and 1440),
  -- 0: never
  add column acknowledge_minutes integer not null default 120
    check (acknowledge_minutes = 0 or acknowledge_minutes between 15 and 10080),
  add column note_readers text not null default 'next' check (note_readers in ('next', 'rotation', 'owners')),
  -- goes up with each change, so that nobody saves over another's
  add column revision bigint not null default 0;

-- How each hand-off stands: one row from the first tick or note of a person on duty, or from the
-- hand-off itself, where something is expected of it.
create table handoff (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  role text not null check (char_length(role) between 1 and 40),
  -- who hands over, and the latest shift of theirs that it is about; null of a note older than this table
  account text not null check (char_length(account) between 1 and 200),
  shift_id uuid,
  state text not null check (state in ('open', 'unanswered', 'waiting', 'acknowledged', 'closed')),
  -- items of the checklist; what is left is known once it is handed over
  ticked text[] not null default '{}',
  left_open text[] not null default '{}',
  -- who took over; null until then
  next_account text check (char_length(next_account) between 1 and 200),
  -- when it came into its state
  changed_at timestamptz not null,
  -- our message that reminds of the state it is in; null when there is none
  reminder_message uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade,
  check ((state = 'open') = (next_account is null))
);
create unique index handoff_open on handoff (workspace_id, rotation_id, role, account) where state = 'open';
create index handoff_of_rotation on handoff (workspace_id, rotation_id, state);
create index handoff_changed on handoff (workspace_id, changed_at);
create index handoff_account on handoff (workspace_id, account);
create index handoff_next on handoff (workspace_id, next_account) where next_account is not null;
comment on table handoff is
  'How hand-offs stand, and what of their checklist is done. Personal data: accounts; kept: the clock event-log after it came into its state, or until the deleted rotation leaves the bin.';
select protect_table('handoff');

-- A note belongs to a hand-off. One that was handed over is kept only where others may read it.
alter table handoff_note
  add column handoff_id uuid,
  add column handed_at timestamptz,
  add foreign key (workspace_id, handoff_id) references handoff (workspace_id, id) on delete cascade;
create index handoff_note_of on handoff_note (workspace_id, handoff_id) where handoff_id is not null;
comment on table handoff_note is
  'Notes to the next person. Personal data: the note, as ciphertext, and its author; kept: until handed to the next person unless the rotation lets others read it, at most the clock message-text after it was written, or until the deleted rotation leaves the bin.';
