#!/bin/sh
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

help() {
  cat <<'HELP'
Usage: APP_PASSWORD=… MIGRATE_PASSWORD=… [BACKUP_PASSWORD=…] own-services/database.sh [DATABASE]

For a DBA: makes the database (bothy unless named) and the roles that Bothy uses, with roles.sql beside this
script, and sets their passwords. It can be run again; then it sets the passwords anew.

Connects as psql does: PGHOST, PGPORT, PGUSER, PGPASSWORD, PGSSLMODE, a service or .pgpass. The user must be a
superuser, or have CREATEROLE and CREATEDB. Needs psql 14 or newer; the server is PostgreSQL 15 or newer.

The passwords go into the Secrets that the chart's values name: database.appPassword, database.migratePassword
and, for backups, database.backupPassword.
HELP
}

fail() {
  echo "$*" >&2
  exit 1
}

case ${1:-} in
-h | --help)
  help
  exit 0
  ;;
-*)
  help >&2
  exit 2
  ;;
esac

database=${1:-bothy}
[ -n "${APP_PASSWORD:-}" ] || fail "APP_PASSWORD is missing: the password of the role bothy_app."
[ -n "${MIGRATE_PASSWORD:-}" ] || fail "MIGRATE_PASSWORD is missing: the password of the role bothy_migrate."
[ "$APP_PASSWORD" != "$MIGRATE_PASSWORD" ] || fail "The two roles need passwords of their own."
command -v psql >/dev/null || fail "There is no psql on PATH."
[ "${BACKUP_PASSWORD:-}" != "$APP_PASSWORD" ] && [ "${BACKUP_PASSWORD:-}" != "$MIGRATE_PASSWORD" ] ||
  fail "Each role needs a password of its own."
BACKUP_PASSWORD=${BACKUP_PASSWORD:-}
export APP_PASSWORD MIGRATE_PASSWORD BACKUP_PASSWORD

psql -X -q -v ON_ERROR_STOP=1 -v database="$database" -d postgres <<'SQL'
select format('create database %I encoding ''UTF8'' template template0', :'database')
 where not exists (select from pg_database where datname = :'database') \gexec
SQL
psql -X -q -v ON_ERROR_STOP=1 -d "$database" -f "$here/roles.sql"
# \password would ask. A superuser can keep the statements out of the server's log, and does.
psql -X -q -v ON_ERROR_STOP=1 -d "$database" <<'SQL'
\getenv app APP_PASSWORD
\getenv migrate MIGRATE_PASSWORD
\getenv backup BACKUP_PASSWORD
begin;
select set_config(name, value, true)
  from (values ('log_statement', 'none'), ('log_min_error_statement', 'panic')) quiet (name, value)
 where (select rolsuper from pg_roles where rolname = current_user) \g /dev/null
alter role bothy_app password :'app';
alter role bothy_migrate password :'migrate';
select :'backup' <> '' as with_backup \gset
\if :with_backup
alter role bothy_backup password :'backup';
\endif
commit;
SQL
echo "Database $database and the roles bothy_app and bothy_migrate are ready."
