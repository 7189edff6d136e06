-- Which installation this database is of: a backup of another one is not taken for its own.
create table installation (
  id uuid primary key default gen_random_uuid(),
  singleton boolean not null default true unique check (singleton)
);
comment on table installation is
  'The one row says which installation this is. Personal data: none.';
insert into installation default values;
grant select on installation to bothy_app;
grant select on installation to bothy_backup;
