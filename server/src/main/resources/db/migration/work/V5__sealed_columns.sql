comment on column inbox_item.payload is 'Sealed: work.inbox-payload. Under the installation''s keys.';
comment on column outbox_item.payload is 'Sealed: work.outbox-payload.';
