-- Whom no workspace has a place for, the installation forgets: one whose place ended, and one who signed
-- in and was given none.
create index person_last_sign_in on person (last_sign_in_at);
create index person_created on person (created_at);
comment on table person is 'Somebody who signed in, or whom a workspace''s directory named. Personal data: name, user name and their subject at the identity provider; kept: while a workspace has a place for them, then until 14 days after they signed in last, or until they are erased.';
