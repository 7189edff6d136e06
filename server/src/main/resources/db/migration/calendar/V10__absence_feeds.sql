-- Calendars elsewhere that tell when somebody is away: subscriptions, and files that were taken in once.
create table absence_feed (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  account text not null check (char_length(account) between 1 and 200),
  -- null for a file
  address bytea,
  -- an event that is shorter is no absence
  shortest_seconds integer not null check (shortest_seconds between 0 and 604800),
  time_zone text not null check (char_length(time_zone) between 1 and 60),
  -- what the address said of its last answer, to be asked for what is newer
  etag text check (char_length(etag) <= 300),
  last_modified text check (char_length(last_modified) <= 100),
  -- when an answer was last taken whole, when there was last an answer, when it was last asked
  taken_at timestamptz,
  read_at timestamptz,
  asked_at timestamptz,
  failures integer not null default 0 check (failures >= 0),
  failing_since_at timestamptz,
  problem text check (char_length(problem) between 1 and 500),
  absences integer not null default 0 check (absences >= 0),
  left_out integer not null default 0 check (left_out >= 0),
  left_out_why text check (char_length(left_out_why) between 1 and 500),
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index absence_feed_by_account on absence_feed (workspace_id, connection_id, account);
comment on table absence_feed is 'Calendars that tell when somebody is away. Personal data: whose calendar, and its address; kept: until it is removed.';
comment on column absence_feed.address is 'Sealed: calendar.feed-address.';
select protect_table('absence_feed');
