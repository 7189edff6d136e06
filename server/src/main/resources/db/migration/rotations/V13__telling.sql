-- What people are told beside hand-offs; a rotation without a row has the defaults.
create table rotation_telling (
  workspace_id uuid not null,
  rotation_id uuid not null,
  -- null: the default; 0: none
  reminder_minutes integer check (reminder_minutes = 0 or reminder_minutes between 15 and 10080),
  -- 1 is Monday
  look_ahead_day smallint check (look_ahead_day between 1 and 7),
  look_ahead_time text check (look_ahead_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  topic boolean not null default false,
  group_id text check (char_length(group_id) between 1 and 80),
  -- null: the first role
  group_role text check (char_length(group_role) between 1 and 40),
  note_reminder boolean not null default false,
  -- what topic and group say, as the ids of the shifts they were made from
  shown text,
  -- what the network refused, of which message
  problem text check (char_length(problem) between 1 and 500),
  problem_message uuid,
  primary key (workspace_id, rotation_id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade,
  check ((look_ahead_day is null) = (look_ahead_time is null)),
  check (group_role is null or group_id is not null),
  check ((problem is null) = (problem_message is null))
);
comment on table rotation_telling is
  'What a rotation tells people beside hand-offs. Personal data: none; kept: until the deleted rotation leaves the bin.';
select protect_table('rotation_telling');

-- What was told, so that nobody is told twice.
create table rotation_told (
  workspace_id uuid not null,
  rotation_id uuid not null,
  kind text not null check (kind in ('reminder', 'gap', 'group', 'note-due')),
  role text not null check (char_length(role) between 1 and 40),
  -- empty: nobody in particular
  account text not null check (char_length(account) <= 200),
  -- of the shift or the gap
  starts_at timestamptz not null,
  primary key (workspace_id, rotation_id, kind, role, account, starts_at),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade
);
create index rotation_told_account on rotation_told (workspace_id, account);
comment on table rotation_told is
  'Which shifts people were reminded of. Personal data: accounts; kept: until 30 days after the shift began.';
select protect_table('rotation_told');

create table absence_answer (
  workspace_id uuid not null,
  rotation_id uuid not null,
  absence_id uuid not null,
  account text not null check (char_length(account) between 1 and 200),
  -- null: not answered yet
  answer text check (answer in ('keep', 'skip')),
  asked_message uuid not null,
  absence_ends_at timestamptz not null,
  primary key (workspace_id, rotation_id, absence_id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade
);
create index absence_answer_account on absence_answer (workspace_id, account);
comment on table absence_answer is
  'Who was asked whether they keep a turn that they are absent for. Personal data: accounts; kept: until 30 days after the absence.';
select protect_table('absence_answer');
