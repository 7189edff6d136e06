-- What somebody asks the others of a rotation: to take a shift (swap), or who can cover a time.
create table shift_request (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  kind text not null check (kind in ('swap', 'cover')),
  -- null: every role
  role text check (char_length(role) between 1 and 40),
  -- whose shift it is about, and who asked
  account text not null check (char_length(account) between 1 and 200),
  asked_by text not null check (char_length(asked_by) between 1 and 200),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  asked_at timestamptz not null,
  -- until when somebody may take it
  closes_at timestamptz not null,
  state text not null check (state in ('open', 'taken', 'past-due', 'deleted')),
  taken_by text check (char_length(taken_by) between 1 and 200),
  -- the change of the plan that it became; it may be taken back
  change_id uuid,
  -- where the channel was asked, and where it was reminded last
  message_id uuid not null,
  reminder_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade,
  check (starts_at < ends_at),
  check (closes_at in (starts_at, ends_at)),
  check ((state = 'taken') = (taken_by is not null)),
  check ((state = 'taken') = (change_id is not null)),
  check (taken_by <> account)
);
create index shift_request_of_rotation on shift_request (workspace_id, rotation_id, state);
create index shift_request_by_message on shift_request (workspace_id, message_id);
create index shift_request_by_change on shift_request (workspace_id, change_id) where change_id is not null;
create index shift_request_ended on shift_request (workspace_id, ends_at);
create index shift_request_account on shift_request (workspace_id, account);
create index shift_request_asked_by on shift_request (workspace_id, asked_by);
create index shift_request_taken_by on shift_request (workspace_id, taken_by) where taken_by is not null;
comment on table shift_request is
  'Requests to swap a shift or to cover a time. Personal data: accounts; kept: the clock event-log after its time ended, or until the deleted rotation leaves the bin.';
select protect_table('shift_request');

-- What others said to such a request without taking it.
create table shift_answer (
  workspace_id uuid not null,
  request_id uuid not null,
  account text not null check (char_length(account) between 1 and 200),
  answer text not null check (answer in ('no', 'perhaps')),
  answered_at timestamptz not null,
  primary key (workspace_id, request_id, account),
  foreign key (workspace_id, request_id) references shift_request (workspace_id, id) on delete cascade
);
create index shift_answer_account on shift_answer (workspace_id, account);
comment on table shift_answer is
  'Answers to requests. Personal data: accounts; kept: as long as the request that they belong to.';
select protect_table('shift_answer');
