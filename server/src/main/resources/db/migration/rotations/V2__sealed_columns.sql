comment on column handoff_note.note is 'Sealed: rotations.handoff-note.';
