package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The audit log of a workspace. Called within a transaction of the workspace, so that an entry
/// exists exactly when what it tells of does.
@Service
public class Audit {
  private static final Pattern ACTION = Pattern.compile("[a-z]+\\.[a-z-]{2,60}");
  private static final Pattern DETAIL_NAME = Pattern.compile("[a-z][a-z-]{0,39}");

  /// No spaces and no `@`: neither a sentence nor an address fits in.
  private static final Pattern DETAIL_VALUE = Pattern.compile("[A-Za-z0-9._:/+#-]{1,200}");

  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final JsonMapper json;
  private final Clock clock;

  Audit(JdbcClient jdbc, Workspaces workspaces, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.json = json;
    this.clock = clock;
  }

  /// Adds an entry without details.
  public void record(Actor actor, String action, Subject subject) {
    record(actor, action, subject, Map.of());
  }

  /// Adds an entry.
  ///
  /// @param action `module.what` in the past, e.g. `rotations.created`
  /// @param details ids and other single words (`A-Z a-z 0-9 . _ : / + # -`) by name; never what a
  ///   person wrote
  public void record(Actor actor, String action, Subject subject, Map<String, String> details) {
    requireWords(action, details);
    jdbc.sql(
            "insert into audit_entry (workspace_id, id, occurred_at, actor_kind, actor, action,"
                + " subject_kind, subject_id, details) values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)")
        .params(
            workspaces.current().value(),
            Ids.next(clock),
            toColumn(clock.instant()),
            actor.kind(),
            actor.reference(),
            action,
            subject.kind(),
            subject.id(),
            json.writeValueAsString(details))
        .update();
  }

  /// A page of the workspace's log, newest first.
  ///
  /// @param after where the page before ended; null for the first
  /// @param limit 1 to 200
  public AuditPage page(AuditFilter filter, AuditPage.@Nullable Place after, int limit) {
    if (limit < 1 || limit > 200) {
      throw new IllegalArgumentException("1 to 200 entries make a page: " + limit);
    }
    List<AuditEntry> found =
        jdbc.sql(
                """
                select id, occurred_at, actor_kind, actor, action, subject_kind, subject_id, details
                from audit_entry
                where (cast(:module as text) is null or split_part(action, '.', 1) = :module)
                  and (cast(:action as text) is null or action = :action)
                  and (cast(:actor as text) is null or actor = :actor)
                  and (cast(:actorKind as text) is null or actor_kind = :actorKind)
                  and (cast(:subject as text) is null or subject_id = :subject)
                  and (cast(:from as timestamptz) is null or occurred_at >= :from)
                  and (cast(:until as timestamptz) is null or occurred_at < :until)
                  and (cast(:afterAt as timestamptz) is null
                       or (occurred_at, id) < (cast(:afterAt as timestamptz), cast(:afterId as uuid)))
                order by occurred_at desc, id desc
                limit :limit
                """)
            .param("module", filter.module())
            .param("action", filter.action())
            .param("actor", filter.actor())
            .param("actorKind", filter.actorKind())
            .param("subject", filter.subjectId())
            .param("from", toNullable(filter.from()))
            .param("until", toNullable(filter.until()))
            .param("afterAt", after == null ? null : toColumn(after.at()))
            .param("afterId", after == null ? null : after.id())
            .param("limit", limit + 1)
            .query(this::toEntry)
            .list();
    if (found.size() <= limit) {
      return new AuditPage(found, null);
    }
    AuditEntry last = found.get(limit - 1);
    return new AuditPage(found.subList(0, limit), new AuditPage.Place(last.at(), last.id()));
  }

  private static void requireWords(String action, Map<String, String> details) {
    if (!ACTION.matcher(action).matches()) {
      throw new IllegalArgumentException("An action is 'module.what': " + action);
    }
    details.forEach((name, value) -> {
      if (!DETAIL_NAME.matcher(name).matches() || !DETAIL_VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "A detail is a name and a single word, never content: " + action + ", " + name);
      }
    });
  }

  private AuditEntry toEntry(ResultSet row, int number) throws SQLException {
    return new AuditEntry(
        row.getObject("id", UUID.class),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        row.getString("actor_kind"),
        row.getString("actor"),
        row.getString("action"),
        new Subject(row.getString("subject_kind"), row.getString("subject_id")),
        json.readValue(row.getString("details"), DETAILS));
  }

  private static OffsetDateTime toColumn(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime toNullable(@Nullable Instant instant) {
    return instant == null ? null : toColumn(instant);
  }
}
