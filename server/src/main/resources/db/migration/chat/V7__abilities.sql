-- What a network grants a connection beyond what every connection has, as its connector told last.
alter table chat_connection add column abilities text[] not null default '{}';

create table chat_ability (
  workspace_id uuid not null,
  network text not null,
  capability text not null,
  primary key (workspace_id, network, capability)
);
comment on table chat_ability is
  'What an admin has switched on that apps may use of a network where it grants it; a row is a switch that is on. Personal data: none.';
select protect_table('chat_ability');
