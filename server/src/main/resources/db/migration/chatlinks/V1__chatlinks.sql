-- Which person an account of a chat network belongs to: the key says that it is one.
create table chat_link (
  workspace_id uuid not null,
  connection_id uuid not null,
  account text not null check (length(account) between 1 and 100),
  person_id uuid not null,
  linked_by text not null check (linked_by in ('EMAIL', 'MESSAGE', 'ADMIN')),
  linked_at timestamptz not null,
  -- with the person's place; the link comes back with it
  ended_at timestamptz,
  primary key (workspace_id, connection_id, account)
);
create index chat_link_by_person on chat_link (workspace_id, person_id);
comment on table chat_link is 'Which person an account of a chat network belongs to. Personal data: whose it is, and how and when it was linked; kept: until it is unlinked, or until the person''s place has ended and the 14 days of grace are over.';
select protect_table('chat_link');

-- A link that an account was sent, to open and confirm once.
create table chat_link_request (
  workspace_id uuid not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  connection_id uuid not null,
  account text not null check (length(account) between 1 and 100),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  used_at timestamptz,
  primary key (workspace_id, token_hash)
);
create index chat_link_request_by_account on chat_link_request (workspace_id, connection_id, account);
comment on table chat_link_request is 'Links that accounts were sent to say whose they are. Personal data: the account; kept: until a day after it expired, or until its account asks anew.';
comment on column chat_link_request.token_hash is 'Hash: SHA-256 of the token in the link.';
select protect_table('chat_link_request');
