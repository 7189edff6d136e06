-- What somebody decided against the turns, for a time.
create table plan_change (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  kind text not null check (kind in ('set', 'replace', 'remove', 'add', 'temporary')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- null: every role
  role text check (char_length(role) between 1 and 40),
  -- who comes on duty, and who goes off
  account_in text check (char_length(account_in) between 1 and 200),
  account_out text check (char_length(account_out) between 1 and 200),
  -- of a replacement: how it came to be
  why text check (why in ('replace', 'swap', 'cover', 'take-over', 'move')),
  made_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade,
  check (starts_at < ends_at),
  check ((kind in ('set', 'add', 'replace')) = (account_in is not null)),
  check ((kind in ('remove', 'replace')) = (account_out is not null)),
  check (account_in <> account_out),
  check (kind not in ('set', 'add') or role is not null),
  check ((kind = 'replace') = (why is not null))
);
create index plan_change_of_rotation on plan_change (workspace_id, rotation_id, ends_at);
create index plan_change_ended on plan_change (workspace_id, ends_at);
create index plan_change_in on plan_change (workspace_id, account_in) where account_in is not null;
create index plan_change_out on plan_change (workspace_id, account_out) where account_out is not null;
comment on table plan_change is
  'Changes of the plan, such as an override or a swap. Personal data: accounts; kept: the clock event-log after it ended, or until the deleted rotation leaves the bin.';
select protect_table('plan_change');

create table temporary_shift (
  workspace_id uuid not null,
  change_id uuid not null,
  number integer not null,
  role text not null check (char_length(role) between 1 and 40),
  account text not null check (char_length(account) between 1 and 200),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (workspace_id, change_id, number),
  foreign key (workspace_id, change_id) references plan_change (workspace_id, id) on delete cascade,
  check (starts_at < ends_at)
);
create index temporary_shift_account on temporary_shift (workspace_id, account);
comment on table temporary_shift is
  'Shifts of temporary schedules. Personal data: accounts; kept: as long as the change that they belong to.';
select protect_table('temporary_shift');
