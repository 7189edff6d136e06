create table slack_app (
  workspace_id uuid not null,
  id uuid not null,
  client_id text not null check (length(client_id) between 3 and 100),
  secrets bytea not null,
  changed_at timestamptz not null,
  primary key (workspace_id, id)
);
comment on table slack_app is
  'The Slack app that OAuth installs into several Slack workspaces: one for each workspace of ours, with its client secret, signing secret and app-level token as ciphertext. Personal data: none.';
select protect_table('slack_app');

create table slack_departure (
  workspace_id uuid not null,
  id uuid not null,
  state_hash bytea not null,
  browser_hash bytea not null,
  person_id uuid not null,
  expires_at timestamptz not null,
  primary key (workspace_id, id)
);
comment on table slack_departure is
  'Somebody who went to Slack to install the app and may come back once. Personal data: who it is; kept: until they come back, or until the next one leaves after the ten minutes they have.';
select protect_table('slack_departure');

create table slack_renewal (
  workspace_id uuid not null,
  connection_id uuid not null,
  claimed_until_at timestamptz not null,
  renewed_at timestamptz,
  primary key (workspace_id, connection_id)
);
comment on table slack_renewal is
  'Who renews a token, so that only one process does: a refresh token is good once. Personal data: none.';
select protect_table('slack_renewal');

create table slack_activity (
  workspace_id uuid not null,
  subject_id uuid not null,
  what text not null check (length(what) between 1 and 80),
  last_at timestamptz not null,
  primary key (workspace_id, subject_id, what)
);
comment on table slack_activity is
  'When a connection or an app was last seen to do something: use a scope, sign a request. To the minute. Personal data: none; kept: 90 days after the last time.';
select protect_table('slack_activity');
