-- When an account's person is away.
create table absence (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  account text not null check (char_length(account) between 1 and 200),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  all_day boolean not null,
  source text not null check (source in ('chat', 'console', 'api', 'icalendar', 'hibob')),
  -- who tells of it, and under which id; both null for what people entered
  feed uuid,
  external_id text check (char_length(external_id) between 1 and 300),
  -- the word of an HR system; nothing that people here wrote
  leave_type text check (char_length(leave_type) between 1 and 60),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  check (starts_at < ends_at),
  check ((feed is null) = (external_id is null)),
  check ((feed is null) = (source in ('chat', 'console', 'api'))),
  check (leave_type is null or feed is not null)
);
create unique index absence_told on absence (workspace_id, source, feed, external_id) where feed is not null;
create index absence_by_account on absence (workspace_id, connection_id, account, ends_at);
create index absence_ended on absence (workspace_id, ends_at);
comment on table absence is 'When people are away. Personal data: the account, the time, and the kind of leave where an HR system tells it; kept: until it is removed, or the clock event-log after it ended.';
select protect_table('absence');

create table holiday_calendar (
  workspace_id uuid not null,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 80),
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
-- A deleted calendar's name is free at once; bringing it back checks it again.
create unique index holiday_calendar_name on holiday_calendar (workspace_id, lower(name)) where deleted_at is null;
comment on table holiday_calendar is 'Calendars of free days. Personal data: none.';
select protect_table('holiday_calendar');

create table holiday (
  workspace_id uuid not null,
  calendar_id uuid not null,
  day date not null,
  name text not null check (char_length(name) between 1 and 80),
  primary key (workspace_id, calendar_id, day),
  foreign key (workspace_id, calendar_id) references holiday_calendar (workspace_id, id) on delete cascade
);
comment on table holiday is 'The free days of a calendar. Personal data: none.';
select protect_table('holiday');
