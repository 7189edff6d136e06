create table sandbox_sign (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  kind text not null check (kind in ('topic', 'group')),
  name text not null check (length(name) between 1 and 80),
  content bytea not null,
  changed_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, connection_id, kind, name)
);
create index sandbox_sign_changed on sandbox_sign (workspace_id, changed_at);
comment on table sandbox_sign is
  'What an app has put up in the room: the topic of a channel, or who is in a group, as ciphertext. Personal data: what an app wrote; kept: the clock message-text after it was put up, or until the room is cleared.';
comment on column sandbox_sign.content is 'Sealed: sandbox.sign.';
select protect_table('sandbox_sign');
