package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The audit log of a workspace. Called within a transaction of the workspace, so that an entry
/// exists exactly when what it tells of does.
@Service
public class Audit {
  private static final Pattern ACTION = Pattern.compile("[a-z]+\\.[a-z-]{2,60}");
  private static final Pattern DETAIL_NAME = Pattern.compile("[a-z][a-z-]{0,39}");

  /// No spaces and no `@`: neither a sentence nor an address fits in.
  private static final Pattern DETAIL_VALUE = Pattern.compile("[A-Za-z0-9._:/+#-]{1,200}");

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final AuditRows rows;
  private final Origins origins;
  private final Clock clock;

  Audit(JdbcClient jdbc, Workspaces workspaces, AuditRows rows, Origins origins, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.rows = rows;
    this.origins = origins;
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
    recordAll(actor, action, subject, List.of(details));
  }

  /// Adds entries that differ by their details alone, in this order, with one statement. Their
  /// times are a microsecond apart, by which the log is ordered.
  public void recordAll(
      Actor actor, String action, Subject subject, List<Map<String, String>> details) {
    if (details.isEmpty()) {
      return;
    }
    details.forEach(each -> requireWords(action, each));
    Origin origin = origins.of(actor);
    Instant now = clock.instant();
    String[] times =
        IntStream.range(0, details.size())
            .mapToObj(place -> now.plus(place, ChronoUnit.MICROS).toString())
            .toArray(String[]::new);
    jdbc.sql(
            """
            with entry as (
              insert into audit_entry (workspace_id, id, occurred_at, actor_kind, actor, via, address,
                address_salt, address_digest, action, subject_kind, subject_id, details)
              select ?, id, at, ?, ?, ?, ?, ?, ?, ?, ?, ?, details::jsonb
              from unnest(?::uuid[], ?::timestamptz[], ?::text[])
                with ordinality as batch (id, at, details, place)
              order by place
              returning workspace_id, id
            )
            insert into audit_unlinked (workspace_id, entry_id) select workspace_id, id from entry
            """)
        .param(workspaces.current().value())
        .param(actor.kind())
        .param(actor.reference())
        .param(origin.via())
        .param(origin.address())
        .param(AuditRows.bytes(origin.salt()))
        .param(AuditRows.bytes(origin.digest()))
        .param(action)
        .param(subject.kind())
        .param(subject.id())
        .param(details.stream().map(_ -> Ids.next(clock)).toArray(UUID[]::new))
        .param(times)
        .param(details.stream().map(rows::text).toArray(String[]::new))
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
                select %s
                from audit_entry e
                left join audit_link l on l.workspace_id = e.workspace_id and l.entry_id = e.id
                where (cast(:module as text) is null or split_part(action, '.', 1) = :module)
                  and (cast(:action as text) is null or action = :action)
                  and (cast(:actor as text) is null or actor = :actor)
                  and (cast(:actorKind as text) is null or actor_kind = :actorKind)
                  and (cast(:subject as text) is null or subject_id = :subject)
                  and (cast(:from as timestamptz) is null or occurred_at >= :from)
                  and (cast(:until as timestamptz) is null or occurred_at < :until)
                  and (cast(:afterAt as timestamptz) is null
                       or (occurred_at, e.id) < (cast(:afterAt as timestamptz), cast(:afterId as uuid)))
                order by occurred_at desc, e.id desc
                limit :limit
                """
                    .formatted(AuditRows.COLUMNS))
            .param("module", filter.module())
            .param("action", filter.action())
            .param("actor", filter.actor())
            .param("actorKind", filter.actorKind())
            .param("subject", filter.subjectId())
            .param("from", toNullable(filter.from()))
            .param("until", toNullable(filter.until()))
            .param("afterAt", after == null ? null : AuditRows.column(after.at()))
            .param("afterId", after == null ? null : after.id())
            .param("limit", limit + 1)
            .query((row, _) -> rows.entry(row))
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

  /// Forgets from which addresses somebody did what they did in the workspace of the transaction;
  /// the chain still holds.
  ///
  /// @return in how many entries
  public long forgetAddressesOf(PersonId person) {
    return jdbc.sql("select audit_forget_addresses(?)")
        .param(person.toString())
        .query(Long.class)
        .single();
  }

  private static @Nullable OffsetDateTime toNullable(@Nullable Instant instant) {
    return instant == null ? null : AuditRows.column(instant);
  }
}
