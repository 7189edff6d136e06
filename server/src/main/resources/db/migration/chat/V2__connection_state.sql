-- All of these may be absent, so that a server of the release before still reads and writes the table:
-- to it an ended connection is a removed one, as it is.
alter table chat_connection
  add column connected_at timestamptz,
  add column ended_reason text check (length(ended_reason) between 1 and 60),
  add column broken_at timestamptz,
  add column broken_reason text check (length(broken_reason) between 1 and 60);
comment on column chat_connection.connected_at is 'When it was connected last; null when that was at created_at.';
comment on column chat_connection.removed_at is 'When it ended: nothing comes in or goes out any more. Null while it has not.';
comment on column chat_connection.ended_reason is 'A word of the connector''s, e.g. app-uninstalled; null for what ended before there were words.';
comment on column chat_connection.broken_at is 'Since when an admin must act before anything goes out; null when it works.';
