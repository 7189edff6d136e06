-- A log that was emptied with its workspace (erase_protected_rows) is not begun anew: whoever may
-- write as the server could else take the members and keys away, empty the log, and put them back.
create table audit_emptied (
  workspace uuid primary key,
  emptied_at timestamptz not null default clock_timestamp()
);
comment on table audit_emptied is
  'Workspaces whose audit log was emptied with them; none of them may have members, keys or entries again. Personal data: none.';
select open_table('audit_emptied');
revoke insert, update, delete on audit_emptied from bothy_app;
grant select, insert on audit_emptied to bothy_queue;

-- Also used by the triggers of members and data keys, whose modules come later by name.
create function refuse_what_is_emptied() returns trigger
language plpgsql set search_path = bothy as $$
begin
  if exists (select from audit_emptied where workspace = new.workspace_id) then
    raise exception 'The workspace % is erased, its audit log too: it takes no % any more', new.workspace_id, tg_table_name;
  end if;
  return new;
end $$;
create trigger refuse_what_is_emptied before insert on audit_entry
  for each row execute function refuse_what_is_emptied();

-- The workspaces whose log is emptied, and which live. The triggers refuse that; they cannot see a
-- mark that another transaction is just setting, nor what a superuser does.
create function audit_emptied_alive() returns setof uuid
language plpgsql stable security definer set search_path = bothy as $$
begin
  return query execute format(
    'select m.workspace from %I m'
    ' where exists (select from %I one where one.workspace_id = m.workspace)'
    ' or exists (select from %I one where one.workspace_id = m.workspace and one.wrapped is not null)',
    'audit_emptied', 'member', 'data_key');
end $$;
select narrow_function('audit_emptied_alive()');

create or replace function audit_health() returns table (
  waiting bigint, oldest_seconds double precision, broken bigint, checked_at timestamptz
)
language sql stable security definer set search_path = bothy as $$
  select w.waiting, w.oldest_seconds, c.broken + a.broken, c.checked_at
  from (select count(*) as waiting, coalesce(extract(epoch from clock_timestamp() - min(u.added_at)), 0) as oldest_seconds
        from audit_unlinked u) w,
       (select count(*) filter (where k.fault is not null and k.fault <> 'EMPTIED') as broken, min(k.checked_at) as checked_at
        from audit_check k) c,
       (select count(*) as broken from audit_emptied_alive()) a
$$;

-- What one person did: filters, exports, erasures.
create index audit_entry_by_actor on audit_entry (workspace_id, actor, occurred_at desc);
