-- What a network says of one of our messages is found by the network's id of it. Compared by bytes,
-- so that an id that several others follow is found by a range of this index.
create index outbox_item_by_external_id on outbox_item (workspace_id, target, external_id collate "C")
  where external_id is not null;
