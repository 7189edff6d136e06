comment on table breach_notice is 'Notices of a breach that were sent to all members. Personal data: who sent it; kept: the clock audit after it was sent.';
