create table audit_entry (
  workspace_id uuid not null,
  id uuid not null,
  occurred_at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'account', 'system')),
  actor text not null check (length(actor) <= 200),
  action text not null check (action ~ '^[a-z]+\.[a-z-]{2,60}$'),
  subject_kind text not null,
  subject_id text not null check (length(subject_id) between 1 and 200),
  details jsonb not null,
  primary key (workspace_id, id)
);
create index audit_entry_newest on audit_entry (workspace_id, occurred_at desc, id desc);
create index audit_entry_by_subject on audit_entry (workspace_id, subject_id, occurred_at desc);
comment on table audit_entry is
  'Who did what to what; ids alone. Personal data: the acting person''s or account''s id; kept: as long as the workspace.';
select protect_table('audit_entry');
-- What was written stays: not even a server that was taken over can rewrite it.
revoke update, delete on audit_entry from bothy_app;
