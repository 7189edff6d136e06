create index chat_link_request_by_expiry on chat_link_request (workspace_id, expires_at);
