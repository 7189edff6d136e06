-- A lane may name the account that the message is for.
comment on table outbox_item is 'What is to be sent, or was; the row stays, since a message can be changed as long as it exists. Personal data: the payload, as ciphertext, and the account that it is for; kept: until it was sent, at most the clock message-text after it was written or given up.';
