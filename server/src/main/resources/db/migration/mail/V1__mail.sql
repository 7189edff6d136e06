create table breach_notice (
  workspace_id uuid not null,
  id uuid not null,
  text bytea not null,
  sent_by uuid not null,
  -- how many mails it is, and what became of them
  recipients integer not null check (recipients > 0),
  without_address integer not null check (without_address >= 0),
  sent integer not null default 0,
  failed integer not null default 0,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index breach_notice_clock on breach_notice (workspace_id, created_at);
comment on table breach_notice is 'Notices of a breach that were sent to all members. Personal data: who sent it; kept: as long as the audit log.';
comment on column breach_notice.text is 'Sealed: mail.breach-notice.';
select protect_table('breach_notice');
