-- As before, and leaves a mark that the server cannot take away: with it the workspace takes no
-- member, no key and no entry any more, so that nobody empties the log of one that goes on.
create or replace function erase_protected_rows(target text, most integer) returns bigint
language plpgsql security definer set search_path = bothy as $$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  gone bigint;
  lives boolean;
begin
  if target !~ '^audit_[a-z]+$' then
    raise exception 'Not a table of the audit log: %', target;
  end if;
  execute format(
    'select exists (select from %I where workspace_id = $1)'
    ' or exists (select from %I where workspace_id = $1 and wrapped is not null)', 'member', 'data_key')
    into lives using bound;
  if lives then
    raise exception 'The workspace % is not erased yet', bound;
  end if;
  execute format('insert into %I (workspace) values ($1) on conflict do nothing', 'audit_emptied') using bound;
  execute format(
    'delete from %I where ctid = any (array(select ctid from %I where workspace_id = $1 limit $2))', target, target)
    using bound, most;
  get diagnostics gone = row_count;
  return gone;
end $$;
