-- Somebody said that this account is not to be linked as it was; its address does not link it again.
create table chat_link_declined (
  workspace_id uuid not null,
  connection_id uuid not null,
  account text not null check (length(account) between 1 and 100),
  declined_at timestamptz not null,
  primary key (workspace_id, connection_id, account)
);
comment on table chat_link_declined is 'Accounts that were unlinked, and are not linked by e-mail address again. Personal data: the account; kept: until the account is linked in another way, or the workspace is erased.';
select protect_table('chat_link_declined');
