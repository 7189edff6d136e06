-- The address under which a workspace shows who is on duty to whoever knows it.
create table public_board (
  workspace_id uuid primary key,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  made_at timestamptz not null
);
comment on table public_board is
  'The secret address of the public board of who is on duty, as a hash. Personal data: none.';
comment on column public_board.token_hash is 'Hash: SHA-256 of the secret part of the address.';
select protect_table('public_board');
