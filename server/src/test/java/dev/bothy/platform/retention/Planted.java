package dev.bothy.platform.retention;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.testkit.RotationRows;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// A row of every table that says when its rows go, each with a string of its own in it, as if it
/// had come about just now.
///
/// @param text what is planted
public record Planted(WorkspaceId workspace, String text) {
  public static Planted into(WorkspaceId workspace) {
    Planted planted =
        new Planted(workspace, "planted" + UUID.randomUUID().toString().substring(24));
    planted.work();
    planted.chat();
    planted.people();
    planted.rotations();
    planted.calendar();
    planted.sentElsewhere();
    return planted;
  }

  /// One has ended well long ago, one was given up, and one waits and nobody comes for it.
  private void work() {
    run(
        "insert into bothy.inbox_item (workspace_id, id, source, delivery_id, kind, lane, state,"
            + " payload, settled_at) values (?, ?, ?, ?, 'nobodys', 'l', 'dead', ?, now())",
        UUID.randomUUID(),
        UUID.randomUUID(),
        text,
        bytes());
    run(
        "insert into bothy.inbox_item (workspace_id, id, source, delivery_id, kind, lane, payload)"
            + " values (?, ?, ?, 'waits', 'nobodys', 'l', ?)",
        UUID.randomUUID(),
        UUID.randomUUID(),
        bytes());
    run(
        "insert into bothy.outbox_item (workspace_id, id, target, kind, lane, state, payload,"
            + " settled_at) values (?, ?, ?, 'nobodys', 'l', 'dead', ?, now())",
        UUID.randomUUID(),
        UUID.randomUUID(),
        bytes());
    run(
        "insert into bothy.outbox_item (workspace_id, id, target, kind, lane, payload)"
            + " values (?, ?, ?, 'nobodys', 'l', ?)",
        UUID.randomUUID(),
        UUID.randomUUID(),
        bytes());
  }

  private void chat() {
    run(
        "insert into bothy.chat_account values (?, ?, 'gone', ?, 'UTC', false, false, now())",
        UUID.randomUUID(),
        text);
    run(
        "insert into bothy.sandbox_form values (?, ?, ?, 'c', 'a', ?, now(), null)",
        UUID.randomUUID(),
        UUID.randomUUID(),
        bytes());
    run(
        "insert into bothy.sandbox_message (workspace_id, id, connection_id, conversation, author,"
            + " content, sequence, version, created_at) values (?, ?, ?, 'c', 'a', ?, 1, 1, now())",
        UUID.randomUUID(),
        UUID.randomUUID(),
        bytes());
    run(
        "insert into bothy.sandbox_sign values (?, ?, ?, 'topic', 'c', ?, now())",
        UUID.randomUUID(),
        UUID.randomUUID(),
        bytes());
    run("insert into bothy.slack_activity values (?, ?, ?, now())", UUID.randomUUID(), text);
    run(
        "insert into bothy.slack_departure values (?, ?, ?, ''::bytea, ?, now())",
        UUID.randomUUID(),
        bytes(),
        UUID.randomUUID());
    run(
        "insert into bothy.chat_link_request values (?, sha256(?), ?, ?, now() - interval '1 s',"
            + " now())",
        bytes(),
        UUID.randomUUID(),
        text);
  }

  private void people() {
    UUID person = UUID.randomUUID();
    WholeDatabase.run(
        "insert into bothy.person (id, name, username, created_at) values (?, 'P', 'p', now())",
        person);
    WholeDatabase.run(
        "insert into bothy.person (id, name, username, created_at) values (?, ?, 'none', now())",
        UUID.randomUUID(),
        text);
    run("insert into bothy.member values (?, ?, '{MEMBER}', now())", person);
    run(
        "insert into bothy.api_token values (?, ?, ?, sha256(?), ?, '{a}', now() - interval '1 s',"
            + " now() + interval '300 days', null, now())",
        UUID.randomUUID(),
        person,
        bytes(),
        text);
    WholeDatabase.run(
        "insert into bothy.session (token_hash, person_id, created_at, last_seen_at, expires_at,"
            + " client) values (sha256(?), ?, now() - interval '1 s', now(), now(), ?)",
        bytes(),
        person,
        text);
    WholeDatabase.run(
        "insert into bothy.break_glass_code values (sha256(?), ?, now() - interval '1 s', now())",
        bytes(),
        person);
  }

