package dev.bothy.platform.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Export and verification, by page and by API.
@BothyTest
class AuditExportTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired Audit audit;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @LocalServerPort int port;
  private Http http = new Http("");
  private Workspace workspace;
  private TestPeople.Someone admin;
  private Program program;

  @BeforeEach
  void anAdmin() {
    http = Http.onPort(port);
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Grace Hopper", Role.ADMIN);
    program = Program.of(port, workspace, people, tokens, scopes, Role.AUDITOR);
  }

  @Test
  void aCsvHasEveryEntryThatFitsAndNoFormula() {
    for (int number = 1; number <= 450; number++) {
      write("tests.done", "thing-" + number);
    }
    write("tests.undone", "=1+1");
    HttpResponse<String> answer = page("/export?format=csv&what=tests");
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .contains("audit-" + workspace.slug());
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(452);
    assertThat(lines.getFirst()).startsWith("position,hash,id,at,actorKind,actor,via,address");
    assertThat(lines.get(1)).contains(",'=1+1,");
    assertThat(lines.getLast()).contains(",thing-1,");
    assertThat(page("/export?format=csv&what=tests.undone").body().lines()).hasSize(2);
  }

  @Test
  void anExportLeavesOneEntryThatSaysFromWhere() {
    long before = entries().size();
    program.send("GET", "/audit/export?format=csv", "");
    assertThat(entries()).hasSize((int) before + 1);
    AuditEntry exported = entries().getFirst();
    assertThat(exported.action()).isEqualTo("audit.exported");
    assertThat(exported.origin().via()).isEqualTo("api");
    assertThat(exported.origin().address()).isEqualTo("127.0.0.1");
    page("/export?format=jsonl");
    assertThat(entries().getFirst().origin().via()).isEqualTo("console");
    assertThat(page("").body()).contains("Console", "127.0.0.1", "JSON lines");
  }

  @Test
  void anAuditorRecomputesTheChainFromAnExportByTheReferenceAlone() throws Exception {
    write("tests.done", "one");
    page("/export?format=csv");
    linked();
    List<JsonNode> lines =
        program
            .send("GET", "/audit/export", "")
            .body()
            .lines()
            .map(line -> (JsonNode) JsonMapper.shared().readTree(line))
            .filter(line -> !line.path("position").isNull())
            .sorted(Comparator.comparingLong(line -> line.path("position").asLong()))
            .toList();
    assertThat(lines.size()).isGreaterThan(3);
    byte[] before = new byte[32];
    for (JsonNode line : lines) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(before);
      before = sha.digest(fields(line));
      assertThat(HexFormat.of().formatHex(before)).isEqualTo(line.path("hash").asString());
      if (!line.path("address").isNull()) {
        sha.update(HexFormat.of().parseHex(line.path("addressSalt").asString()));
        byte[] digest =
            sha.digest(line.path("address").asString().getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest))
            .isEqualTo(line.path("addressDigest").asString());
      }
    }
  }

  @Test
  void aLookFindsNothingAndThenWhatWasChanged() throws Exception {
    write("tests.done", "one");
    linked();
    assertThat(Program.done(program.send("POST", "/audit/verify", "")).path("result").asString())
        .isEqualTo("intact");
    assertThat(entries().getFirst().action()).isEqualTo("audit.verified");
    assertThat(
            http.post(
                    address("/verify"),
                    Map.of("_csrf", admin.csrf()),
                    "Cookie",
                    "bothy-session=" + admin.token())
                .statusCode())
        .isEqualTo(302);
    assertThat(page("").body()).contains("the chain holds");
    linked();
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.executeUpdate(
          "update bothy.audit_entry set actor = 'nobody' where subject_id = 'one'"
              + " and workspace_id = '"
              + workspace.id()
              + "'");
    }
    assertThat(Program.done(program.send("POST", "/audit/verify", "")).path("result").asString())
        .isEqualTo("entry-changed");
    assertThat(page("?what=audit").body())
        .contains("This log was tampered with", "An entry was changed", "Position ");
  }

  @Test
  void whatIsWrongWithAFilterOrAFormatExportsNothing() {
    assertThat(page("/export?format=xml").statusCode()).isEqualTo(400);
    assertThat(page("/export?from=yesterday").statusCode()).isEqualTo(400);
    assertThat(page("/export?who=nobody-at-all").statusCode()).isEqualTo(400);
    assertThat(program.send("GET", "/audit/export?format=xml", "").statusCode()).isEqualTo(422);
    assertThat(entries()).noneMatch(entry -> entry.action().equals("audit.exported"));
  }

  @Test
  void aMemberMayNeitherExportNorVerify() {
    Program member = Program.of(port, workspace, people, tokens, scopes, Role.MEMBER);
    assertThat(member.send("GET", "/audit/export", "").statusCode()).isEqualTo(403);
    assertThat(member.send("POST", "/audit/verify", "").statusCode()).isEqualTo(403);
    TestPeople.Someone ada = people.signedIn(workspace, "Ada", Role.MEMBER);
    assertThat(http.pageOf(ada.token(), address("/export")).statusCode()).isEqualTo(403);
  }

  /// As docs/reference/audit.md describes it, written without a look at the code that it checks.
  private static byte[] fields(JsonNode line) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    put(out, "bothy-audit-1");
    put(out, line.path("workspace").asString());
    put(out, line.path("id").asString());
    put(
        out,
        "" + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(line.path("at").asString())));
    for (String name : List.of("actorKind", "actor", "via")) {
      put(out, line.path(name));
    }
    JsonNode digest = line.path("addressDigest");
    if (digest.isNull()) {
      out.writeInt(-1);
    } else {
      out.writeInt(32);
      out.write(HexFormat.of().parseHex(digest.asString()));
    }
    for (String name : List.of("action", "subjectKind", "subject")) {
      put(out, line.path(name));
    }
    Map<String, String> details = new TreeMap<>();
    line.path("details")
        .propertyStream()
        .forEach(d -> details.put(d.getKey(), d.getValue().asString()));
    put(out, "" + details.size());
    for (Map.Entry<String, String> detail : details.entrySet()) {
      put(out, detail.getKey());
      put(out, detail.getValue());
    }
    return bytes.toByteArray();
  }

  private static void put(DataOutputStream out, JsonNode value) throws IOException {
    if (value.isNull()) {
      out.writeInt(-1);
    } else {
      put(out, value.asString());
    }
  }

  private static void put(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private void linked() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> entries().stream().allMatch(entry -> entry.link() != null));
  }

  private List<AuditEntry> entries() {
    return workspaces.inWorkspace(
        workspace.id(), () -> audit.page(AuditFilter.ALL, null, 200).entries());
  }

  private void write(String action, String subject) {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            audit.record(
                new Actor.Person(admin.id()),
                action,
                new Subject("tests.thing", subject),
                Map.of()));
  }

  private HttpResponse<String> page(String below) {
    return http.pageOf(admin.token(), address(below));
  }

  private String address(String below) {
    return "/w/" + workspace.slug() + "/audit" + below;
  }
}
