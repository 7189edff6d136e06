comment on column slack_app.secrets is 'Sealed: slack.app-secrets.';
comment on column slack_departure.state_hash is 'Hash: SHA-256 of what the browser carries through Slack.';
comment on column slack_departure.browser_hash is 'Hash: SHA-256 of the browser''s cookie.';
