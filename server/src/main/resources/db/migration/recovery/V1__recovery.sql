-- Each restore of this database, with what was done before it served again. The newest one counts.
create table recovery (
  id uuid primary key,
  backup_id text not null check (length(backup_id) between 1 and 100),
  backup_taken_at timestamptz not null,
  restored_at timestamptz not null,
  state text not null default 'PREPARING' check (state in ('PREPARING', 'HELD', 'RELEASED')),
  -- while it is prepared: what it waits for, in words
  waits_for text check (length(waits_for) between 1 and 1000),
  prepared_at timestamptz,
  -- entries of the erasure ledger: done again, known here already, and refused or unfinished
  replayed integer not null default 0,
  known integer not null default 0,
  refused integer not null default 0,
  -- rows that the sweeps took, of all tables
  swept bigint not null default 0,
  rows_by_table jsonb not null default '{}',
  released_at timestamptz,
  -- a person's id, or how else it was done
  released_by text check (length(released_by) between 1 and 200),
  -- whether the audit log of every workspace says that it was released
  told boolean not null default false,
  check (state <> 'PREPARING' or (prepared_at is null and released_at is null)),
  check (state <> 'HELD' or (prepared_at is not null and released_at is null)),
  check ((state = 'RELEASED') = (released_at is not null)),
  check ((released_at is null) = (released_by is null))
);
create index recovery_newest on recovery (restored_at desc, id desc);
comment on table recovery is
  'From which backup this database was restored, and what was done before it served again. Personal data: the id of who released it; kept: as long as the installation.';
select open_table('recovery');
