-- Who has left the network has a name here only for what happened before, and that goes as well.
create index chat_account_looked_up on chat_account (workspace_id, looked_up_at);
comment on table chat_account is
  'The directory: who is behind an account, as the network told. Personal data: name, time zone; kept: while the account is active there, and the clock event-log after Bothy heard that it is not.';
