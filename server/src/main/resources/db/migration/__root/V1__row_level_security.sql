-- Functions are callable by everybody unless that is taken away first.
alter default privileges revoke execute on functions from public;

-- Every migration that makes a table of workspace data ends with this call.
create function protect_table(target regclass) returns void
language plpgsql as $$
declare
  same_workspace constant text :=
    'workspace_id = nullif(current_setting(''bothy.workspace'', true), '''')::uuid';
begin
  perform protect_table(target, same_workspace);
end $$;

-- The same for the one table whose own id is the workspace.
create function protect_table(target regclass, same_workspace text) returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy workspace_of_transaction on %s to bothy_app using (%s) with check (%s)',
    target, same_workspace, same_workspace);
  execute format('create policy migrations on %s to bothy_migrate using (true) with check (true)', target);
  execute format('create policy backups on %s for select to bothy_backup using (true)', target);
  execute format('grant select, insert, update, delete on %s to bothy_app', target);
  execute format('grant select on %s to bothy_backup', target);
end $$;

-- For the few tables of the installation that carry no workspace (each is named, with its reason,
-- in the schema test).
create function open_table(target regclass) returns void
language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %s to bothy_app', target);
  execute format('grant select on %s to bothy_backup', target);
end $$;

-- Hands a SECURITY DEFINER function to bothy_queue and lets the app, and nobody else, call it.
create function narrow_function(target regprocedure) returns void
language plpgsql as $$
begin
  execute format('alter function %s owner to bothy_queue', target);
  execute format('revoke all on function %s from public', target);
  execute format('grant execute on function %s to bothy_app', target);
end $$;
