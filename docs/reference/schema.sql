-- The whole schema, generated from the catalogue by SchemaDocumentTest. Do not edit.

-- calendar
create table absence (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  account text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  all_day boolean not null,
  source text not null,
  feed uuid,
  external_id text,
  leave_type text,
  created_at timestamp with time zone not null,
  constraint absence_pkey PRIMARY KEY (workspace_id, id),
  constraint absence_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint absence_check CHECK ((starts_at < ends_at)),
  constraint absence_check1 CHECK (((feed IS NULL) = (external_id IS NULL))),
  constraint absence_check2 CHECK (((feed IS NULL) = (source = ANY (ARRAY['chat'::text, 'console'::text, 'api'::text])))),
  constraint absence_check3 CHECK (((leave_type IS NULL) OR (feed IS NOT NULL))),
  constraint absence_external_id_check CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 300))),
  constraint absence_leave_type_check CHECK (((char_length(leave_type) >= 1) AND (char_length(leave_type) <= 60))),
  constraint absence_source_check CHECK ((source = ANY (ARRAY['chat'::text, 'console'::text, 'api'::text, 'icalendar'::text, 'hibob'::text])))
);
CREATE INDEX absence_by_account ON absence USING btree (workspace_id, connection_id, account, ends_at);
CREATE INDEX absence_ended ON absence USING btree (workspace_id, ends_at);
CREATE UNIQUE INDEX absence_told ON absence USING btree (workspace_id, source, feed, external_id) WHERE (feed IS NOT NULL);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: When people are away. Personal data: the account, the time, and the kind of leave where an HR system tells it; kept: until it is removed, or the clock event-log after it ended.

-- rotations
create table absence_answer (
  workspace_id uuid not null,
  rotation_id uuid not null,
  absence_id uuid not null,
  account text not null,
  answer text,
  asked_message uuid not null,
  absence_ends_at timestamp with time zone not null,
  constraint absence_answer_pkey PRIMARY KEY (workspace_id, rotation_id, absence_id),
  constraint absence_answer_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint absence_answer_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint absence_answer_answer_check CHECK ((answer = ANY (ARRAY['keep'::text, 'skip'::text])))
);
CREATE INDEX absence_answer_account ON absence_answer USING btree (workspace_id, account);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Who was asked whether they keep a turn that they are absent for. Personal data: accounts; kept: until 30 days after the absence.

-- calendar
create table absence_feed (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  account text not null,
  address bytea,
  shortest_seconds integer not null,
  time_zone text not null,
  etag text,
  last_modified text,
  taken_at timestamp with time zone,
  read_at timestamp with time zone,
  asked_at timestamp with time zone,
  failures integer not null default 0,
  failing_since_at timestamp with time zone,
  problem text,
  absences integer not null default 0,
  left_out integer not null default 0,
  left_out_why text,
  created_at timestamp with time zone not null,
  told_at timestamp with time zone,
  constraint absence_feed_pkey PRIMARY KEY (workspace_id, id),
  constraint absence_feed_absences_check CHECK ((absences >= 0)),
  constraint absence_feed_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint absence_feed_etag_check CHECK ((char_length(etag) <= 300)),
  constraint absence_feed_failures_check CHECK ((failures >= 0)),
  constraint absence_feed_last_modified_check CHECK ((char_length(last_modified) <= 100)),
  constraint absence_feed_left_out_check CHECK ((left_out >= 0)),
  constraint absence_feed_left_out_why_check CHECK (((char_length(left_out_why) >= 1) AND (char_length(left_out_why) <= 500))),
  constraint absence_feed_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 500))),
  constraint absence_feed_shortest_seconds_check CHECK (((shortest_seconds >= 0) AND (shortest_seconds <= 604800))),
  constraint absence_feed_time_zone_check CHECK (((char_length(time_zone) >= 1) AND (char_length(time_zone) <= 60)))
);
CREATE INDEX absence_feed_by_account ON absence_feed USING btree (workspace_id, connection_id, account);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Calendars that tell when somebody is away. Personal data: whose calendar, and its address; kept: until it is removed.

-- calendar
create table absence_source_maker (
  workspace_id uuid not null,
  source_id uuid not null,
  person_id uuid not null,
  constraint absence_source_maker_pkey PRIMARY KEY (workspace_id, source_id)
);
CREATE INDEX absence_source_maker_by_person ON absence_source_maker USING btree (workspace_id, person_id);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Who added a calendar of absences, or HiBob. Personal data: the person; kept: until the source is removed.

-- people
create table api_token (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  name text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_token_pkey PRIMARY KEY (workspace_id, id),
  constraint api_token_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES member(workspace_id, person_id) ON DELETE CASCADE,
  constraint api_token_check CHECK ((expires_at > created_at)),
  constraint api_token_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint api_token_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 100))),
  constraint api_token_token_hash_check CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX api_token_by_end ON api_token USING btree (workspace_id, expires_at);
CREATE INDEX api_token_by_hash ON api_token USING btree (token_hash);
CREATE INDEX api_token_by_person ON api_token USING btree (workspace_id, person_id);
CREATE INDEX api_token_by_revocation ON api_token USING btree (workspace_id, revoked_at) WHERE (revoked_at IS NOT NULL);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: What a person's programs prove themselves with. Personal data: whose it is, its name and when it was used last; kept: the clock sessions after it ended, or until the person's place or the person is removed.

-- audit
create table audit_check (
  workspace_id uuid not null,
  due_at timestamp with time zone not null,
  checked_at timestamp with time zone,
  links bigint not null default 0,
  fault text,
  position bigint,
  entry_id uuid,
  constraint audit_check_pkey PRIMARY KEY (workspace_id)
);
policy across_workspaces for select to bothy_queue using true;
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: The last look at a workspace's audit chain. Personal data: none.

-- audit
create table audit_emptied (
  workspace uuid not null,
  emptied_at timestamp with time zone not null default clock_timestamp(),
  constraint audit_emptied_pkey PRIMARY KEY (workspace)
);
grant select to bothy_app;
grant select to bothy_backup;
grant insert, select to bothy_queue;
comment: Workspaces whose audit log was emptied with them; none of them may have members, keys or entries again. Personal data: none.

-- audit
create table audit_entry (
  workspace_id uuid not null,
  id uuid not null,
  occurred_at timestamp with time zone not null,
  actor_kind text not null,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  details jsonb not null,
  via text,
  address text,
  address_salt bytea,
  address_digest bytea,
  constraint audit_entry_pkey PRIMARY KEY (workspace_id, id),
  constraint audit_entry_action_check CHECK ((action ~ '^[a-z]+\.[a-z-]{2,60}$'::text)),
  constraint audit_entry_actor_check CHECK ((length(actor) <= 200)),
  constraint audit_entry_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'account'::text, 'system'::text]))),
  constraint audit_entry_address_check CHECK (((length(address) >= 1) AND (length(address) <= 60))),
  constraint audit_entry_address_digest_check CHECK ((length(address_digest) = 32)),
  constraint audit_entry_address_salt_check CHECK ((length(address_salt) = 16)),
  constraint audit_entry_subject_id_check CHECK (((length(subject_id) >= 1) AND (length(subject_id) <= 200))),
  constraint audit_entry_via_check CHECK ((via = ANY (ARRAY['console'::text, 'api'::text, 'chat'::text, 'scim'::text, 'command'::text, 'system'::text])))
);
CREATE INDEX audit_entry_by_actor ON audit_entry USING btree (workspace_id, actor, occurred_at DESC);
CREATE INDEX audit_entry_by_subject ON audit_entry USING btree (workspace_id, subject_id, occurred_at DESC);
CREATE INDEX audit_entry_newest ON audit_entry USING btree (workspace_id, occurred_at DESC, id DESC);
policy across_workspaces for all to bothy_queue using true with check true;
policy backups for select to bothy_backup using true;
policy erased_workspace for delete to bothy_queue using true;
policy erased_workspace_seen for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant insert, select to bothy_app;
grant select to bothy_backup;
grant delete, select to bothy_queue;
comment: Who did what to what, from where; ids alone. Personal data: the acting person's or account's id, the client address; kept: as long as the workspace keeps its audit log, 90 days to 10 years.

-- audit
create table audit_link (
  workspace_id uuid not null,
  position bigint not null,
  entry_id uuid not null,
  hash bytea not null,
  constraint audit_link_workspace_id_entry_id_key UNIQUE (workspace_id, entry_id),
  constraint audit_link_pkey PRIMARY KEY (workspace_id, "position"),
  constraint audit_link_hash_check CHECK ((length(hash) = 32)),
  constraint audit_link_position_check CHECK (("position" >= 1))
);
policy across_workspaces for all to bothy_queue using true;
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant insert, select to bothy_app;
grant select to bothy_backup;
grant delete, select to bothy_queue;
comment: The chain over the audit log. Personal data: none.

-- audit
create table audit_unlinked (
  workspace_id uuid not null,
  number bigint not null generated always as identity,
  entry_id uuid not null,
  added_at timestamp with time zone not null default clock_timestamp(),
  constraint audit_unlinked_pkey PRIMARY KEY (workspace_id, entry_id)
);
CREATE INDEX audit_unlinked_order ON audit_unlinked USING btree (workspace_id, number);
policy across_workspaces for select to bothy_queue using true;
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: Entries of the audit log that wait to be linked. Personal data: none.

