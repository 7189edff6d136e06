-- The clock of message text looks for what still has its body.
create index webhook_delivery_with_body on webhook_delivery (workspace_id, created_at) where body is not null;
