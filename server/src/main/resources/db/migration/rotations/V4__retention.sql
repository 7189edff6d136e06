create index handoff_note_written on handoff_note (workspace_id, written_at);
create index shift_ended on shift (workspace_id, ended_at) where ended_at is not null;

comment on table handoff_note is 'Notes on their way to the next person. Personal data: the note, as ciphertext, and its author; kept: until handed to the next person, at most the clock message-text after it was written, or 24 hours after the rotation is deleted.';
comment on table shift is 'Who was on duty when. Personal data: the account on duty; kept: the clock event-log after it ended, or until 24 hours after the rotation is deleted.';
