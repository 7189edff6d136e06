create index sandbox_form_opened on sandbox_form (workspace_id, opened_at);
create index sandbox_message_created on sandbox_message (workspace_id, created_at);
create index sandbox_message_updated on sandbox_message (workspace_id, updated_at) where updated_at is not null;

comment on table sandbox_form is 'A form that was opened for an account, as ciphertext. Personal data: what its fields start with; kept: the clock message-text after it was opened, or until the room is cleared.';
comment on table sandbox_message is 'What was said in the room, as ciphertext. Personal data: what a visitor typed; kept: the clock message-text after it was said or changed last, or until the room is cleared.';
