-- That a source of absences has failed for days is told once, until it works again.
alter table absence_feed add column told_at timestamptz;
alter table hibob_connection add column told_at timestamptz;

-- Who added a source, to be told when it fails.
create table absence_source_maker (
  workspace_id uuid not null,
  -- a calendar, or the connection to HiBob
  source_id uuid not null,
  person_id uuid not null,
  primary key (workspace_id, source_id)
);
create index absence_source_maker_by_person on absence_source_maker (workspace_id, person_id);
comment on table absence_source_maker is 'Who added a calendar of absences, or HiBob. Personal data: the person; kept: until the source is removed.';
select protect_table('absence_source_maker');

grant select (failing_since_at) on absence_feed, hibob_connection to bothy_queue;
create policy lookup on absence_feed for select to bothy_queue using (true);
create policy lookup on hibob_connection for select to bothy_queue using (true);

-- How many sources of all workspaces have failed since before then, for the metric.
create function absence_sources_failing(failing_before timestamptz) returns table (source text, failing bigint)
language sql stable security definer set search_path = bothy as $$
  select 'icalendar', count(*) from absence_feed where failing_since_at < failing_before
  union all
  select 'hibob', count(*) from hibob_connection where failing_since_at < failing_before
$$;
select narrow_function('absence_sources_failing(timestamptz)');
