-- How long a workspace keeps what, where it does not follow the standard.
create table retention_setting (
  workspace_id uuid not null,
  clock text not null check (clock ~ '^[a-z-]{1,30}$'),
  -- clamped to the installation's bounds when it is read: those may change later
  days integer not null check (days between 0 and 36500),
  -- rows are not overdue before a sweep could know of it
  changed_at timestamptz not null,
  primary key (workspace_id, clock)
);
comment on table retention_setting is 'How long a workspace keeps what, where it does not follow the standard. Personal data: none.';
select protect_table('retention_setting');

-- The last sweep of a workspace.
create table retention_sweep (
  workspace_id uuid not null primary key,
  started_at timestamptz not null,
  -- null until all that was due is gone; a sweep that broke off begins again
  finished_at timestamptz,
  rows_by_table jsonb not null
);
comment on table retention_sweep is 'When rows whose time was over were last removed, and how many of each table. Personal data: none.';
select protect_table('retention_sweep');