-- bin
create table bin_choice (
  workspace_id uuid not null,
  app text not null,
  days integer not null,
  changed_at timestamp with time zone not null,
  constraint bin_choice_pkey PRIMARY KEY (workspace_id, app),
  constraint bin_choice_app_check CHECK ((app ~ '^[a-z]{2,30}$'::text)),
  constraint bin_choice_days_check CHECK (((days >= 0) AND (days <= 36500)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: How long what an app had stays in the bin, where the workspace chose so. Personal data: none.

-- bin
create table bin_item (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  subject text not null,
  app text not null,
  uninstalled boolean not null,
  deleted_by uuid,
  deleted_at timestamp with time zone not null,
  goes_at timestamp with time zone not null,
  warned_at timestamp with time zone,
  begun_at timestamp with time zone,
  constraint bin_item_workspace_id_kind_subject_key UNIQUE (workspace_id, kind, subject),
  constraint bin_item_pkey PRIMARY KEY (workspace_id, id),
  constraint bin_item_app_check CHECK ((app ~ '^[a-z]{2,30}$'::text)),
  constraint bin_item_kind_check CHECK ((kind ~ '^[a-z]+\.[a-z-]{2,60}$'::text)),
  constraint bin_item_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 60)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: What was deleted and can still be brought back. Personal data: the id of who deleted it; kept: until it is brought back, or gone when its time in the bin is over.

-- mail
create table breach_notice (
  workspace_id uuid not null,
  id uuid not null,
  text bytea not null,
  sent_by uuid not null,
  recipients integer not null,
  without_address integer not null,
  sent integer not null default 0,
  failed integer not null default 0,
  created_at timestamp with time zone not null,
  constraint breach_notice_pkey PRIMARY KEY (workspace_id, id),
  constraint breach_notice_recipients_check CHECK ((recipients > 0)),
  constraint breach_notice_without_address_check CHECK ((without_address >= 0))
);
CREATE INDEX breach_notice_clock ON breach_notice USING btree (workspace_id, created_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Notices of a breach that were sent to all members. Personal data: who sent it; kept: the clock audit after it was sent.

-- people
create table break_glass_code (
  code_hash bytea not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint break_glass_code_pkey PRIMARY KEY (code_hash),
  constraint break_glass_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint break_glass_code_check CHECK ((expires_at > created_at)),
  constraint break_glass_code_code_hash_check CHECK ((octet_length(code_hash) = 32))
);
CREATE INDEX break_glass_code_by_expiry ON break_glass_code USING btree (expires_at);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A one-time code to sign in without the identity provider; its row goes when it is used. Personal data: for whom it is; kept: until used, or until a day after it expired.

-- rotations
create table calendar_feed (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  rotation_id uuid,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  last_read_at timestamp with time zone,
  constraint calendar_feed_pkey PRIMARY KEY (workspace_id, id),
  constraint calendar_feed_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint calendar_feed_token_hash_check CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX calendar_feed_by_hash ON calendar_feed USING btree (token_hash);
CREATE INDEX calendar_feed_of_person ON calendar_feed USING btree (workspace_id, person_id);
CREATE INDEX calendar_feed_of_rotation ON calendar_feed USING btree (workspace_id, rotation_id);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: Addresses at which calendar programs read shifts. Personal data: whose it is and when it was read last; kept: until it is revoked, or the rotation or the person's place is removed.

-- chat
create table chat_ability (
  workspace_id uuid not null,
  network text not null,
  capability text not null,
  constraint chat_ability_pkey PRIMARY KEY (workspace_id, network, capability)
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: What an admin has switched on that apps may use of a network where it grants it; a row is a switch that is on. Personal data: none.

-- chat
create table chat_account (
  workspace_id uuid not null,
  connection_id uuid not null,
  account text not null,
  name text not null,
  zone text not null,
  active boolean not null,
  bot boolean not null,
  looked_up_at timestamp with time zone not null,
  network_updated_at timestamp with time zone,
  constraint chat_account_pkey PRIMARY KEY (workspace_id, connection_id, account)
);
CREATE INDEX chat_account_looked_up ON chat_account USING btree (workspace_id, looked_up_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The directory: who is behind an account, as the network told. Personal data: name, time zone; kept: while the account is active there, and the clock event-log after Bothy heard that it is not.

-- chat
create table chat_connection (
  workspace_id uuid not null,
  id uuid not null,
  network text not null,
  name text not null,
  bot_id text not null,
  secrets bytea not null,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  connected_at timestamp with time zone,
  ended_reason text,
  broken_at timestamp with time zone,
  broken_reason text,
  abilities text[] not null default '{}'::text[],
  constraint chat_connection_pkey PRIMARY KEY (workspace_id, id),
  constraint chat_connection_broken_reason_check CHECK (((length(broken_reason) >= 1) AND (length(broken_reason) <= 60))),
  constraint chat_connection_ended_reason_check CHECK (((length(ended_reason) >= 1) AND (length(ended_reason) <= 60))),
  constraint chat_connection_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: A connection to a network, with its secrets as ciphertext. Personal data: none.

-- chatlinks
create table chat_link (
  workspace_id uuid not null,
  connection_id uuid not null,
  account text not null,
  person_id uuid not null,
  linked_by text not null,
  linked_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint chat_link_pkey PRIMARY KEY (workspace_id, connection_id, account),
  constraint chat_link_account_check CHECK (((length(account) >= 1) AND (length(account) <= 100))),
  constraint chat_link_linked_by_check CHECK ((linked_by = ANY (ARRAY['EMAIL'::text, 'MESSAGE'::text, 'ADMIN'::text])))
);
CREATE INDEX chat_link_by_person ON chat_link USING btree (workspace_id, person_id);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Which person an account of a chat network belongs to. Personal data: whose it is, and how and when it was linked; kept: until it is unlinked, or until the person's place has ended and the 14 days of grace are over.

-- chatlinks
create table chat_link_declined (
  workspace_id uuid not null,
  connection_id uuid not null,
  account text not null,
  declined_at timestamp with time zone not null,
  constraint chat_link_declined_pkey PRIMARY KEY (workspace_id, connection_id, account),
  constraint chat_link_declined_account_check CHECK (((length(account) >= 1) AND (length(account) <= 100)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Accounts that were unlinked, and are not linked by e-mail address again. Personal data: the account; kept: until the account is linked in another way, or the workspace is erased.

-- chatlinks
create table chat_link_request (
  workspace_id uuid not null,
  token_hash bytea not null,
  connection_id uuid not null,
  account text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint chat_link_request_pkey PRIMARY KEY (workspace_id, token_hash),
  constraint chat_link_request_account_check CHECK (((length(account) >= 1) AND (length(account) <= 100))),
  constraint chat_link_request_check CHECK ((expires_at > created_at)),
  constraint chat_link_request_token_hash_check CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX chat_link_request_by_account ON chat_link_request USING btree (workspace_id, connection_id, account);
CREATE INDEX chat_link_request_by_expiry ON chat_link_request USING btree (workspace_id, expires_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Links that accounts were sent to say whose they are. Personal data: the account; kept: until a day after it expired, or until its account asks anew.

-- dataexport
create table data_export (
  workspace_id uuid not null,
  id uuid not null,
  requested_by uuid not null,
  person_id uuid,
  requested_at timestamp with time zone not null,
  state text not null,
  problem text,
  plan text[] not null,
  place integer not null default 0,
  after text,
  volume integer not null default 1,
  parts integer not null default 0,
  rows_written bigint not null default 0,
  size_bytes bigint not null default 0,
  ready_at timestamp with time zone,
  constraint data_export_pkey PRIMARY KEY (workspace_id, id),
  constraint data_export_problem_check CHECK (((length(problem) >= 1) AND (length(problem) <= 200))),
  constraint data_export_state_check CHECK ((state = ANY (ARRAY['running'::text, 'ready'::text, 'failed'::text, 'withdrawn'::text])))
);
CREATE INDEX data_export_by_time ON data_export USING btree (workspace_id, requested_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: An export of the workspace or of a person. Personal data: who asked for it and whom it is about; kept: the clock exports (7 days unless set otherwise) after it was asked for.

-- dataexport
create table data_export_file (
  workspace_id uuid not null,
  export_id uuid not null,
  number integer not null,
  name text not null,
  source text not null,
  rows_written bigint not null,
  size_bytes bigint not null,
  compressed_bytes bigint not null,
  offset_bytes bigint not null,
  crc bigint not null,
  sha256 bytea not null,
  constraint data_export_file_pkey PRIMARY KEY (workspace_id, export_id, number),
  constraint data_export_file_workspace_id_export_id_fkey FOREIGN KEY (workspace_id, export_id) REFERENCES data_export(workspace_id, id) ON DELETE CASCADE
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A file in an export's archive, for its manifest. Personal data: none.

-- dataexport
create table data_export_part (
  workspace_id uuid not null,
  id uuid not null,
  export_id uuid not null,
  number integer not null,
  size_bytes bigint not null,
  content bytea not null,
  constraint data_export_part_workspace_id_export_id_number_key UNIQUE (workspace_id, export_id, number),
  constraint data_export_part_pkey PRIMARY KEY (workspace_id, id),
  constraint data_export_part_workspace_id_export_id_fkey FOREIGN KEY (workspace_id, export_id) REFERENCES data_export(workspace_id, id) ON DELETE CASCADE
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A piece of an export's archive, as ciphertext. Personal data: what the workspace holds; kept: as long as its export.

-- keys
create table data_key (
  workspace_id uuid not null,
  id uuid not null,
  owner text not null,
  version integer not null,
  provider text not null,
  wrapped bytea,
  created_at timestamp with time zone not null,
  wrapping_version integer not null,
  wrapped_at timestamp with time zone not null,
  moved_from text,
  destroyed_at timestamp with time zone,
  constraint data_key_workspace_id_owner_version_key UNIQUE (workspace_id, owner, version),
  constraint data_key_pkey PRIMARY KEY (workspace_id, id),
  constraint data_key_check CHECK (((destroyed_at IS NULL) OR (wrapped IS NULL))),
  constraint data_key_moved_from_check CHECK (((length(moved_from) >= 1) AND (length(moved_from) <= 200))),
  constraint data_key_owner_check CHECK ((owner ~ '^[a-z]{2,30}$'::text)),
  constraint data_key_version_check CHECK ((version > 0)),
  constraint data_key_wrapping_version_check CHECK ((wrapping_version > 0))
);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: Data keys, one row for each owner (an app, or platform) and version, wrapped by the key provider. Personal data: none.

-- scim
create table directory (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  default_roles text[] not null,
  created_at timestamp with time zone not null,
  constraint directory_workspace_id_name_key UNIQUE (workspace_id, name),
  constraint directory_pkey PRIMARY KEY (workspace_id, id),
  constraint directory_default_roles_check CHECK (((cardinality(default_roles) > 0) AND (default_roles <@ ARRAY['ADMIN'::text, 'MANAGER'::text, 'AGENT'::text, 'MEMBER'::text, 'AUDITOR'::text]))),
  constraint directory_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A directory that provisions people by SCIM. Personal data: none.

-- scim
create table directory_request (
  workspace_id uuid not null,
  directory_id uuid not null,
  id uuid not null,
  occurred_at timestamp with time zone not null,
  method text not null,
  path text not null,
  status integer not null,
  error text,
  duration_seconds double precision not null,
  constraint directory_request_pkey PRIMARY KEY (workspace_id, directory_id, id),
  constraint directory_request_workspace_id_directory_id_fkey FOREIGN KEY (workspace_id, directory_id) REFERENCES directory(workspace_id, id) ON DELETE CASCADE,
  constraint directory_request_error_check CHECK (((length(error) >= 1) AND (length(error) <= 400))),
  constraint directory_request_method_check CHECK (((length(method) >= 1) AND (length(method) <= 10))),
  constraint directory_request_path_check CHECK (((length(path) >= 1) AND (length(path) <= 200)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The last requests of each directory, for its page. Personal data: none.

-- scim
create table directory_token (
  workspace_id uuid not null,
  id uuid not null,
  directory_id uuid not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  refused_at timestamp with time zone,
  constraint directory_token_workspace_id_token_hash_key UNIQUE (workspace_id, token_hash),
  constraint directory_token_pkey PRIMARY KEY (workspace_id, id),
  constraint directory_token_workspace_id_directory_id_fkey FOREIGN KEY (workspace_id, directory_id) REFERENCES directory(workspace_id, id) ON DELETE CASCADE,
  constraint directory_token_check CHECK ((expires_at > created_at)),
  constraint directory_token_token_hash_check CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX directory_token_by_hash ON directory_token USING btree (token_hash);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: What a directory proves itself with. Personal data: none.

-- erasure
create table erased_workspace (
  workspace uuid not null,
  erasure_id uuid not null,
  requested_by uuid,
  requested_at timestamp with time zone not null,
  erased_at timestamp with time zone not null,
  statement text not null,
  signature bytea not null,
  constraint erased_workspace_pkey PRIMARY KEY (workspace)
);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: That a workspace was erased, with the receipt. Personal data: the id of who asked; kept: as long as the installation.

-- erasure
create table erasure (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  target text not null,
  requested_by uuid,
  requested_at timestamp with time zone not null,
  accounts jsonb not null default '[]'::jsonb,
  step text not null,
  counts jsonb not null default '{}'::jsonb,
  notes jsonb not null default '[]'::jsonb,
  waits_for text,
  erased_at timestamp with time zone,
  finished_at timestamp with time zone,
  statement text,
  signature bytea,
  constraint erasure_pkey PRIMARY KEY (workspace_id, id),
  constraint erasure_check CHECK (((finished_at IS NULL) = (statement IS NULL))),
  constraint erasure_check1 CHECK (((statement IS NULL) = (signature IS NULL))),
  constraint erasure_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'app'::text, 'workspace'::text]))),
  constraint erasure_step_check CHECK (((length(step) >= 1) AND (length(step) <= 60))),
  constraint erasure_target_check CHECK (((length(target) >= 1) AND (length(target) <= 60))),
  constraint erasure_waits_for_check CHECK (((length(waits_for) >= 1) AND (length(waits_for) <= 400)))
);
CREATE UNIQUE INDEX erasure_running ON erasure USING btree (workspace_id, kind, target) WHERE (finished_at IS NULL);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: What was erased, with the receipt. Personal data: the ids of who was erased and who asked, and until it is done the chat accounts; kept: as long as the workspace.

-- rotations
create table handoff (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  role text not null,
  account text not null,
  shift_id uuid,
  state text not null,
  ticked text[] not null default '{}'::text[],
  left_open text[] not null default '{}'::text[],
  next_account text,
  changed_at timestamp with time zone not null,
  reminder_message uuid,
  constraint handoff_pkey PRIMARY KEY (workspace_id, id),
  constraint handoff_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint handoff_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint handoff_check CHECK (((state = 'open'::text) = (next_account IS NULL))),
  constraint handoff_next_account_check CHECK (((char_length(next_account) >= 1) AND (char_length(next_account) <= 200))),
  constraint handoff_role_check CHECK (((char_length(role) >= 1) AND (char_length(role) <= 40))),
  constraint handoff_state_check CHECK ((state = ANY (ARRAY['open'::text, 'unanswered'::text, 'waiting'::text, 'acknowledged'::text, 'closed'::text])))
);
CREATE INDEX handoff_account ON handoff USING btree (workspace_id, account);
CREATE INDEX handoff_changed ON handoff USING btree (workspace_id, changed_at);
CREATE INDEX handoff_next ON handoff USING btree (workspace_id, next_account) WHERE (next_account IS NOT NULL);
CREATE INDEX handoff_of_rotation ON handoff USING btree (workspace_id, rotation_id, state);
CREATE UNIQUE INDEX handoff_open ON handoff USING btree (workspace_id, rotation_id, role, account) WHERE (state = 'open'::text);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: How hand-offs stand, and what of their checklist is done. Personal data: accounts; kept: the clock event-log after it came into its state, or until the deleted rotation leaves the bin.

-- rotations
create table handoff_note (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  author text not null,
  note bytea not null,
  written_at timestamp with time zone not null,
  version bigint not null,
  role text not null,
  handoff_id uuid,
  handed_at timestamp with time zone,
  constraint handoff_note_pkey PRIMARY KEY (workspace_id, id),
  constraint handoff_note_workspace_id_handoff_id_fkey FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff(workspace_id, id) ON DELETE CASCADE,
  constraint handoff_note_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint handoff_note_author_check CHECK (((char_length(author) >= 1) AND (char_length(author) <= 200))),
  constraint handoff_note_role_check CHECK (((char_length(role) >= 1) AND (char_length(role) <= 40)))
);
CREATE INDEX handoff_note_of ON handoff_note USING btree (workspace_id, handoff_id) WHERE (handoff_id IS NOT NULL);
CREATE INDEX handoff_note_waiting ON handoff_note USING btree (workspace_id, rotation_id, written_at);
CREATE INDEX handoff_note_written ON handoff_note USING btree (workspace_id, written_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Notes to the next person. Personal data: the note, as ciphertext, and its author; kept: until handed to the next person unless the rotation lets others read it, at most the clock message-text after it was written, or until the deleted rotation leaves the bin.

-- calendar
create table hibob_connection (
  workspace_id uuid not null,
  id uuid not null,
  credentials bytea not null,
  changes_until_at timestamp with time zone,
  compared_at timestamp with time zone,
  read_at timestamp with time zone,
  asked_at timestamp with time zone,
  failures integer not null default 0,
  failing_since_at timestamp with time zone,
  problem text,
  matched integer not null default 0,
  no_address integer not null default 0,
  nobody integer not null default 0,
  left_out integer not null default 0,
  created_at timestamp with time zone not null,
  told_at timestamp with time zone,
  constraint hibob_connection_pkey PRIMARY KEY (workspace_id, id),
  constraint hibob_connection_failures_check CHECK ((failures >= 0)),
  constraint hibob_connection_left_out_check CHECK ((left_out >= 0)),
  constraint hibob_connection_matched_check CHECK ((matched >= 0)),
  constraint hibob_connection_no_address_check CHECK ((no_address >= 0)),
  constraint hibob_connection_nobody_check CHECK ((nobody >= 0)),
  constraint hibob_connection_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 500)))
);
CREATE UNIQUE INDEX hibob_connection_one ON hibob_connection USING btree (workspace_id);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The connection to HiBob and how it goes. Personal data: none.

-- calendar
create table hibob_match (
  workspace_id uuid not null,
  connection_id uuid not null,
  account text not null,
  employee text not null,
  by_hand boolean not null,
  matched_at timestamp with time zone not null,
  constraint hibob_match_pkey PRIMARY KEY (workspace_id, connection_id, account),
  constraint hibob_match_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint hibob_match_employee_check CHECK (((char_length(employee) >= 1) AND (char_length(employee) <= 100)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Whose chat account belongs to which employee of HiBob. Personal data: the account and the employee's id there; kept: until it is removed.

-- calendar
create table holiday (
  workspace_id uuid not null,
  calendar_id uuid not null,
  day date not null,
  name text not null,
  constraint holiday_pkey PRIMARY KEY (workspace_id, calendar_id, day),
  constraint holiday_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES holiday_calendar(workspace_id, id) ON DELETE CASCADE,
  constraint holiday_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The free days of a calendar. Personal data: none.

-- calendar
create table holiday_calendar (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint holiday_calendar_pkey PRIMARY KEY (workspace_id, id),
  constraint holiday_calendar_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
);
CREATE UNIQUE INDEX holiday_calendar_name ON holiday_calendar USING btree (workspace_id, lower(name)) WHERE (deleted_at IS NULL);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Calendars of free days. Personal data: none.

-- calendar
create table holiday_region (
  workspace_id uuid not null,
  calendar_id uuid not null,
  region text not null,
  until_year integer not null,
  constraint holiday_region_pkey PRIMARY KEY (workspace_id, calendar_id, region),
  constraint holiday_region_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES holiday_calendar(workspace_id, id) ON DELETE CASCADE,
  constraint holiday_region_region_check CHECK (((char_length(region) >= 2) AND (char_length(region) <= 40))),
  constraint holiday_region_until_year_check CHECK (((until_year >= 1970) AND (until_year <= 2199)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The countries, or parts of one, whose public holidays fill a calendar each year. Personal data: none.

-- work
create table inbox_item (
  workspace_id uuid not null,
  id uuid not null,
  position bigint not null generated always as identity,
  source uuid not null,
  delivery_id text not null,
  kind text not null,
  lane text not null,
  state text not null default 'waiting'::text,
  attempts integer not null default 0,
  problem text,
  payload bytea,
  received_at timestamp with time zone not null default clock_timestamp(),
  settled_at timestamp with time zone,
  interruptions integer not null default 0,
  constraint inbox_item_workspace_id_source_delivery_id_key UNIQUE (workspace_id, source, delivery_id),
  constraint inbox_item_pkey PRIMARY KEY (workspace_id, id),
  constraint inbox_item_delivery_id_check CHECK (((length(delivery_id) >= 1) AND (length(delivery_id) <= 200))),
  constraint inbox_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'dead'::text, 'dropped'::text])))
);
CREATE INDEX inbox_item_dead ON inbox_item USING btree (workspace_id, settled_at) WHERE (state = 'dead'::text);
CREATE INDEX inbox_item_settled ON inbox_item USING btree (workspace_id, settled_at) WHERE (settled_at IS NOT NULL);
CREATE INDEX inbox_item_waiting ON inbox_item USING btree (workspace_id, kind, lane, "position") WHERE (state = 'waiting'::text);
policy across_workspaces for all to bothy_queue using true with check true;
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant delete, insert, select to bothy_queue;
comment: What a network delivered. Personal data: the payload, as ciphertext; kept: until its work is done, at most the clock message-text after it came in or was given up. The row, without it, goes the clock deliveries after its work ended.

-- workspace
create table installation (
  id uuid not null default gen_random_uuid(),
  singleton boolean not null default true,
  constraint installation_singleton_key UNIQUE (singleton),
  constraint installation_pkey PRIMARY KEY (id),
  constraint installation_singleton_check CHECK (singleton)
);
grant select to bothy_app;
grant select to bothy_backup;
comment: The one row says which installation this is. Personal data: none.

-- keys
create table installation_key (
  version integer not null,
  provider text not null,
  wrapped bytea not null,
  created_at timestamp with time zone not null,
  wrapping_version integer not null,
  wrapped_at timestamp with time zone not null,
  constraint installation_key_pkey PRIMARY KEY (version),
  constraint installation_key_version_check CHECK ((version > 0)),
  constraint installation_key_wrapping_version_check CHECK ((wrapping_version > 0))
);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The key that seals what networks deliver before its workspace's keys are needed, wrapped by the key provider. Personal data: none.

-- keys
create table key_change (
  workspace_id uuid not null,
  id uuid not null,
  owner text not null,
  destroyed boolean not null,
  changed_at timestamp with time zone not null,
  constraint key_change_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX key_change_newest ON key_change USING btree (changed_at);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: That a workspace's data keys became others, for every server to load them anew, or were destroyed, for every server to forget them. Personal data: none.

-- keymanagement
create table key_destruction (
  workspace_id uuid not null,
  id uuid not null,
  owner text not null,
  requested_by uuid not null,
  requested_at timestamp with time zone not null,
  destroyed_at timestamp with time zone,
  statement text,
  signature bytea,
  constraint key_destruction_pkey PRIMARY KEY (workspace_id, id),
  constraint key_destruction_check CHECK (((destroyed_at IS NULL) = (statement IS NULL))),
  constraint key_destruction_check1 CHECK (((statement IS NULL) = (signature IS NULL))),
  constraint key_destruction_owner_check CHECK ((owner ~ '^[a-z]{2,30}$'::text)),
  constraint key_destruction_statement_check CHECK ((length(statement) <= 10000))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: That an owner's keys were destroyed, with the receipt. Personal data: who asked for it; kept: as long as the workspace.

-- work
create table lane (
  workspace_id uuid not null,
  queue text not null,
  kind text not null,
  name text not null,
  ready_at timestamp with time zone not null,
  claim_token uuid,
  claim_ends_at timestamp with time zone,
  constraint lane_pkey PRIMARY KEY (workspace_id, queue, kind, name),
  constraint lane_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint lane_queue_check CHECK ((queue = ANY (ARRAY['inbox'::text, 'outbox'::text, 'schedule'::text])))
);
CREATE INDEX lane_turn ON lane USING btree (queue, workspace_id, ready_at);
policy across_workspaces for all to bothy_queue using true with check true;
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant delete, insert, select, update to bothy_queue;
comment: What must stay in order, and who works on it. Personal data: none.

-- work
create table lease (
  name text not null,
  holder uuid not null,
  fence bigint not null,
  ends_at timestamp with time zone not null,
  taken_at timestamp with time zone not null default clock_timestamp(),
  said text,
  constraint lease_pkey PRIMARY KEY (name),
  constraint lease_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint lease_said_check CHECK ((length(said) <= 1000))
);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: What only one replica may do, and which one does it. Personal data: none.

-- limits
create table limit_use (
  key_hash bytea not null,
  slot bigint not null,
  used integer[] not null,
  expires_at timestamp with time zone not null,
  constraint limit_use_pkey PRIMARY KEY (key_hash),
  constraint limit_use_key_hash_check CHECK ((octet_length(key_hash) = 32)),
  constraint limit_use_used_check CHECK ((cardinality(used) = 31))
);
CREATE INDEX limit_use_by_expiry ON limit_use USING btree (expires_at);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: How often something was done lately. Personal data: hashes of client addresses and accounts; kept: until the limit looks back over them no more (minutes), and 10 minutes.

-- people
create table logout_token_seen (
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint logout_token_seen_pkey PRIMARY KEY (token_hash),
  constraint logout_token_seen_token_hash_check CHECK ((octet_length(token_hash) = 32))
);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Logout tokens that were obeyed, so that none is obeyed twice. Personal data: none.

-- people
create table member (
  workspace_id uuid not null,
  person_id uuid not null,
  roles text[] not null,
  created_at timestamp with time zone not null,
  name text,
  username text,
  email text,
  roles_given text[] not null default '{}'::text[],
  roles_sign_on text[] not null default '{}'::text[],
  roles_directory text[] not null default '{}'::text[],
  active boolean not null default true,
  deactivated_at timestamp with time zone,
  ended_by text[] not null default '{}'::text[],
  constraint member_pkey PRIMARY KEY (workspace_id, person_id),
  constraint member_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint member_email_check CHECK (((length(email) >= 3) AND (length(email) <= 320))),
  constraint member_ended CHECK (((active = (deactivated_at IS NULL)) AND (active = (cardinality(ended_by) = 0)))),
  constraint member_ended_by_check CHECK ((ended_by <@ ARRAY['ADMIN'::text, 'DIRECTORY'::text, 'SIGN_ON'::text])),
  constraint member_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint member_roles_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['OWNER'::text, 'ADMIN'::text, 'MANAGER'::text, 'AGENT'::text, 'MEMBER'::text, 'AUDITOR'::text]))),
  constraint member_sources CHECK (((roles_given <@ ARRAY['OWNER'::text, 'ADMIN'::text, 'MANAGER'::text, 'AGENT'::text, 'MEMBER'::text, 'AUDITOR'::text]) AND (roles_sign_on <@ ARRAY['OWNER'::text, 'ADMIN'::text, 'MANAGER'::text, 'AGENT'::text, 'MEMBER'::text, 'AUDITOR'::text]) AND (roles_directory <@ ARRAY['OWNER'::text, 'ADMIN'::text, 'MANAGER'::text, 'AGENT'::text, 'MEMBER'::text, 'AUDITOR'::text]))),
  constraint member_username_check CHECK (((length(username) >= 1) AND (length(username) <= 200)))
);
CREATE INDEX member_by_email ON member USING btree (workspace_id, lower(email));
CREATE INDEX member_by_person ON member USING btree (person_id);
CREATE INDEX member_by_username ON member USING btree (workspace_id, lower(username));
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: A person's place in a workspace. Personal data: roles, and name, user name and e-mail address as the customer's own directory or sign-on sent them; kept: until they leave the workspace and the 14 days of grace are over, or until they are erased.

-- work
create table outbox_item (
  workspace_id uuid not null,
  id uuid not null,
  position bigint not null generated always as identity,
  target uuid not null,
  kind text not null,
  lane text not null,
  state text not null default 'waiting'::text,
  attempts integer not null default 0,
  problem text,
  external_id text,
  payload bytea,
  added_at timestamp with time zone not null default clock_timestamp(),
  settled_at timestamp with time zone,
  attempted_at timestamp with time zone,
  constraint outbox_item_pkey PRIMARY KEY (workspace_id, id),
  constraint outbox_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'dead'::text, 'dropped'::text])))
);
CREATE INDEX outbox_item_by_external_id ON outbox_item USING btree (workspace_id, target, external_id COLLATE "C") WHERE (external_id IS NOT NULL);
CREATE INDEX outbox_item_dead ON outbox_item USING btree (workspace_id, settled_at) WHERE (state = 'dead'::text);
CREATE INDEX outbox_item_waiting ON outbox_item USING btree (workspace_id, kind, lane, "position") WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
policy across_workspaces for all to bothy_queue using true with check true;
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: What is to be sent, or was; the row stays, since a message can be changed as long as it exists. Personal data: the payload, as ciphertext, and the account that it is for; kept: until it was sent, at most the clock message-text after it was written or given up.

-- people
create table person (
  id uuid not null,
  issuer text,
  subject text,
  name text not null,
  username text not null,
  created_at timestamp with time zone not null,
  last_sign_in_at timestamp with time zone,
  theme text not null default 'auto'::text,
  constraint person_issuer_subject_key UNIQUE (issuer, subject),
  constraint person_pkey PRIMARY KEY (id),
  constraint person_known_by_both CHECK (((issuer IS NULL) = (subject IS NULL))),
  constraint person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint person_theme_check CHECK ((theme = ANY (ARRAY['auto'::text, 'light'::text, 'dark'::text]))),
  constraint person_username_check CHECK (((length(username) >= 1) AND (length(username) <= 200)))
);
CREATE INDEX person_by_username ON person USING btree (lower(username));
CREATE INDEX person_created ON person USING btree (created_at);
CREATE INDEX person_last_sign_in ON person USING btree (last_sign_in_at);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: Somebody who signed in, or whom a workspace's directory named. Personal data: name, user name and their subject at the identity provider; kept: while a workspace has a place for them, then until 14 days after they signed in last, or until they are erased.

-- rotations
create table plan_change (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  kind text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  role text,
  account_in text,
  account_out text,
  why text,
  made_at timestamp with time zone not null,
  constraint plan_change_pkey PRIMARY KEY (workspace_id, id),
  constraint plan_change_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint plan_change_account_in_check CHECK (((char_length(account_in) >= 1) AND (char_length(account_in) <= 200))),
  constraint plan_change_account_out_check CHECK (((char_length(account_out) >= 1) AND (char_length(account_out) <= 200))),
  constraint plan_change_check CHECK ((starts_at < ends_at)),
  constraint plan_change_check1 CHECK (((kind = ANY (ARRAY['set'::text, 'add'::text, 'replace'::text])) = (account_in IS NOT NULL))),
  constraint plan_change_check2 CHECK (((kind = ANY (ARRAY['remove'::text, 'replace'::text])) = (account_out IS NOT NULL))),
  constraint plan_change_check3 CHECK ((account_in <> account_out)),
  constraint plan_change_check4 CHECK (((kind <> ALL (ARRAY['set'::text, 'add'::text])) OR (role IS NOT NULL))),
  constraint plan_change_check5 CHECK (((kind = 'replace'::text) = (why IS NOT NULL))),
  constraint plan_change_kind_check CHECK ((kind = ANY (ARRAY['set'::text, 'replace'::text, 'remove'::text, 'add'::text, 'temporary'::text]))),
  constraint plan_change_role_check CHECK (((char_length(role) >= 1) AND (char_length(role) <= 40))),
  constraint plan_change_why_check CHECK ((why = ANY (ARRAY['replace'::text, 'swap'::text, 'cover'::text, 'take-over'::text, 'move'::text])))
);
CREATE INDEX plan_change_ended ON plan_change USING btree (workspace_id, ends_at);
CREATE INDEX plan_change_in ON plan_change USING btree (workspace_id, account_in) WHERE (account_in IS NOT NULL);
CREATE INDEX plan_change_of_rotation ON plan_change USING btree (workspace_id, rotation_id, ends_at);
CREATE INDEX plan_change_out ON plan_change USING btree (workspace_id, account_out) WHERE (account_out IS NOT NULL);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Changes of the plan, such as an override or a swap. Personal data: accounts; kept: the clock event-log after it ended, or until the deleted rotation leaves the bin.

-- provisioning
create table provisioned_user (
  person_id uuid not null,
  home_workspace uuid not null,
  subject text,
  asked boolean not null default false,
  checked_at timestamp with time zone not null,
  constraint provisioned_user_pkey PRIMARY KEY (person_id)
);
CREATE INDEX provisioned_user_to_check ON provisioned_user USING btree (home_workspace, checked_at) WHERE (NOT asked);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A user whom Bothy made in Keycloak. Personal data: their id there; kept: until the person is erased.

-- rotations
create table public_board (
  workspace_id uuid not null,
  token_hash bytea not null,
  made_at timestamp with time zone not null,
  constraint public_board_pkey PRIMARY KEY (workspace_id),
  constraint public_board_token_hash_check CHECK ((octet_length(token_hash) = 32))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The secret address of the public board of who is on duty, as a hash. Personal data: none.

-- work
create table rate_bucket (
  workspace_id uuid not null,
  name text not null,
  full_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  held_until_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  constraint rate_bucket_pkey PRIMARY KEY (workspace_id, name),
  constraint rate_bucket_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
policy across_workspaces for all to bothy_queue using true;
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant delete, select to bothy_queue;
comment: How much of what a network allows is used up. Personal data: none.

-- recovery
create table recovery (
  id uuid not null,
  backup_id text not null,
  backup_taken_at timestamp with time zone not null,
  restored_at timestamp with time zone not null,
  state text not null default 'PREPARING'::text,
  waits_for text,
  prepared_at timestamp with time zone,
  replayed integer not null default 0,
  known integer not null default 0,
  refused integer not null default 0,
  swept bigint not null default 0,
  rows_by_table jsonb not null default '{}'::jsonb,
  released_at timestamp with time zone,
  released_by text,
  told boolean not null default false,
  constraint recovery_pkey PRIMARY KEY (id),
  constraint recovery_backup_id_check CHECK (((length(backup_id) >= 1) AND (length(backup_id) <= 100))),
  constraint recovery_check CHECK (((state <> 'PREPARING'::text) OR ((prepared_at IS NULL) AND (released_at IS NULL)))),
  constraint recovery_check1 CHECK (((state <> 'HELD'::text) OR ((prepared_at IS NOT NULL) AND (released_at IS NULL)))),
  constraint recovery_check2 CHECK (((state = 'RELEASED'::text) = (released_at IS NOT NULL))),
  constraint recovery_check3 CHECK (((released_at IS NULL) = (released_by IS NULL))),
  constraint recovery_released_by_check CHECK (((length(released_by) >= 1) AND (length(released_by) <= 200))),
  constraint recovery_state_check CHECK ((state = ANY (ARRAY['PREPARING'::text, 'HELD'::text, 'RELEASED'::text]))),
  constraint recovery_waits_for_check CHECK (((length(waits_for) >= 1) AND (length(waits_for) <= 1000)))
);
CREATE INDEX recovery_newest ON recovery USING btree (restored_at DESC, id DESC);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: From which backup this database was restored, and what was done before it served again. Personal data: the id of who released it; kept: as long as the installation.

-- keymanagement
create table reencryption (
  workspace_id uuid not null,
  id uuid not null,
  owner text not null,
  version integer not null,
  started_at timestamp with time zone not null,
  column_place integer not null default 0,
  after_row uuid,
  rows_total bigint not null,
  rows_resealed bigint not null default 0,
  rows_unreadable bigint not null default 0,
  finished_at timestamp with time zone,
  dropped_at timestamp with time zone,
  constraint reencryption_pkey PRIMARY KEY (workspace_id, id),
  constraint reencryption_owner_check CHECK ((owner ~ '^[a-z]{2,30}$'::text)),
  constraint reencryption_version_check CHECK ((version > 1))
);
CREATE UNIQUE INDEX reencryption_running ON reencryption USING btree (workspace_id, owner) WHERE (finished_at IS NULL);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: A new data key, and how far what the older ones sealed is sealed anew under it. Personal data: none.

-- retention
create table retention_setting (
  workspace_id uuid not null,
  clock text not null,
  days integer not null,
  changed_at timestamp with time zone not null,
  constraint retention_setting_pkey PRIMARY KEY (workspace_id, clock),
  constraint retention_setting_clock_check CHECK ((clock ~ '^[a-z-]{1,30}$'::text)),
  constraint retention_setting_days_check CHECK (((days >= 0) AND (days <= 36500)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: How long a workspace keeps what, where it does not follow the standard. Personal data: none.

-- retention
create table retention_sweep (
  workspace_id uuid not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  rows_by_table jsonb not null,
  constraint retention_sweep_pkey PRIMARY KEY (workspace_id)
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: When rows whose time was over were last removed, and how many of each table. Personal data: none.

-- rotations
create table rotation (
  workspace_id uuid not null,
  id uuid not null,
  version bigint not null,
  name text not null,
  connection_id uuid not null,
  conversation text not null,
  paused boolean not null,
  card_message uuid,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  settled_at timestamp with time zone not null,
  waiting boolean not null,
  constraint rotation_pkey PRIMARY KEY (workspace_id, id),
  constraint rotation_check4 CHECK ((paused OR (NOT waiting))),
  constraint rotation_conversation_check CHECK (((char_length(conversation) >= 1) AND (char_length(conversation) <= 200))),
  constraint rotation_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
);
CREATE UNIQUE INDEX rotation_name ON rotation USING btree (workspace_id, lower(name)) WHERE (deleted_at IS NULL);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A rotation, until the deleted one leaves the bin. Personal data: none.

-- rotations
create table rotation_departure (
  workspace_id uuid not null,
  rotation_id uuid not null,
  account text not null,
  person_id uuid not null,
  place integer not null,
  left_at timestamp with time zone not null,
  layer_id uuid not null,
  constraint rotation_departure_pkey PRIMARY KEY (workspace_id, rotation_id, layer_id, account),
  constraint rotation_departure_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint rotation_departure_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200)))
);
CREATE INDEX rotation_departure_by_person ON rotation_departure USING btree (workspace_id, person_id);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Places of people who left the workspace. Personal data: the account and its person; kept: until they are back, or the 14 days of grace are over, or until the deleted rotation leaves the bin.

-- rotations
create table rotation_layer (
  workspace_id uuid not null,
  rotation_id uuid not null,
  layer_id uuid not null,
  position integer not null,
  role text not null,
  cadence text not null,
  weekdays integer not null,
  every integer not null,
  unit text not null,
  first_day date not null,
  handoff_time time without time zone not null,
  zone text not null,
  active_days integer not null,
  hours text not null,
  holiday_calendar_id uuid,
  turn_order text not null,
  absence_mode text not null,
  turn_started_at timestamp with time zone not null,
  turn_place integer not null,
  turn_account text,
  constraint rotation_layer_pkey PRIMARY KEY (workspace_id, rotation_id, layer_id),
  constraint rotation_layer_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint rotation_layer_absence_mode_check CHECK ((absence_mode = ANY (ARRAY['ask'::text, 'skip'::text, 'ignore'::text]))),
  constraint rotation_layer_active_days_check CHECK (((active_days >= 1) AND (active_days <= 127))),
  constraint rotation_layer_cadence_check CHECK ((cadence = ANY (ARRAY['daily'::text, 'weekly'::text, 'custom'::text]))),
  constraint rotation_layer_check CHECK (((cadence = 'weekly'::text) = (weekdays > 0))),
  constraint rotation_layer_check1 CHECK (((cadence = 'custom'::text) = ((every > 0) AND (unit <> ''::text)))),
  constraint rotation_layer_every_check CHECK (((every >= 0) AND (every <= 720))),
  constraint rotation_layer_hours_check CHECK ((char_length(hours) <= 2000)),
  constraint rotation_layer_position_check CHECK (("position" >= 0)),
  constraint rotation_layer_role_check CHECK (((char_length(role) >= 1) AND (char_length(role) <= 40))),
  constraint rotation_layer_turn_order_check CHECK ((turn_order = ANY (ARRAY['queue'::text, 'balanced'::text]))),
  constraint rotation_layer_unit_check CHECK ((unit = ANY (ARRAY[''::text, 'hours'::text, 'days'::text, 'weeks'::text, 'months'::text]))),
  constraint rotation_layer_weekdays_check CHECK (((weekdays >= 0) AND (weekdays <= 127)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Who takes turns for which role, and whose turn it is. Personal data: the account on duty; kept: until the deleted rotation leaves the bin.

-- rotations
create table rotation_participant (
  workspace_id uuid not null,
  rotation_id uuid not null,
  place integer not null,
  account text,
  layer_id uuid not null,
  joins_on date,
  leaves_on date,
  owed integer not null,
  served_seconds bigint not null,
  constraint rotation_participant_workspace_id_rotation_id_layer_id_acco_key UNIQUE (workspace_id, rotation_id, layer_id, account),
  constraint rotation_participant_pkey PRIMARY KEY (workspace_id, rotation_id, layer_id, place),
  constraint rotation_participant_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint rotation_participant_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint rotation_participant_check CHECK ((joins_on < leaves_on)),
  constraint rotation_participant_owed_check CHECK ((owed >= 0)),
  constraint rotation_participant_served_seconds_check CHECK ((served_seconds >= 0))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Who takes turns, in order. Personal data: accounts; kept: until taken off the rotation, or until the deleted rotation leaves the bin.

-- rotations
create table rotation_telling (
  workspace_id uuid not null,
  rotation_id uuid not null,
  reminder_minutes integer,
  look_ahead_day smallint,
  look_ahead_time text,
  topic boolean not null default false,
  group_id text,
  group_role text,
  note_reminder boolean not null default false,
  shown text,
  problem text,
  problem_message uuid,
  checklist text[] not null default '{}'::text[],
  note_reminder_minutes integer not null default 30,
  acknowledge_minutes integer not null default 120,
  note_readers text not null default 'next'::text,
  revision bigint not null default 0,
  constraint rotation_telling_pkey PRIMARY KEY (workspace_id, rotation_id),
  constraint rotation_telling_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint rotation_telling_acknowledge_minutes_check CHECK (((acknowledge_minutes = 0) OR ((acknowledge_minutes >= 15) AND (acknowledge_minutes <= 10080)))),
  constraint rotation_telling_check CHECK (((look_ahead_day IS NULL) = (look_ahead_time IS NULL))),
  constraint rotation_telling_check1 CHECK (((group_role IS NULL) OR (group_id IS NOT NULL))),
  constraint rotation_telling_check2 CHECK (((problem IS NULL) = (problem_message IS NULL))),
  constraint rotation_telling_checklist_check CHECK ((cardinality(checklist) <= 20)),
  constraint rotation_telling_group_id_check CHECK (((char_length(group_id) >= 1) AND (char_length(group_id) <= 80))),
  constraint rotation_telling_group_role_check CHECK (((char_length(group_role) >= 1) AND (char_length(group_role) <= 40))),
  constraint rotation_telling_look_ahead_day_check CHECK (((look_ahead_day >= 1) AND (look_ahead_day <= 7))),
  constraint rotation_telling_look_ahead_time_check CHECK ((look_ahead_time ~ '^[0-2][0-9]:[0-5][0-9]$'::text)),
  constraint rotation_telling_note_readers_check CHECK ((note_readers = ANY (ARRAY['next'::text, 'rotation'::text, 'owners'::text]))),
  constraint rotation_telling_note_reminder_minutes_check CHECK (((note_reminder_minutes >= 15) AND (note_reminder_minutes <= 1440))),
  constraint rotation_telling_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 500))),
  constraint rotation_telling_reminder_minutes_check CHECK (((reminder_minutes = 0) OR ((reminder_minutes >= 15) AND (reminder_minutes <= 10080))))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: What a rotation tells people beside hand-offs. Personal data: none; kept: until the deleted rotation leaves the bin.

-- rotations
create table rotation_told (
  workspace_id uuid not null,
  rotation_id uuid not null,
  kind text not null,
  role text not null,
  account text not null,
  starts_at timestamp with time zone not null,
  constraint rotation_told_pkey PRIMARY KEY (workspace_id, rotation_id, kind, role, account, starts_at),
  constraint rotation_told_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint rotation_told_account_check CHECK ((char_length(account) <= 200)),
  constraint rotation_told_kind_check CHECK ((kind = ANY (ARRAY['reminder'::text, 'gap'::text, 'group'::text, 'note-due'::text]))),
  constraint rotation_told_role_check CHECK (((char_length(role) >= 1) AND (char_length(role) <= 40)))
);
CREATE INDEX rotation_told_account ON rotation_told USING btree (workspace_id, account);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Which shifts people were reminded of. Personal data: accounts; kept: until 30 days after the shift began.

-- sandbox
create table sandbox_channel (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint sandbox_channel_workspace_id_connection_id_name_key UNIQUE (workspace_id, connection_id, name),
  constraint sandbox_channel_pkey PRIMARY KEY (workspace_id, id),
  constraint sandbox_channel_name_check CHECK ((name ~ '^[a-z0-9][a-z0-9-]{1,29}$'::text))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A channel of the room. Personal data: none.

-- sandbox
create table sandbox_form (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  conversation text not null,
  account text not null,
  content bytea not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint sandbox_form_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX sandbox_form_open ON sandbox_form USING btree (workspace_id, connection_id, account) WHERE (closed_at IS NULL);
CREATE INDEX sandbox_form_opened ON sandbox_form USING btree (workspace_id, opened_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A form that was opened for an account, as ciphertext. Personal data: what its fields start with; kept: the clock message-text after it was opened, or until the room is cleared.

-- sandbox
create table sandbox_message (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  conversation text not null,
  thread_id uuid,
  author text not null,
  content bytea,
  visible_to text,
  sequence bigint not null,
  version bigint not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone,
  deleted_at timestamp with time zone,
  constraint sandbox_message_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX sandbox_message_created ON sandbox_message USING btree (workspace_id, created_at);
CREATE INDEX sandbox_message_in_order ON sandbox_message USING btree (workspace_id, connection_id, conversation, sequence);
CREATE INDEX sandbox_message_updated ON sandbox_message USING btree (workspace_id, updated_at) WHERE (updated_at IS NOT NULL);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: What was said in the room, as ciphertext. Personal data: what a visitor typed; kept: the clock message-text after it was said or changed last, or until the room is cleared.

-- sandbox
create table sandbox_person (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  account text not null,
  name text not null,
  zone text not null,
  active boolean not null,
  seen bigint not null default 0,
  constraint sandbox_person_workspace_id_connection_id_account_key UNIQUE (workspace_id, connection_id, account),
  constraint sandbox_person_pkey PRIMARY KEY (workspace_id, id),
  constraint sandbox_person_account_check CHECK ((account ~ '^[a-z][a-z0-9-]{0,30}$'::text)),
  constraint sandbox_person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Invented people that a visitor of the room acts as. Personal data: none.

-- sandbox
create table sandbox_room (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid,
  changes bigint not null default 0,
  constraint sandbox_room_workspace_id_key UNIQUE (workspace_id),
  constraint sandbox_room_pkey PRIMARY KEY (workspace_id, id)
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The one room of a workspace. Every change of what it shows counts up "changes" under the row's lock, so that a viewer who compares the number misses none. Personal data: none.

-- sandbox
create table sandbox_sign (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  kind text not null,
  name text not null,
  content bytea not null,
  changed_at timestamp with time zone not null,
  constraint sandbox_sign_workspace_id_connection_id_kind_name_key UNIQUE (workspace_id, connection_id, kind, name),
  constraint sandbox_sign_pkey PRIMARY KEY (workspace_id, id),
  constraint sandbox_sign_kind_check CHECK ((kind = ANY (ARRAY['topic'::text, 'group'::text]))),
  constraint sandbox_sign_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
CREATE INDEX sandbox_sign_changed ON sandbox_sign USING btree (workspace_id, changed_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: What an app has put up in the room: the topic of a channel, or who is in a group, as ciphertext. Personal data: what an app wrote; kept: the clock message-text after it was put up, or until the room is cleared.

-- work
create table scheduled_item (
  workspace_id uuid not null,
  kind text not null,
  subject uuid not null,
  due_at timestamp with time zone not null,
  attempts integer not null default 0,
  problem text,
  constraint scheduled_item_pkey PRIMARY KEY (workspace_id, kind, subject)
);
policy across_workspaces for select to bothy_queue using true;
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: What is to happen at a time. Personal data: none.

-- scim
create table scim_group (
  workspace_id uuid not null,
  id uuid not null,
  directory_id uuid not null,
  display_name text not null,
  display_name_key text not null,
  external_id text,
  roles text[] not null default '{}'::text[],
  version bigint not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint scim_group_pkey PRIMARY KEY (workspace_id, id),
  constraint scim_group_workspace_id_directory_id_fkey FOREIGN KEY (workspace_id, directory_id) REFERENCES directory(workspace_id, id),
  constraint scim_group_display_name_check CHECK (((length(display_name) >= 1) AND (length(display_name) <= 2000))),
  constraint scim_group_roles_check CHECK ((roles <@ ARRAY['OWNER'::text, 'ADMIN'::text, 'MANAGER'::text, 'AGENT'::text, 'MEMBER'::text, 'AUDITOR'::text])),
  constraint scim_group_version_check CHECK ((version > 0))
);
CREATE INDEX scim_group_by_directory ON scim_group USING btree (workspace_id, directory_id, id);
CREATE INDEX scim_group_by_external_id ON scim_group USING btree (workspace_id, external_id);
CREATE INDEX scim_group_by_name ON scim_group USING btree (workspace_id, display_name_key);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A group of the customer's directory, and the roles that it stands for. Personal data: none.

-- scim
create table scim_group_member (
  workspace_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  constraint scim_group_member_pkey PRIMARY KEY (workspace_id, group_id, user_id),
  constraint scim_group_member_workspace_id_group_id_fkey FOREIGN KEY (workspace_id, group_id) REFERENCES scim_group(workspace_id, id) ON DELETE CASCADE,
  constraint scim_group_member_workspace_id_user_id_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES scim_user(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX scim_group_member_by_user ON scim_group_member USING btree (workspace_id, user_id);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Which users of the directory belong to which of its groups. Personal data: membership; kept: until the directory takes it away, or the user is gone.

-- scim
create table scim_user (
  workspace_id uuid not null,
  id uuid not null,
  directory_id uuid not null,
  person_id uuid,
  user_name_key text not null,
  external_id text,
  active boolean not null,
  attributes jsonb not null,
  version bigint not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint scim_user_workspace_id_person_id_key UNIQUE (workspace_id, person_id),
  constraint scim_user_workspace_id_user_name_key_key UNIQUE (workspace_id, user_name_key),
  constraint scim_user_pkey PRIMARY KEY (workspace_id, id),
  constraint scim_user_workspace_id_directory_id_fkey FOREIGN KEY (workspace_id, directory_id) REFERENCES directory(workspace_id, id),
  constraint scim_user_user_name_key_check CHECK (((length(user_name_key) >= 1) AND (length(user_name_key) <= 400))),
  constraint scim_user_version_check CHECK ((version > 0))
);
CREATE INDEX scim_user_by_directory ON scim_user USING btree (workspace_id, directory_id, id);
CREATE INDEX scim_user_by_external_id ON scim_user USING btree (workspace_id, external_id);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A user as the customer's directory writes them. Personal data: what the directory sends, such as names, addresses and telephone numbers, which is the customer's own record; kept: until the directory deletes the user, or they are erased.

-- scim
create table scim_user_email (
  workspace_id uuid not null,
  address_key text not null,
  user_id uuid not null,
  constraint scim_user_email_pkey PRIMARY KEY (workspace_id, address_key, user_id),
  constraint scim_user_email_workspace_id_user_id_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES scim_user(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX scim_user_email_by_user ON scim_user_email USING btree (workspace_id, user_id);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The e-mail addresses of the directory's users, to find users by them. Personal data: e-mail addresses, which are the customer's own record; kept: as long as the user.

-- people
create table session (
  token_hash bytea not null,
  person_id uuid not null,
  sid text,
  acr text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  id uuid not null default gen_random_uuid(),
  client text,
  emergency boolean not null default false,
  notices text,
  constraint session_pkey PRIMARY KEY (token_hash),
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint session_check CHECK ((expires_at > created_at)),
  constraint session_client_check CHECK (((length(client) >= 1) AND (length(client) <= 80))),
  constraint session_notices_check CHECK ((length(notices) <= 20000)),
  constraint session_token_hash_check CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX session_by_expiry ON session USING btree (expires_at);
CREATE UNIQUE INDEX session_by_id ON session USING btree (id);
CREATE INDEX session_by_person ON session USING btree (person_id);
CREATE INDEX session_by_sid ON session USING btree (sid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: A signed-in browser. Personal data: who was signed in, when and with what kind of browser, and what the next page says of what they just did; kept: until sign-out, or until a day after it expired.

-- rotations
create table shift (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  account text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  missed boolean not null,
  version bigint not null,
  role text not null,
  turn_at timestamp with time zone not null,
  why text not null,
  change_id uuid,
  direct_message uuid,
  constraint shift_pkey PRIMARY KEY (workspace_id, id),
  constraint shift_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint shift_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint shift_check CHECK (((ended_at IS NULL) OR (ended_at >= starts_at))),
  constraint shift_check1 CHECK (((NOT missed) OR (ended_at IS NOT NULL))),
  constraint shift_role_check CHECK (((char_length(role) >= 1) AND (char_length(role) <= 40))),
  constraint shift_why_check CHECK ((why = ANY (ARRAY['turn'::text, 'absence'::text, 'set'::text, 'replace'::text, 'swap'::text, 'cover'::text, 'take-over'::text, 'move'::text, 'add'::text, 'temporary'::text, 'removed'::text, 'empty'::text, 'nobody'::text])))
);
CREATE INDEX shift_by_account ON shift USING btree (workspace_id, account);
CREATE UNIQUE INDEX shift_current ON shift USING btree (workspace_id, rotation_id, role, COALESCE(account, ''::text)) WHERE (ended_at IS NULL);
CREATE INDEX shift_ended ON shift USING btree (workspace_id, ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX shift_of_rotation ON shift USING btree (workspace_id, rotation_id, starts_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Who was on duty when. Personal data: the account on duty; kept: the clock event-log after it ended, or until the deleted rotation leaves the bin.

-- rotations
create table shift_answer (
  workspace_id uuid not null,
  request_id uuid not null,
  account text not null,
  answer text not null,
  answered_at timestamp with time zone not null,
  constraint shift_answer_pkey PRIMARY KEY (workspace_id, request_id, account),
  constraint shift_answer_workspace_id_request_id_fkey FOREIGN KEY (workspace_id, request_id) REFERENCES shift_request(workspace_id, id) ON DELETE CASCADE,
  constraint shift_answer_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint shift_answer_answer_check CHECK ((answer = ANY (ARRAY['no'::text, 'perhaps'::text])))
);
CREATE INDEX shift_answer_account ON shift_answer USING btree (workspace_id, account);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Answers to requests. Personal data: accounts; kept: as long as the request that they belong to.

-- rotations
create table shift_instead (
  workspace_id uuid not null,
  shift_id uuid not null,
  account text not null,
  constraint shift_instead_pkey PRIMARY KEY (workspace_id, shift_id),
  constraint shift_instead_workspace_id_shift_id_fkey FOREIGN KEY (workspace_id, shift_id) REFERENCES shift(workspace_id, id) ON DELETE CASCADE,
  constraint shift_instead_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200)))
);
CREATE INDEX shift_instead_account ON shift_instead USING btree (workspace_id, account);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: In whose place somebody was on duty. Personal data: the account; kept: as long as the shift.

-- rotations
create table shift_request (
  workspace_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  kind text not null,
  role text,
  account text not null,
  asked_by text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  asked_at timestamp with time zone not null,
  closes_at timestamp with time zone not null,
  state text not null,
  taken_by text,
  change_id uuid,
  message_id uuid not null,
  reminder_id uuid,
  closed_at timestamp with time zone,
  closed_why text,
  closed_by text,
  constraint shift_request_pkey PRIMARY KEY (workspace_id, id),
  constraint shift_request_workspace_id_rotation_id_fkey FOREIGN KEY (workspace_id, rotation_id) REFERENCES rotation(workspace_id, id) ON DELETE CASCADE,
  constraint shift_request_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint shift_request_asked_by_check CHECK (((char_length(asked_by) >= 1) AND (char_length(asked_by) <= 200))),
  constraint shift_request_check CHECK ((starts_at < ends_at)),
  constraint shift_request_check1 CHECK (((closes_at = starts_at) OR (closes_at = ends_at))),
  constraint shift_request_check2 CHECK (((state = 'taken'::text) = (taken_by IS NOT NULL))),
  constraint shift_request_check3 CHECK (((state = 'taken'::text) = (change_id IS NOT NULL))),
  constraint shift_request_check4 CHECK ((taken_by <> account)),
  constraint shift_request_check5 CHECK (((closed_why IS NULL) = (closed_at IS NULL))),
  constraint shift_request_check6 CHECK (((closed_why IS NULL) OR (state = ANY (ARRAY['past-due'::text, 'deleted'::text])))),
  constraint shift_request_closed_by_check CHECK (((char_length(closed_by) >= 1) AND (char_length(closed_by) <= 200))),
  constraint shift_request_closed_why_check CHECK ((closed_why = ANY (ARRAY['nobody'::text, 'withdrawn'::text, 'undone'::text, 'gone'::text, 'left'::text, 'unreachable'::text, 'paused'::text, 'deleted'::text]))),
  constraint shift_request_kind_check CHECK ((kind = ANY (ARRAY['swap'::text, 'cover'::text]))),
  constraint shift_request_role_check CHECK (((char_length(role) >= 1) AND (char_length(role) <= 40))),
  constraint shift_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'past-due'::text, 'deleted'::text]))),
  constraint shift_request_taken_by_check CHECK (((char_length(taken_by) >= 1) AND (char_length(taken_by) <= 200)))
);
CREATE INDEX shift_request_account ON shift_request USING btree (workspace_id, account);
CREATE INDEX shift_request_asked_by ON shift_request USING btree (workspace_id, asked_by);
CREATE INDEX shift_request_by_change ON shift_request USING btree (workspace_id, change_id) WHERE (change_id IS NOT NULL);
CREATE INDEX shift_request_by_message ON shift_request USING btree (workspace_id, message_id);
CREATE INDEX shift_request_by_reminder ON shift_request USING btree (workspace_id, reminder_id) WHERE (reminder_id IS NOT NULL);
CREATE INDEX shift_request_closed_by ON shift_request USING btree (workspace_id, closed_by) WHERE (closed_by IS NOT NULL);
CREATE INDEX shift_request_ended ON shift_request USING btree (workspace_id, ends_at);
CREATE INDEX shift_request_of_rotation ON shift_request USING btree (workspace_id, rotation_id, state);
CREATE INDEX shift_request_taken_by ON shift_request USING btree (workspace_id, taken_by) WHERE (taken_by IS NOT NULL);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Requests to swap a shift or to cover a time. Personal data: accounts; kept: the clock event-log after its time ended, or until the deleted rotation leaves the bin.

-- people
create table sign_on_group (
  workspace_id uuid not null,
  name text not null,
  roles text[] not null,
  constraint sign_on_group_pkey PRIMARY KEY (workspace_id, name),
  constraint sign_on_group_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint sign_on_group_roles_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['OWNER'::text, 'ADMIN'::text, 'MANAGER'::text, 'AGENT'::text, 'MEMBER'::text, 'AUDITOR'::text])))
);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: Which group of the sign-on stands for which roles. Personal data: none.

-- keymanagement
create table signing_key (
  id uuid not null,
  public_key bytea not null,
  private_key bytea not null,
  created_at timestamp with time zone not null,
  constraint signing_key_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: What receipts are signed with: one for the installation. Personal data: none.

-- slack
create table slack_activity (
  workspace_id uuid not null,
  subject_id uuid not null,
  what text not null,
  last_at timestamp with time zone not null,
  constraint slack_activity_pkey PRIMARY KEY (workspace_id, subject_id, what),
  constraint slack_activity_what_check CHECK (((length(what) >= 1) AND (length(what) <= 80)))
);
CREATE INDEX slack_activity_last ON slack_activity USING btree (workspace_id, last_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: When a connection or an app was last seen to do something: use a scope, sign a request. To the minute. Personal data: none; kept: the clock deliveries after the last time.

-- slack
create table slack_app (
  workspace_id uuid not null,
  id uuid not null,
  client_id text not null,
  secrets bytea not null,
  changed_at timestamp with time zone not null,
  constraint slack_app_pkey PRIMARY KEY (workspace_id, id),
  constraint slack_app_client_id_check CHECK (((length(client_id) >= 3) AND (length(client_id) <= 100)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: The Slack app that OAuth installs into several Slack workspaces: one for each workspace of ours, with its client secret, signing secret and app-level token as ciphertext. Personal data: none.

-- slack
create table slack_departure (
  workspace_id uuid not null,
  id uuid not null,
  state_hash bytea not null,
  browser_hash bytea not null,
  person_id uuid not null,
  expires_at timestamp with time zone not null,
  constraint slack_departure_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX slack_departure_by_expiry ON slack_departure USING btree (workspace_id, expires_at);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Somebody who went to Slack to install the app and may come back once. Personal data: who it is; kept: until they come back, or until a day after the ten minutes they have.

-- slack
create table slack_directory_round (
  workspace_id uuid not null,
  id uuid not null,
  stage text not null,
  cursor text not null,
  began_at timestamp with time zone not null,
  constraint slack_directory_round_pkey PRIMARY KEY (workspace_id, id),
  constraint slack_directory_round_cursor_check CHECK ((length(cursor) <= 1000)),
  constraint slack_directory_round_stage_check CHECK ((stage = ANY (ARRAY['idle'::text, 'listing'::text, 'others'::text])))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: How far the daily round through all accounts of a connection has come; the id is the connection's. Personal data: none.

-- slack
create table slack_renewal (
  workspace_id uuid not null,
  connection_id uuid not null,
  claimed_until_at timestamp with time zone not null,
  renewed_at timestamp with time zone,
  constraint slack_renewal_pkey PRIMARY KEY (workspace_id, connection_id)
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Who renews a token, so that only one process does: a refresh token is good once. Personal data: none.

-- rotations
create table temporary_shift (
  workspace_id uuid not null,
  change_id uuid not null,
  number integer not null,
  role text not null,
  account text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint temporary_shift_pkey PRIMARY KEY (workspace_id, change_id, number),
  constraint temporary_shift_workspace_id_change_id_fkey FOREIGN KEY (workspace_id, change_id) REFERENCES plan_change(workspace_id, id) ON DELETE CASCADE,
  constraint temporary_shift_account_check CHECK (((char_length(account) >= 1) AND (char_length(account) <= 200))),
  constraint temporary_shift_check CHECK ((starts_at < ends_at)),
  constraint temporary_shift_role_check CHECK (((char_length(role) >= 1) AND (char_length(role) <= 40)))
);
CREATE INDEX temporary_shift_account ON temporary_shift USING btree (workspace_id, account);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Shifts of temporary schedules. Personal data: accounts; kept: as long as the change that they belong to.

-- webhooks
create table webhook_delivery (
  workspace_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  type text not null,
  state text not null,
  body bytea,
  attempts integer not null default 0,
  status integer,
  problem text,
  took_seconds numeric(9,3),
  created_at timestamp with time zone not null,
  queued_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint webhook_delivery_pkey PRIMARY KEY (workspace_id, id),
  constraint webhook_delivery_workspace_id_endpoint_id_fkey FOREIGN KEY (workspace_id, endpoint_id) REFERENCES webhook_endpoint(workspace_id, id) ON DELETE CASCADE,
  constraint webhook_delivery_attempts_check CHECK ((attempts >= 0)),
  constraint webhook_delivery_check CHECK (((state = 'WAITING'::text) = (settled_at IS NULL))),
  constraint webhook_delivery_problem_check CHECK (((length(problem) >= 1) AND (length(problem) <= 500))),
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['WAITING'::text, 'DELIVERED'::text, 'FAILED'::text]))),
  constraint webhook_delivery_type_check CHECK (((length(type) >= 1) AND (length(type) <= 100)))
);
CREATE INDEX webhook_delivery_clock ON webhook_delivery USING btree (workspace_id, created_at);
CREATE INDEX webhook_delivery_log ON webhook_delivery USING btree (workspace_id, endpoint_id, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_with_body ON webhook_delivery USING btree (workspace_id, created_at) WHERE (body IS NOT NULL);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Events on their way to endpoints, and what became of them. Personal data: ids of people in bodies; kept: the clock deliveries after the event, bodies at most the clock message-text.

-- webhooks
create table webhook_endpoint (
  workspace_id uuid not null,
  id uuid not null,
  details bytea not null,
  secret bytea not null,
  previous_secret bytea,
  previous_ends_at timestamp with time zone,
  types text[] not null,
  state text not null,
  failures integer not null default 0,
  failing_since_at timestamp with time zone,
  failed_at timestamp with time zone,
  delivered_at timestamp with time zone,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint webhook_endpoint_pkey PRIMARY KEY (workspace_id, id),
  constraint webhook_endpoint_check CHECK (((previous_secret IS NULL) = (previous_ends_at IS NULL))),
  constraint webhook_endpoint_failures_check CHECK ((failures >= 0)),
  constraint webhook_endpoint_state_check CHECK ((state = ANY (ARRAY['ON'::text, 'PAUSED'::text, 'GONE'::text, 'FAILING'::text]))),
  constraint webhook_endpoint_types_check CHECK (((cardinality(types) >= 1) AND (cardinality(types) <= 100)))
);
policy backups for select to bothy_backup using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (workspace_id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
comment: Addresses of the customer's that are told of events. Personal data: what an admin wrote about them; kept: until the deleted endpoint leaves the bin.

-- workspace
create table workspace (
  id uuid not null,
  slug text not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint workspace_slug_key UNIQUE (slug),
  constraint workspace_pkey PRIMARY KEY (id),
  constraint workspace_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint workspace_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{1,39}$'::text))
);
policy backups for select to bothy_backup using true;
policy lookup for select to bothy_queue using true;
policy migrations for all to bothy_migrate using true with check true;
policy workspace_of_transaction for all to bothy_app using (id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid) with check (id = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid);
grant delete, insert, select, update to bothy_app;
grant select to bothy_backup;
grant select to bothy_queue;
comment: A tenant. Personal data: none.

CREATE OR REPLACE FUNCTION bothy.absence_sources_failing(failing_before timestamp with time zone)
 RETURNS TABLE(source text, failing bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select 'icalendar', count(*) from absence_feed where failing_since_at < failing_before
  union all
  select 'hibob', count(*) from hibob_connection where failing_since_at < failing_before
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.active_places(people uuid[], workspaces uuid[])
 RETURNS TABLE(person_id uuid, workspace_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select m.person_id, m.workspace_id
  from unnest(people, workspaces) as asked(person, workspace)
  join member m on m.workspace_id = asked.workspace and m.person_id = asked.person and m.active
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.api_token_in_force(hash bytea, at timestamp with time zone)
 RETURNS TABLE(workspace_id uuid, id uuid, person_id uuid, name text, scopes text[], last_used_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select t.workspace_id, t.id, t.person_id, coalesce(m.name, p.name), t.scopes, t.last_used_at
  from api_token t
  join member m on m.workspace_id = t.workspace_id and m.person_id = t.person_id and m.active
  join person p on p.id = t.person_id
  where t.token_hash = hash and t.revoked_at is null and t.expires_at > at
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.audit_emptied_alive()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
begin
  return query execute format(
    'select m.workspace from %I m'
    ' where exists (select from %I one where one.workspace_id = m.workspace)'
    ' or exists (select from %I one where one.workspace_id = m.workspace and one.wrapped is not null)',
    'audit_emptied', 'member', 'data_key');
end $function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.audit_forget_addresses(person text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  forgotten bigint;
begin
  update audit_entry e set address = null, address_salt = null
    where e.workspace_id = bound and e.actor_kind = 'person' and e.actor = person and e.address is not null;
  get diagnostics forgotten = row_count;
  return forgotten;
end $function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.audit_health()
 RETURNS TABLE(waiting bigint, oldest_seconds double precision, broken bigint, checked_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select w.waiting, w.oldest_seconds, c.broken + a.broken, c.checked_at
  from (select count(*) as waiting, coalesce(extract(epoch from clock_timestamp() - min(u.added_at)), 0) as oldest_seconds
        from audit_unlinked u) w,
       (select count(*) filter (where k.fault is not null and k.fault <> 'EMPTIED') as broken, min(k.checked_at) as checked_at
        from audit_check k) c,
       (select count(*) as broken from audit_emptied_alive()) a
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.audit_sweep(kept_seconds double precision, most integer)
 RETURNS TABLE(removed bigint, anchor_position bigint, anchor_hash bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  cutoff timestamptz;
  gone bigint;
  last_old bigint;
begin
  if kept_seconds is null or kept_seconds < 90 * 86400 then
    raise exception 'An audit log is kept for 90 days at least.';
  end if;
  cutoff := clock_timestamp() - make_interval(secs => kept_seconds);
  select max(o.position) into last_old
    from (
      select l.position, e.id,
        coalesce(bool_or(e.occurred_at >= cutoff) over (order by l.position), false) as young
      from (select * from audit_link k where k.workspace_id = bound order by k.position limit most + 1) l
      left join audit_entry e on e.workspace_id = bound and e.id = l.entry_id
    ) o
    where o.id is not null and not o.young;
  if last_old is null then
    return;
  end if;
  delete from audit_entry e using audit_link l
    where l.workspace_id = bound and l.position <= last_old and e.workspace_id = bound and e.id = l.entry_id;
  get diagnostics gone = row_count;
  delete from audit_link l where l.workspace_id = bound and l.position < last_old;
  return query
    select gone, l.position, l.hash from audit_link l where l.workspace_id = bound and l.position = last_old;
end $function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.audit_to_check(caller_clock timestamp with time zone, most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select workspace_id from audit_check where due_at <= caller_clock order by due_at limit most
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.audit_to_link(most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select distinct workspace_id from audit_unlinked limit most
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.backlog(caller_clock timestamp with time zone)
 RETURNS TABLE(queue text, waiting bigint, oldest_seconds double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select 'inbox', count(*), coalesce(extract(epoch from clock_timestamp() - min(received_at)), 0)
    from inbox_item where state = 'waiting'
  union all
  select 'outbox', count(*), coalesce(extract(epoch from clock_timestamp() - min(added_at)), 0)
    from outbox_item where state in ('waiting', 'sending')
  union all
  select 'schedule', count(*), coalesce(extract(epoch from caller_clock - min(due_at)), 0)
    from scheduled_item where due_at <= caller_clock
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.calendar_feed_of(hash bytea)
 RETURNS TABLE(workspace_id uuid, id uuid, person_id uuid, rotation_id uuid, token_hash bytea, last_read_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select f.workspace_id, f.id, f.person_id, f.rotation_id, f.token_hash, f.last_read_at
  from calendar_feed f
  where f.token_hash = hash
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.claim(wanted_queue text, wanted_kinds text[], caller_clock timestamp with time zone, tolerance_seconds double precision, most integer, after uuid, busy uuid[], lease_seconds double precision, token uuid)
 RETURNS TABLE(workspace_id uuid, kind text, name text, interrupted boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
#variable_conflict use_column
declare
  due timestamptz := coalesce(caller_clock, clock_timestamp());
  turn record;
begin
  if caller_clock not between clock_timestamp() - make_interval(secs => tolerance_seconds)
      and clock_timestamp() + make_interval(secs => tolerance_seconds) then
    return;
  end if;
  -- If a crash of the database forgets a claim, the lanes are free again: nothing to wait for a disk.
  perform set_config('synchronous_commit', 'off', true);
  for turn in
    -- One probe of the index for each workspace that is passed; the loop ends at the first that has
    -- work, so that the cost does not grow with the number of workspaces.
    with recursive each as (
      select after as workspace_id, 'infinity'::timestamptz as ready_at, false as wrapped
      union all
      select next.workspace_id, next.ready_at, next.wrapped
      from each cross join lateral (
        (select l.workspace_id, l.ready_at, each.wrapped from lane l
          where l.queue = wanted_queue and l.workspace_id > each.workspace_id
          order by l.workspace_id, l.ready_at limit 1)
        union all
        (select l.workspace_id, l.ready_at, true from lane l
          where l.queue = wanted_queue and not each.wrapped
          order by l.workspace_id, l.ready_at limit 1)
        limit 1
      ) next
      where not (next.wrapped and next.workspace_id > after)
    )
    select each.workspace_id, each.ready_at from each
  loop
    continue when turn.ready_at > due or turn.workspace_id = any (busy);
    return query
      -- Materialized: were it run again for each row of the join it would lock, and claim, more than
      -- `most` lanes.
      with chosen as materialized (
        select l.kind, l.name, l.claim_token is not null as interrupted
        from lane l
        where l.workspace_id = turn.workspace_id and l.queue = wanted_queue and l.kind = any (wanted_kinds)
          and l.ready_at <= due
          and (l.claim_ends_at is null or l.claim_ends_at < clock_timestamp())
        order by l.ready_at
        limit most
        for update skip locked
      )
      update lane set claim_token = token, claim_ends_at = clock_timestamp() + make_interval(secs => lease_seconds)
      from chosen
      where lane.workspace_id = turn.workspace_id and lane.queue = wanted_queue
        and lane.kind = chosen.kind and lane.name = chosen.name
      returning lane.workspace_id, lane.kind, lane.name, chosen.interrupted;
    exit when found;
  end loop;
end $function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.connections_of(wanted text)
 RETURNS TABLE(workspace_id uuid, id uuid, network text, name text, bot_id text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select c.workspace_id, c.id, c.network, c.name, c.bot_id
  from chat_connection c where c.network = wanted and c.removed_at is null order by c.created_at, c.id
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.dead_letters()
 RETURNS TABLE(queue text, waiting bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select 'inbox', count(*) from inbox_item where state = 'dead'
  union all
  select 'outbox', count(*) from outbox_item where state = 'dead' and payload is not null
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.directory_of_token(hash bytea)
 RETURNS TABLE(workspace_id uuid, directory_id uuid, token_id uuid, expires_at timestamp with time zone, last_used_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select t.workspace_id, t.directory_id, t.id, t.expires_at, t.last_used_at
  from directory_token t where t.token_hash = hash
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.erase_protected_rows(target text, most integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  gone bigint;
  lives boolean;
begin
  if target !~ '^audit_[a-z]+$' then
    raise exception 'Not a table of the audit log: %', target;
  end if;
  execute format(
    'select exists (select from %I where workspace_id = $1)'
    ' or exists (select from %I where workspace_id = $1 and wrapped is not null)', 'member', 'data_key')
    into lives using bound;
  if lives then
    raise exception 'The workspace % is not erased yet', bound;
  end if;
  execute format('insert into %I (workspace) values ($1) on conflict do nothing', 'audit_emptied') using bound;
  execute format(
    'delete from %I where ctid = any (array(select ctid from %I where workspace_id = $1 limit $2))', target, target)
    using bound, most;
  get diagnostics gone = row_count;
  return gone;
end $function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.forget_buckets(age_seconds double precision)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  delete from rate_bucket
    where full_at < clock_timestamp() - make_interval(secs => age_seconds)
      and held_until_at < clock_timestamp() - make_interval(secs => age_seconds)
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.forget_settled(age_seconds double precision)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  delete from inbox_item
    where state in ('done', 'dead', 'dropped') and settled_at < clock_timestamp() - make_interval(secs => age_seconds);
  update outbox_item set payload = null
    where state = 'dead' and payload is not null
      and settled_at < clock_timestamp() - make_interval(secs => age_seconds);
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.ingest(ids uuid[], workspaces uuid[], sources uuid[], delivery_ids text[], kinds text[], lanes text[], payloads bytea[])
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
begin
  insert into lane (workspace_id, queue, kind, name, ready_at)
    select w, 'inbox', k, l, clock_timestamp()
    from (select distinct w, k, l from unnest(workspaces, kinds, lanes) as batch (w, k, l)) each
    order by w, k, l
    on conflict (workspace_id, queue, kind, name) do update set ready_at = lane.ready_at;
  return query
    insert into inbox_item (workspace_id, id, source, delivery_id, kind, lane, payload)
      select w, i, s, d, k, l, p
      from unnest(workspaces, ids, sources, delivery_ids, kinds, lanes, payloads)
        with ordinality as batch (w, i, s, d, k, l, p, place)
      order by place
      on conflict (workspace_id, source, delivery_id) do nothing
      returning id;
end $function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.keep_shift_that_is_over()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.account = 'erased'
    and to_jsonb(new) - 'account' - 'version' = to_jsonb(old) - 'account' - 'version' then
    return new;
  end if;
  raise exception 'The shift % is over and cannot be changed', old.id;
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.key_changes_since(since timestamp with time zone)
 RETURNS TABLE(workspace_id uuid, id uuid, owner text, destroyed boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select c.workspace_id, c.id, c.owner, c.destroyed from key_change c where c.changed_at >= since
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.memberships_of(person uuid)
 RETURNS TABLE(workspace_id uuid, roles text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select m.workspace_id, m.roles from member m where m.person_id = person and m.active
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.narrow_function(target regprocedure)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter function %s owner to bothy_queue', target);
  execute format('revoke all on function %s from public', target);
  execute format('grant execute on function %s to bothy_app', target);
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.open_table(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('grant select, insert, update, delete on %s to bothy_app', target);
  execute format('grant select on %s to bothy_backup', target);
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.places_of(person uuid)
 RETURNS TABLE(workspace_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select m.workspace_id from member m where m.person_id = person
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.protect_table(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  same_workspace constant text :=
    'workspace_id = nullif(current_setting(''bothy.workspace'', true), '''')::uuid';
begin
  perform protect_table(target, same_workspace);
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.protect_table(target regclass, same_workspace text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy workspace_of_transaction on %s to bothy_app using (%s) with check (%s)',
    target, same_workspace, same_workspace);
  execute format('create policy migrations on %s to bothy_migrate using (true) with check (true)', target);
  execute format('create policy backups on %s for select to bothy_backup using (true)', target);
  execute format('grant select, insert, update, delete on %s to bothy_app', target);
  execute format('grant select on %s to bothy_backup', target);
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.queue_entry_of_older_server()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'bothy'
AS $function$
begin
  insert into audit_unlinked (workspace_id, entry_id) values (new.workspace_id, new.id);
  return null;
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.refuse_what_is_emptied()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'bothy'
AS $function$
begin
  if exists (select from audit_emptied where workspace = new.workspace_id) then
    raise exception 'The workspace % is erased, its audit log too: it takes no % any more', new.workspace_id, tg_table_name;
  end if;
  return new;
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.route(connection uuid)
 RETURNS TABLE(workspace_id uuid, id uuid, network text, name text, bot_id text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select c.workspace_id, c.id, c.network, c.name, c.bot_id
  from chat_connection c where c.id = connection and c.removed_at is null
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.rows_to_reencrypt()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select coalesce(sum(greatest(r.rows_total - r.rows_resealed - r.rows_unreadable, 0)), 0)::bigint
  from reencryption r where r.finished_at is null
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.sign_on_roles(groups text[])
 RETURNS TABLE(workspace_id uuid, roles text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select g.workspace_id, array_agg(distinct role)
  from sign_on_group g cross join unnest(g.roles) as role
  where g.name = any (groups) group by g.workspace_id
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.slots_until(used integer[], later bigint)
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN (later = 0) THEN used WHEN (later >= 31) THEN array_fill(0, ARRAY[31]) ELSE ((used)[((later)::integer + 1):31] || array_fill(0, ARRAY[(later)::integer])) END

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.take_limits(hashes bytea[], most integer[], micros bigint[], amount integer, at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS TABLE(place integer, wait_micros bigint)
 LANGUAGE plpgsql
 SET search_path TO 'bothy'
AS $function$
declare
  now_micros bigint;
  refused boolean := false;
  one record;
begin
  insert into limit_use as l (key_hash, slot, used, expires_at)
    select h, 0, array_fill(0, array[31]), '-infinity' from unnest(hashes) each (h) order by h
    on conflict (key_hash) do update set slot = l.slot where false;
  now_micros := extract(epoch from coalesce(at, clock_timestamp())) * 1000000;

  -- A clock that was set back does not bring anything back: hence greatest.
  for one in
    select w.most, (select coalesce(sum(n), 0)
          from unnest(l.used[least(greatest(now_micros / ((w.micros + 29) / 30) - l.slot, 0), 31)::integer + 1 : 31]) u (n)) as used
      from unnest(hashes, take_limits.most, take_limits.micros) w (hash, most, micros)
      join limit_use l on l.key_hash = w.hash
  loop
    refused := refused or one.used >= one.most;
  end loop;

  if not refused then
    if amount > 0 then
      update limit_use l set
          used = now_used[1:30] || (now_used[31] + amount),
          slot = l.slot + later,
          expires_at = to_timestamp((l.slot + later + 31) * width / 1e6)
        from (select k.key_hash, width, s.later, slots_until(k.used, s.later) as now_used
            from unnest(hashes, take_limits.micros) w (hash, micros)
            join limit_use k on k.key_hash = w.hash
            cross join lateral (select (w.micros + 29) / 30) e (width)
            cross join lateral (select greatest(now_micros / width - k.slot, 0)) s (later)) wanted
        where l.key_hash = wanted.key_hash;
    end if;
    return;
  end if;

  -- As long as a slot counts with which, and with those after it, there is no room, one must wait.
  return query
    select wanted.place::integer, max((now_slot + age) * width - now_micros)
      from unnest(hashes, take_limits.most, take_limits.micros) with ordinality wanted (hash, most, micros, place)
      join limit_use l on l.key_hash = wanted.hash
      cross join lateral (select (wanted.micros + 29) / 30) e (width)
      cross join lateral (select greatest(l.slot, now_micros / width)) s (now_slot)
      cross join lateral (select taken, age, sum(taken) over (order by age desc) as rest
        from unnest(slots_until(l.used, now_slot - l.slot)) with ordinality u (taken, age)) r
      where r.rest >= wanted.most
      group by wanted.place
      order by 2 desc limit 1;
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.take_tokens(names text[], gaps double precision[], bursts integer[], at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS double precision
 LANGUAGE plpgsql
 SET search_path TO 'bothy'
AS $function$
declare
  bound uuid := nullif(current_setting('bothy.workspace', true), '')::uuid;
  found_rows integer;
  wait double precision;
begin
  -- A lost second of this at a crash of the database costs less than a flush for each message.
  perform set_config('synchronous_commit', 'off', true);
  loop
    perform from rate_bucket b where b.workspace_id = bound and b.name = any (names) order by b.name for update;
    get diagnostics found_rows = row_count;
    exit when found_rows = cardinality(names);
    insert into rate_bucket (workspace_id, name)
      select bound, each.name from unnest(names) each (name) order by each.name
      on conflict do nothing;
  end loop;
  at := coalesce(at, clock_timestamp());
  select max(greatest(
      extract(epoch from case when b.held_until_at > at then b.held_until_at - at else interval '0' end),
      extract(epoch from case when b.full_at > at then b.full_at - at else interval '0' end) - wanted.gap * (wanted.burst - 1)))
    into wait
    from unnest(names, gaps, bursts) wanted (name, gap, burst)
    join rate_bucket b on b.workspace_id = bound and b.name = wanted.name;
  -- Time stamps have microseconds; less than half of one is rounding.
  if wait > 0.0000005 then
    return wait;
  end if;
  update rate_bucket b set full_at = greatest(b.full_at, at) + make_interval(secs => wanted.gap)
    from unnest(names, gaps) wanted (name, gap)
    where b.workspace_id = bound and b.name = wanted.name;
  return 0;
end $function$

-- owned by bothy_migrate

CREATE OR REPLACE FUNCTION bothy.unclaimed_people(wanted_username text, verified_email text)
 RETURNS TABLE(id uuid, workspace_id uuid, by_username boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select p.id, m.workspace_id, lower(m.username) = lower(wanted_username)
  from member m join person p on p.id = m.person_id
  where p.subject is null
    and (lower(m.username) in (lower(wanted_username), lower(verified_email))
      or lower(m.email) = lower(verified_email))
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.workspace_by_slug(wanted text)
 RETURNS TABLE(id uuid, slug text, name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select w.id, w.slug, w.name from workspace w where w.slug = wanted
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.workspace_ids()
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select w.id from workspace w order by w.id
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.workspaces_by_ids(wanted uuid[])
 RETURNS TABLE(id uuid, slug text, name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select w.id, w.slug, w.name from workspace w where w.id = any (wanted)
$function$

-- owned by bothy_queue

CREATE OR REPLACE FUNCTION bothy.workspaces_with_data_keys()
 RETURNS TABLE(workspace_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'bothy'
AS $function$
  select distinct k.workspace_id from data_key k where k.wrapped is not null
$function$

-- owned by bothy_queue
