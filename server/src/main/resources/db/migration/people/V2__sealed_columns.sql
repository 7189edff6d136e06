comment on column session.token_hash is 'Hash: SHA-256 of the cookie''s token.';