  private void rotations() {
    UUID rotation = UUID.randomUUID();
    UUID shift = UUID.randomUUID();
    run(RotationRows.ROTATION, rotation, "R", UUID.randomUUID());
    run(
        "insert into bothy.shift (workspace_id, id, rotation_id, account, starts_at, ends_at,"
            + " ended_at, "
            + RotationRows.SHIFT_COLUMNS
            + ") values (?, ?, ?, ?, now() - interval '1 s', now(), now(), "
            + RotationRows.shiftValues("now()")
            + ")",
        shift,
        rotation,
        text);
    run(
        "insert into bothy.plan_change (workspace_id, id, rotation_id, kind, starts_at, ends_at,"
            + " account_out, made_at) values (?, ?, ?, 'remove', now() - interval '1 s', now(), ?,"
            + " now())",
        UUID.randomUUID(),
        rotation,
        text);
    run(
        "insert into bothy.shift_request (workspace_id, id, rotation_id, kind, account, asked_by,"
            + " starts_at, ends_at, asked_at, closes_at, state, message_id) values (?, ?, ?,"
            + " 'cover', ?, 'a', now() - interval '1 s', now(), now(), now(), 'past-due', ?)",
        UUID.randomUUID(),
        rotation,
        text,
        UUID.randomUUID());
    run(
        "insert into bothy.handoff (workspace_id, id, rotation_id, role, account, state, changed_at)"
            + " values (?, ?, ?, 'Primary', ?, 'open', now())",
        UUID.randomUUID(),
        rotation,
        text);
    run(
        "insert into bothy.handoff_note (workspace_id, id, rotation_id, role, author, note,"
            + " written_at, version) values (?, ?, ?, 'Primary', 'a', ?, now(), 1)",
        UUID.randomUUID(),
        rotation,
        bytes());
  }

  private void calendar() {
    run(
        "insert into bothy.absence values (?, ?, ?, ?, now() - interval '1 s', now(), false,"
            + " 'hibob', ?, 'told', ?, now())",
        UUID.randomUUID(),
        UUID.randomUUID(),
        text,
        UUID.randomUUID(),
        text);
  }

  private void sentElsewhere() {
    UUID endpoint = UUID.randomUUID();
    run(
        "insert into bothy.webhook_endpoint (workspace_id, id, details, secret, types, state,"
            + " created_at, changed_at, deleted_at) values (?, ?, '', '', '{a}', 'GONE', now(),"
            + " now(), now())",
        endpoint);
    run(
        "insert into bothy.webhook_delivery (workspace_id, id, endpoint_id, event_id, type, state,"
            + " body, problem, created_at, queued_at, settled_at) values (?, ?, ?, ?, 'a', 'FAILED',"
            + " ?, ?, now(), now(), now())",
        UUID.randomUUID(),
        endpoint,
        UUID.randomUUID(),
        bytes(),
        text);
    run(
        "insert into bothy.breach_notice (workspace_id, id, text, sent_by, recipients,"
            + " without_address, created_at) values (?, ?, ?, ?, 1, 0, now())",
        UUID.randomUUID(),
        bytes(),
        UUID.randomUUID());
    UUID export = UUID.randomUUID();
    run(
        "insert into bothy.data_export (workspace_id, id, requested_by, requested_at, state,"
            + " problem, plan) values (?, ?, ?, now(), 'failed', ?, '{}')",
        export,
        UUID.randomUUID(),
        text);
    run(
        "insert into bothy.data_export_part values (?, ?, ?, 1, 1, ?)",
        UUID.randomUUID(),
        export,
        bytes());
  }

  /// @param statement whose first `?` is the workspace
  private void run(String statement, Object... others) {
    Object[] values = new Object[others.length + 1];
    values[0] = workspace.value();
    System.arraycopy(others, 0, values, 1, others.length);
    WholeDatabase.run(statement, values);
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
