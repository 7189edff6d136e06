create index slack_activity_last on slack_activity (workspace_id, last_at);
create index slack_departure_by_expiry on slack_departure (workspace_id, expires_at);

comment on table slack_activity is 'When a connection or an app was last seen to do something: use a scope, sign a request. To the minute. Personal data: none; kept: the clock deliveries after the last time.';
comment on table slack_departure is 'Somebody who went to Slack to install the app and may come back once. Personal data: who it is; kept: until they come back, or until a day after the ten minutes they have.';
