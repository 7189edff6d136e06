create table webhook_endpoint (
  workspace_id uuid not null,
  id uuid not null,
  details bytea not null,
  secret bytea not null,
  previous_secret bytea,
  previous_ends_at timestamptz,
  types text[] not null check (cardinality(types) between 1 and 100),
  state text not null check (state in ('ON', 'PAUSED', 'GONE', 'FAILING')),
  -- failures in a row, since when, and the last: what the next wait and the switching off follow
  failures integer not null default 0 check (failures >= 0),
  failing_since_at timestamptz,
  failed_at timestamptz,
  delivered_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- for a day it can be brought back
  deleted_at timestamptz,
  primary key (workspace_id, id),
  check ((previous_secret is null) = (previous_ends_at is null))
);
comment on table webhook_endpoint is 'Addresses of the customer''s that are told of events. Personal data: what an admin wrote about them; kept: until a day after it was deleted.';
comment on column webhook_endpoint.details is 'Sealed: webhooks.details.';
comment on column webhook_endpoint.secret is 'Sealed: webhooks.secret.';
comment on column webhook_endpoint.previous_secret is 'Sealed: webhooks.previous-secret.';
select protect_table('webhook_endpoint');

create table webhook_delivery (
  workspace_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  type text not null check (length(type) between 1 and 100),
  state text not null check (state in ('WAITING', 'DELIVERED', 'FAILED')),
  body bytea,
  attempts integer not null default 0 check (attempts >= 0),
  status integer,
  problem text check (length(problem) between 1 and 500),
  took_seconds numeric(9, 3),
  created_at timestamptz not null,
  -- since when it is tried: from its replay on, if there was one
  queued_at timestamptz not null,
  settled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, endpoint_id) references webhook_endpoint (workspace_id, id) on delete cascade,
  check ((state = 'WAITING') = (settled_at is null))
);
create index webhook_delivery_log on webhook_delivery (workspace_id, endpoint_id, created_at desc, id desc);
create index webhook_delivery_clock on webhook_delivery (workspace_id, created_at);
comment on table webhook_delivery is 'Events on their way to endpoints, and what became of them. Personal data: ids of people in bodies; kept: 90 days, bodies for as long as the text of messages at most.';
comment on column webhook_delivery.body is 'Sealed: webhooks.body.';
select protect_table('webhook_delivery');
