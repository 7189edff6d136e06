-- What was deleted and can still be brought back. The thing itself stays where it is, out of use.
create table bin_item (
  workspace_id uuid not null,
  id uuid not null,
  -- as the audit log names it, e.g. rotations.rotation
  kind text not null check (kind ~ '^[a-z]+\.[a-z-]{2,60}$'),
  subject text not null check (length(subject) between 1 and 60),
  -- whose choice says how long it stays
  app text not null check (app ~ '^[a-z]{2,30}$'),
  -- by the network's side: nobody here decided it, so it stays longer
  uninstalled boolean not null,
  -- null for Bothy itself, and for an account of a chat network
  deleted_by uuid,
  deleted_at timestamptz not null,
  -- only ever moved forward: nothing stays longer than was said when it was deleted
  goes_at timestamptz not null,
  warned_at timestamptz,
  -- from then on it cannot be brought back
  begun_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, kind, subject)
);
comment on table bin_item is
  'What was deleted and can still be brought back. Personal data: the id of who deleted it; kept: until it is brought back, or gone when its time in the bin is over.';
select protect_table('bin_item');

-- How long what an app had stays in the bin, where the workspace chose so.
create table bin_choice (
  workspace_id uuid not null,
  app text not null check (app ~ '^[a-z]{2,30}$'),
  -- clamped to the installation's bounds when it is read; 0 is gone within the hour
  days integer not null check (days between 0 and 36500),
  changed_at timestamptz not null,
  primary key (workspace_id, app)
);
comment on table bin_choice is
  'How long what an app had stays in the bin, where the workspace chose so. Personal data: none.';
select protect_table('bin_choice');
