package dev.bothy.platform.mail;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `breach_notice`. Called within a transaction of the workspace.
@Component
class NoticeTable {
  static final Purpose TEXT = new Purpose(Purpose.PLATFORM, "mail.breach-notice");

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;

  NoticeTable(JdbcClient jdbc, Workspaces workspaces, Keys keys) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
  }

  void insert(UUID id, String text, PersonId by, int recipients, int withoutAddress, Instant now) {
    jdbc.sql(
            "insert into breach_notice (workspace_id, id, text, sent_by, recipients,"
                + " without_address, created_at) values (?, ?, ?, ?, ?, ?, ?)")
        .params(
            workspaces.current().value(),
            id,
            keys.seal(TEXT, id, text.getBytes(StandardCharsets.UTF_8)).bytes(),
            by.value(),
            recipients,
            withoutAddress,
            now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /// One more of its mails is settled.
  void count(UUID id, boolean sent) {
    jdbc.sql(
            sent
                ? "update breach_notice set sent = sent + 1 where id = ?"
                : "update breach_notice set failed = failed + 1 where id = ?")
        .param(id)
        .update();
  }

  /// The latest first.
  List<BreachNotices.Notice> list() {
    return jdbc.sql(
            "select id, sent_by, recipients, without_address, sent, failed, created_at"
                + " from breach_notice order by created_at desc, id desc limit 50")
        .query((row, _) ->
            new BreachNotices.Notice(
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("sent_by", UUID.class)),
                row.getInt("recipients"),
                row.getInt("without_address"),
                row.getInt("sent"),
                row.getInt("failed"),
                row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }
}
