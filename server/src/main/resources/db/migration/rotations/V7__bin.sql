-- What is deleted stays for as long as the bin keeps it.
comment on table rotation is
  'A rotation and whose turn it is. Personal data: the account on duty; kept: until the deleted rotation leaves the bin.';
comment on table rotation_participant is
  'Who takes turns, in order. Personal data: accounts; kept: until taken off the rotation, or until the deleted rotation leaves the bin.';
comment on table shift is
  'Who was on duty when. Personal data: the account on duty; kept: the clock event-log after it ended, or until the deleted rotation leaves the bin.';
comment on table handoff_note is
  'Notes on their way to the next person. Personal data: the note, as ciphertext, and its author; kept: until handed to the next person, at most the clock message-text after it was written, or until the deleted rotation leaves the bin.';
comment on table rotation_departure is
  'Places of people who left the workspace. Personal data: the account and its person; kept: until they are back, or the 14 days of grace are over, or until the deleted rotation leaves the bin.';
