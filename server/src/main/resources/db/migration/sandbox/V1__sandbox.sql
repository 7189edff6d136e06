create table sandbox_room (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid,
  changes bigint not null default 0,
  primary key (workspace_id, id),
  unique (workspace_id)
);
comment on table sandbox_room is
  'The one room of a workspace. Every change of what it shows counts up "changes" under the row''s lock, so that a viewer who compares the number misses none. Personal data: none.';
select protect_table('sandbox_room');

create table sandbox_person (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  account text not null check (account ~ '^[a-z][a-z0-9-]{0,30}$'),
  name text not null check (length(name) between 1 and 80),
  zone text not null,
  active boolean not null,
  seen bigint not null default 0,
  primary key (workspace_id, id),
  unique (workspace_id, connection_id, account)
);
comment on table sandbox_person is
  'Invented people that a visitor of the room acts as. Personal data: none.';
select protect_table('sandbox_person');

create table sandbox_channel (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{1,29}$'),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, connection_id, name)
);
comment on table sandbox_channel is 'A channel of the room. Personal data: none.';
select protect_table('sandbox_channel');

create table sandbox_message (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  -- A channel's name, or @account for what that account and Bothy say to each other.
  conversation text not null,
  thread_id uuid,
  author text not null,
  -- Null once the message was taken back.
  content bytea,
  -- Set for what one account alone sees.
  visible_to text,
  sequence bigint not null,
  version bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
create index sandbox_message_in_order
  on sandbox_message (workspace_id, connection_id, conversation, sequence);
comment on table sandbox_message is
  'What was said in the room, as ciphertext. Personal data: what a visitor typed; kept: until the room is cleared.';
select protect_table('sandbox_message');

create table sandbox_form (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  conversation text not null,
  account text not null,
  content bytea not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (workspace_id, id)
);
create index sandbox_form_open on sandbox_form (workspace_id, connection_id, account)
  where closed_at is null;
comment on table sandbox_form is
  'A form that was opened for an account, as ciphertext. Personal data: what its fields start with; kept: until the room is cleared.';
select protect_table('sandbox_form');
