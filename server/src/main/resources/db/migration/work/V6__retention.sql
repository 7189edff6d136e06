-- The nightly sweep finds what was settled long ago by this. `forget_settled` is called no more and
-- stays until the release after next, for servers of the version before.
create index inbox_item_settled on inbox_item (workspace_id, settled_at) where settled_at is not null;

comment on table inbox_item is 'What a network delivered. Personal data: the payload, as ciphertext; kept: until its work is done, at most the clock message-text after it came in or was given up. The row, without it, goes the clock deliveries after its work ended.';
comment on table outbox_item is 'What is to be sent, or was; the row stays, since a message can be changed as long as it exists. Personal data: the payload, as ciphertext; kept: until it was sent, at most the clock message-text after it was written or given up.';
