comment on column chat_connection.secrets is 'Sealed: chat.connection-secrets.';
