-- How a request came to its end, which whoever asked, and whoever had taken it, can read.
alter table shift_request
  add column closed_at timestamptz,
  add column closed_why text check (closed_why in ('nobody', 'withdrawn', 'undone', 'gone', 'left', 'unreachable', 'paused', 'deleted')),
  -- the account that closed it; null when that was Bothy, or somebody who has none here
  add column closed_by text check (char_length(closed_by) between 1 and 200),
  add check ((closed_why is null) = (closed_at is null)),
  add check (closed_why is null or state in ('past-due', 'deleted'));
-- Answers come below reminders as well.
create index shift_request_by_reminder on shift_request (workspace_id, reminder_id) where reminder_id is not null;
create index shift_request_closed_by on shift_request (workspace_id, closed_by) where closed_by is not null;
