package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.audit.ChainCare;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.audit.Verification;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What those who run or audit a workspace can do with its audit log beside reading it, from the
/// page or by the API: never without an entry in it.
@Component
class AuditActions {
  /// Entries that are read at once, in a transaction that ends before they are sent: a slow reader
  /// holds no connection to the database.
  private static final int PAGE = 200;

  private final Audit audit;
  private final ChainCare care;
  private final Workspaces workspaces;
  private final JsonMapper json;
  private final Clock clock;

  AuditActions(Audit audit, ChainCare care, Workspaces workspaces, JsonMapper json, Clock clock) {
    this.audit = audit;
    this.care = care;
    this.workspaces = workspaces;
    this.json = json;
    this.clock = clock;
  }

  /// Looks at the whole chain now.
  Verification verify(Viewer viewer) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    Verification found = care.verify(viewer.workspace());
    String result =
        switch (found) {
          case Verification.Intact intact -> "intact";
          case Verification.Broken broken -> ChainWords.word(broken.fault());
        };
    record(viewer, "audit.verified", Map.of("result", result));
    return found;
  }

  /// Sends all entries that fit, newest first. What is written while it is sent is not among them.
  void export(Viewer viewer, AuditFilter filter, AuditFormat format, HttpServletResponse response)
      throws IOException {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    record(viewer, "audit.exported", Map.of("format", format.ending()));
    response.setContentType(format.type());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"audit-%s-%s.%s\""
            .formatted(
                viewer.slug(),
                clock.instant().atZone(ZoneOffset.UTC).toLocalDate(),
                format.ending()));
    OutputStream out = response.getOutputStream();
    out.write(format.first().getBytes(StandardCharsets.UTF_8));
    AuditPage.@Nullable Place place = null;
    do {
      AuditPage.@Nullable Place from = place;
      AuditPage page =
          workspaces.inWorkspace(viewer.workspace(), () -> audit.page(filter, from, PAGE));
      StringBuilder lines = new StringBuilder();
      page.entries().forEach(entry -> lines.append(format.line(viewer.workspace(), entry, json)));
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      place = page.older();
    } while (place != null);
  }

  private void record(Viewer viewer, String action, Map<String, String> details) {
    workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            audit.record(
                new Actor.Person(viewer.person()),
                action,
                Subject.of("audit.log", viewer.workspace().value()),
                details));
  }
}
