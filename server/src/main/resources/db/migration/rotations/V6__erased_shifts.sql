-- What was, stays; whose it was goes when they are erased.
create or replace function keep_shift_that_is_over() returns trigger language plpgsql as $$
begin
  if new.account = 'erased'
    and to_jsonb(new) - 'account' - 'version' = to_jsonb(old) - 'account' - 'version' then
    return new;
  end if;
  raise exception 'The shift % is over and cannot be changed', old.id;
end $$;

-- Somebody may have had thousands of shifts; they are found by account when the person is erased.
create index shift_by_account on shift (workspace_id, account);
