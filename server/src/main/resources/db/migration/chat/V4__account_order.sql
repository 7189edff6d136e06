-- May be absent, so that a server of the release before still writes the table.
alter table chat_account add column network_updated_at timestamptz;
comment on column chat_account.network_updated_at is 'When it became so by the network''s clock, so that an older event does not overwrite a newer one; null when the network did not tell.';
