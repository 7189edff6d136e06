-- Who takes turns for which role, and where each order stands: one layer was in the rotation itself.
create table rotation_layer (
  workspace_id uuid not null,
  rotation_id uuid not null,
  layer_id uuid not null,
  position integer not null check (position >= 0),
  role text not null check (char_length(role) between 1 and 40),
  cadence text not null check (cadence in ('daily', 'weekly', 'custom')),
  -- weekly: a bit for each day, Monday the lowest
  weekdays integer not null check (weekdays between 0 and 127),
  -- custom: so many of the unit
  every integer not null check (every between 0 and 720),
  unit text not null check (unit in ('', 'hours', 'days', 'weeks', 'months')),
  first_day date not null,
  handoff_time time not null,
  zone text not null,
  -- a bit for each day, Monday the lowest
  active_days integer not null check (active_days between 1 and 127),
  -- blocks such as 'mon,tue 09:00-17:00', a line each; empty for all hours
  hours text not null check (char_length(hours) <= 2000),
  -- of the calendar's module; null for none
  holiday_calendar_id uuid,
  turn_order text not null check (turn_order in ('queue', 'balanced')),
  absence_mode text not null check (absence_mode in ('ask', 'skip', 'ignore')),
  -- the turn that runs, or ran last
  turn_started_at timestamptz not null,
  -- the place that the order is counted on from, also while nobody is on duty
  turn_place integer not null,
  turn_account text,
  primary key (workspace_id, rotation_id, layer_id),
  foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade,
  check ((cadence = 'weekly') = (weekdays > 0)),
  check ((cadence = 'custom') = (every > 0 and unit <> ''))
);
comment on table rotation_layer is
  'Who takes turns for which role, and whose turn it is. Personal data: the account on duty; kept: until the deleted rotation leaves the bin.';
select protect_table('rotation_layer');

insert into rotation_layer (workspace_id, rotation_id, layer_id, position, role, cadence, weekdays,
  every, unit, first_day, handoff_time, zone, active_days, hours, holiday_calendar_id, turn_order,
  absence_mode, turn_started_at, turn_place, turn_account)
select r.workspace_id, r.id, r.id, 0, 'Primary', r.cadence, r.weekdays, r.every, r.unit,
  r.first_day, r.handoff_time, r.zone, 127, '', null, 'queue', 'skip',
  coalesce((select s.starts_at from shift s where s.workspace_id = r.workspace_id and s.id = r.shift_id), r.created_at),
  r.turn_place, r.turn_account
from rotation r;

alter table rotation_participant add column layer_id uuid;
update rotation_participant set layer_id = rotation_id;
alter table rotation_participant
  alter column layer_id set not null,
  -- null: a place that is kept empty
  alter column account drop not null,
  add column joins_on date,
  add column leaves_on date,
  -- skipped and to serve next, the lowest first; 0 for nobody owed
  add column owed integer not null default 0 check (owed >= 0),
  -- where the order is balanced
  add column served_seconds bigint not null default 0 check (served_seconds >= 0),
  add check (joins_on < leaves_on),
  drop constraint rotation_participant_pkey,
  drop constraint rotation_participant_workspace_id_rotation_id_account_key,
  drop constraint rotation_participant_workspace_id_rotation_id_fkey;
alter table rotation_participant
  alter column owed drop default,
  alter column served_seconds drop default,
  add primary key (workspace_id, rotation_id, layer_id, place),
  add unique (workspace_id, rotation_id, layer_id, account),
  add foreign key (workspace_id, rotation_id) references rotation (workspace_id, id) on delete cascade;

alter table shift
  add column role text not null default 'Primary' check (char_length(role) between 1 and 40),
  -- the hand-off that began the turn it is of
  add column turn_at timestamptz,
  add column why text not null default 'turn' check (why in ('turn', 'absence', 'set', 'replace',
    'swap', 'cover', 'take-over', 'move', 'add', 'temporary', 'removed', 'empty', 'nobody')),
  -- the change of the plan that it comes from
  add column change_id uuid,
  -- the message to the person, whose buttons work while they are on duty
  add column direct_message uuid;
alter table shift disable trigger keep_shift_that_is_over;
update shift set turn_at = starts_at, why = case when account is null then 'nobody' else 'turn' end;
update shift s set direct_message = r.direct_message from rotation r
  where r.workspace_id = s.workspace_id and r.shift_id = s.id and r.direct_account = s.account;
alter table shift enable trigger keep_shift_that_is_over;
alter table shift
  alter column role drop default,
  alter column why drop default,
  alter column turn_at set not null;
drop index shift_current;
-- Nobody has a role of a rotation twice at once.
create unique index shift_current on shift (workspace_id, rotation_id, role, coalesce(account, ''))
  where ended_at is null;
create table shift_instead (
  workspace_id uuid not null,
  shift_id uuid not null,
  account text not null check (char_length(account) between 1 and 200),
  primary key (workspace_id, shift_id),
  foreign key (workspace_id, shift_id) references shift (workspace_id, id) on delete cascade
);
create index shift_instead_account on shift_instead (workspace_id, account);
comment on table shift_instead is
  'In whose place somebody was on duty. Personal data: the account; kept: as long as the shift.';
select protect_table('shift_instead');

-- A note waits for whoever takes over its role.
alter table handoff_note add column role text not null default 'Primary'
  check (char_length(role) between 1 and 40);
alter table handoff_note alter column role drop default;

-- A departure is from a layer.
alter table rotation_departure add column layer_id uuid;
update rotation_departure set layer_id = rotation_id;
alter table rotation_departure
  alter column layer_id set not null,
  drop constraint rotation_departure_pkey,
  add primary key (workspace_id, rotation_id, layer_id, account);

alter table rotation
  -- until when it is history who was on duty
  add column settled_at timestamptz,
  -- paused because its connection has ended
  add column waiting boolean not null default false check (paused or not waiting);
update rotation set settled_at = coalesce(
  (select max(s.starts_at) from shift s where s.workspace_id = rotation.workspace_id and s.rotation_id = rotation.id),
  created_at);
alter table rotation
  alter column settled_at set not null,
  alter column waiting drop default,
  drop column cadence,
  drop column weekdays,
  drop column every,
  drop column unit,
  drop column first_day,
  drop column handoff_time,
  drop column zone,
  drop column turn_place,
  drop column turn_account,
  drop column shift_id,
  drop column next_handoff_at,
  drop column direct_message,
  drop column direct_account;
comment on table rotation is 'A rotation, until the deleted one leaves the bin. Personal data: none.';
