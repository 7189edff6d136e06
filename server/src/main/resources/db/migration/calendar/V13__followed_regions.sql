-- Public holidays that a calendar is filled with each year.
create table holiday_region (
  workspace_id uuid not null,
  calendar_id uuid not null,
  region text not null check (char_length(region) between 2 and 40),
  -- the last one that was added: what somebody took out of it stays out
  until_year integer not null check (until_year between 1970 and 2199),
  primary key (workspace_id, calendar_id, region),
  foreign key (workspace_id, calendar_id) references holiday_calendar (workspace_id, id) on delete cascade
);
comment on table holiday_region is 'The countries, or parts of one, whose public holidays fill a calendar each year. Personal data: none.';
select protect_table('holiday_region');
