-- The roles that Bothy needs, for a DBA to run once as a superuser (or with CREATEROLE, as owner of the
-- database, where nobody is superuser), connected to Bothy's own database. It can be run again. No
-- password is set here:
--   ALTER ROLE bothy_migrate PASSWORD '…';  ALTER ROLE bothy_app PASSWORD '…';  ALTER ROLE bothy_backup PASSWORD '…';
--
--   bothy_migrate  owns the schema; used by migrations and restores alone. A restore makes a schema
--                  beside the one in use, so it may create schemas in this database
--   bothy_app      the server; owns nothing, cannot bypass row-level security
--   bothy_queue    cannot log in; owns the few functions that must cross workspaces
--   bothy_backup   reads everything, writes nothing
do $$
declare
  role_name text;
begin
  foreach role_name in array array['bothy_migrate', 'bothy_app', 'bothy_backup'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I login', role_name);
    end if;
    execute format('alter role %I set search_path = bothy', role_name);
  end loop;
  if not exists (select from pg_roles where rolname = 'bothy_queue') then
    create role bothy_queue nologin;
  end if;
  -- What a new role has not, and only a superuser may take from an old one.
  for role_name in
    select rolname from pg_roles
     where rolname in ('bothy_migrate', 'bothy_app', 'bothy_backup', 'bothy_queue')
       and (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls)
  loop
    execute format('alter role %I nosuperuser nocreatedb nocreaterole nobypassrls', role_name);
  end loop;
  -- Who is no superuser makes another's schema as a member of that role.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant bothy_migrate to %I', current_user);
  end if;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to bothy_migrate, bothy_app, bothy_backup', current_database());
  execute format('grant create on database %I to bothy_migrate', current_database());
end $$;

-- A migration hands each function that crosses workspaces to bothy_queue.
grant bothy_queue to bothy_migrate;

create schema if not exists bothy authorization bothy_migrate;
revoke all on schema bothy from public;
grant usage on schema bothy to bothy_app, bothy_backup;
grant usage, create on schema bothy to bothy_queue;

do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('revoke bothy_migrate from %I', current_user);
  end if;
end $$;
