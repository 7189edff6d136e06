create index api_token_by_end on api_token (workspace_id, expires_at);
create index api_token_by_revocation on api_token (workspace_id, revoked_at) where revoked_at is not null;
create index break_glass_code_by_expiry on break_glass_code (expires_at);

comment on table api_token is 'What a person''s programs prove themselves with. Personal data: whose it is, its name and when it was used last; kept: the clock sessions after it ended, or until the person''s place or the person is removed.';
comment on table session is 'A signed-in browser. Personal data: who was signed in, when and with what kind of browser, and what the next page says of what they just did; kept: until sign-out, or until a day after it expired.';
comment on table break_glass_code is 'A one-time code to sign in without the identity provider; its row goes when it is used. Personal data: for whom it is; kept: until used, or until a day after it expired.';
