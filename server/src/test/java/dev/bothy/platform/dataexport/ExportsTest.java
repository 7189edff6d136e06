package dev.bothy.platform.dataexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.PersonJoined;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.PersonErased;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Exports, asked for and downloaded as people and programs do.
@BothyTest
class ExportsTest {
  private static final String SAID = "the heron lands at dawn";

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired Exports exports;
  @Autowired ExportWork work;
  @Autowired ExportTable table;
  @Autowired ApplicationEventPublisher events;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;
  @LocalServerPort int port;
  @TempDir Path folder;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private TestPeople.Someone owner;
  private TestPeople.Someone member;

  @BeforeEach
  void aWorkspaceInWhichSomethingWasSaid() {
    workspace = TestWorkspaces.fresh(workspaces);
    owner = people.signedIn(workspace, "Ada", Role.OWNER);
    member = people.signedIn(workspace, "Cleo", Role.MEMBER);
    Http.onPort(port)
        .pageOf(owner.token(), "/w/" + workspace.slug() + "/sandbox?as=ada&in=general");
    HttpResponse<String> said =
        form(
            owner,
            "/sandbox/say",
            Map.of(
                "as",
                "ada",
                "in",
                "general",
                "saying",
                UUID.randomUUID().toString(),
                "text",
                SAID));
    assertThat(said.statusCode()).isLessThan(400);
  }

  @Test
  void whoAsksManyTimesAtOnceGetsOneExport() throws Exception {
    int many = 8;
    CountDownLatch ready = new CountDownLatch(many);
    List<Future<Exports.Requested>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      for (int number = 0; number < many; number++) {
        asked.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              return exports.request(viewer(owner), null);
            }));
      }
    }
    int begun = 0;
    for (Future<Exports.Requested> each : asked) {
      if (each.get() instanceof Exports.Requested.Begun) {
        begun++;
      }
    }
    long rows =
        workspaces.inWorkspace(
            workspace.id(),
            () -> jdbc.sql("select count(*) from data_export").query(Long.class).single());
    // One that is ready before the last one asks is followed by another one.
    assertThat(begun).isEqualTo((int) rows).isLessThan(many);
    assertThat(overlapping()).isZero();
  }

  /// Exports that were asked for while one about the same was being made.
  private long overlapping() {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "select count(*) from data_export one join data_export other"
                        + " on other.id > one.id and other.person_id is not distinct from one.person_id"
                        + " and (one.ready_at is null or other.requested_at < one.ready_at)")
                .query(Long.class)
                .single());
  }

  @Test
  void nobodyHasMoreThanTwentyExportsAtOnce() {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "insert into data_export (workspace_id, id, requested_by, person_id,"
                        + " requested_at, state, plan, ready_at) select ?, gen_random_uuid(), ?,"
                        + " gen_random_uuid(), ?, 'ready', '{}', ? from generate_series(1, 20)")
                .params(
                    workspace.id().value(),
                    owner.id().value(),
                    clock.instant().atOffset(ZoneOffset.UTC),
                    clock.instant().atOffset(ZoneOffset.UTC))
                .update());
    assertThat(exports.request(viewer(owner), null)).isEqualTo(new Exports.Requested.TooMany(20));
    HttpResponse<String> page = form(owner, "/exports", Map.of("of", "workspace"));
    assertThat(page.statusCode()).isEqualTo(302);
    assertThat(exports.request(viewer(member), member.id()))
        .isInstanceOf(Exports.Requested.Begun.class);
    exports.remove(viewer(owner), exports.of(viewer(owner)).getFirst().id());
    assertThat(exports.request(viewer(owner), null)).isInstanceOf(Exports.Requested.Begun.class);
  }

  @Test
  void anOwnerGetsTheWholeWorkspaceAsJsonAndCsvWithAManifestThatIsTrue() throws IOException {
    assertThat(form(owner, "/exports", Map.of("of", "workspace")).statusCode()).isEqualTo(302);
    Map<String, String> files = download(owner, ready(owner));
    assertThat(files.get("README.txt")).contains("for the workspace " + workspace.slug());
    assertThat(files.getOrDefault("json/sandbox/sandbox_message.json", "")).contains(SAID);
    assertThat(files.getOrDefault("csv/sandbox/sandbox_message.csv", "")).contains(SAID);
    assertThat(files.getOrDefault("json/people/member.json", "")).contains(owner.id().toString());
    assertThat(String.join("\n", files.keySet())).doesNotContain("session", "data_key");
    JsonNode manifest = JsonMapper.shared().readTree(files.get("manifest.json"));
    for (JsonNode file : manifest.path("files")) {
      String content = files.getOrDefault(file.path("name").asString(), "");
      assertThat(sha256(content)).isEqualTo(file.path("sha256").asString());
    }
    JsonNode members =
        JsonMapper.shared().readTree(files.getOrDefault("json/people/member.json", ""));
    assertThat(members).hasSize(2);
    assertThat(files.getOrDefault("csv/people/member.csv", "").lines()).hasSize(3);
  }

  @Test
  void aMemberGetsWhatIsAboutThemAndNothingOfOthers() throws IOException {
    assertThat(form(member, "/exports", Map.of("of", "me")).statusCode()).isEqualTo(302);
    Map<String, String> files = download(member, ready(member));
    assertThat(files.getOrDefault("json/people/person.json", "")).contains("Cleo");
    assertThat(files.getOrDefault("json/people/session.json", "")).contains(member.id().toString());
    assertThat(String.join("\n", files.values()))
        .doesNotContain(owner.id().toString())
        .doesNotContain("Ada")
        .doesNotContain(SAID);
  }

  @Test
  void aMemberSeesWhoLookedAtTheirDataButNotFromWhere() throws IOException {
    Http.onPort(port).pageOf(owner.token(), "/w/" + workspace.slug() + "/people/" + member.id());
    form(member, "/exports", Map.of("of", "me"));
    Map<String, String> files = download(member, ready(member));
    JsonNode entries =
        JsonMapper.shared().readTree(files.getOrDefault("json/audit/audit_entry.json", ""));
    assertThat(entries)
        .anySatisfy(entry -> {
          assertThat(entry.path("actor").asString()).isEqualTo(owner.id().toString());
          assertThat(entry.path("address").isNull()).isTrue();
        })
        .anySatisfy(entry -> {
          assertThat(entry.path("actor").asString()).isEqualTo(member.id().toString());
          assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
        });
  }

  @Test
  void nobodyGetsWhatSomebodyElseAskedFor() {
    form(owner, "/exports", Map.of("of", "workspace"));
    UUID id = ready(owner);
    TestPeople.Someone second = people.signedIn(workspace, "Bob", Role.OWNER);
    String path = "/w/" + workspace.slug() + "/exports/" + id;
    for (TestPeople.Someone other : new TestPeople.Someone[] {second, member}) {
      assertThat(Http.onPort(port).pageOf(other.token(), path + "/archive").statusCode())
          .isEqualTo(404);
      assertThat(form(other, "/exports/" + id + "/remove", Map.of()).statusCode()).isEqualTo(404);
      assertThat(
              Http.onPort(port)
                  .get(
                      "/api/v1/workspaces/" + workspace.slug() + "/exports/" + id + "/archive",
                      "Cookie",
                      "bothy-session=" + other.token())
                  .statusCode())
          .isEqualTo(404);
    }
    assertThat(form(member, "/exports", Map.of("of", "workspace")).statusCode()).isEqualTo(403);
    assertThat(form(member, "/exports", Map.of("of", owner.id().toString())).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aDownloadThatBrokeOffGoesOn() {
    form(owner, "/exports", Map.of("of", "workspace"));
    UUID id = ready(owner);
    byte[] all = archive(owner, id).body();
    HttpResponse<byte[]> rest = archive(owner, id, "Range", "bytes=1000-");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.headers().firstValue("Content-Range"))
        .contains("bytes 1000-%d/%d".formatted(all.length - 1, all.length));
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(all, 1000, all.length));
    assertThat(archive(owner, id, "Range", "bytes=99999999-").statusCode()).isEqualTo(416);
    assertThat(archive(owner, id, "Range", "bytes=5-", "If-Range", "\"other\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void manyRowsMakeSeveralFiles() throws IOException {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                        + " active, bot, looked_up_at) select ?, gen_random_uuid(), 'U' || n,"
                        + " '=SUM(' || n || ')', 'UTC', true, false, now()"
                        + " from generate_series(1, 10001) n")
                .param(workspace.id().value())
                .update());
    form(owner, "/exports", Map.of("of", "workspace"));
    Map<String, String> files = download(owner, ready(owner));
    assertThat(files.getOrDefault("csv/chat/chat_account.csv", "").lines()).hasSize(10_001);
    // The sandbox has four accounts of its own.
    assertThat(files.getOrDefault("csv/chat/chat_account-2.csv", "").lines()).hasSize(6);
    assertThat(files.getOrDefault("csv/chat/chat_account-2.csv", "")).contains("'=SUM(");
    assertThat(
            JsonMapper.shared().readTree(files.getOrDefault("json/chat/chat_account-2.json", "")))
        .hasSize(5);
  }

  @Test
  void whatWasWrittenBeforeACrashIsNotWrittenAgain() throws IOException {
    UUID id =
        workspaces.inWorkspace(
            workspace.id(),
            () ->
                table.insert(
                    owner.id(), null, List.of("people.member", "sandbox.sandbox_message")));
    Due due = new Due(id, clock.instant(), clock.instant());
    work.step(workspace.id(), id);
    // Claimed again by a server that does not know that the step was done.
    work.prepare(workspace.id(), due);
    Map<String, String> files = download(owner, id);
    assertThat(files.keySet())
        .containsExactlyInAnyOrder(
            "README.txt",
            "manifest.json",
            "json/people/member.json",
            "csv/people/member.csv",
            "json/sandbox/sandbox_message.json",
            "csv/sandbox/sandbox_message.csv");
    work.prepare(workspace.id(), due);
    assertThat(download(owner, id)).isEqualTo(files);
  }

  @Test
  void whatIsAboutSomebodyWhoTurnsOutToBeAnotherIsAboutThatOne() {
    UUID id =
        workspaces.inWorkspace(
            workspace.id(),
            () -> {
              UUID made = table.insert(owner.id(), member.id(), List.of());
              events.publishEvent(new PersonJoined(workspace.id(), member.id(), owner.id()));
              return made;
            });
    assertThat(workspaces.inWorkspace(workspace.id(), () -> table.find(id)).orElseThrow().about())
        .isEqualTo(owner.id());
  }

  @Test
  void whoIsErasedTakesTheExportsWithThemThatTheyMayBeIn() {
    form(owner, "/exports", Map.of("of", "workspace"));
    UUID whole = ready(owner);
    form(owner, "/exports", Map.of("of", "me"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            exports.of(viewer(owner)).stream()
                .allMatch(export -> export.state() == DataExport.State.READY));
    workspaces.inWorkspace(
        workspace.id(), () -> events.publishEvent(new PersonErased(workspace.id(), member.id())));
    assertThat(exports.of(viewer(owner)))
        .extracting(DataExport::state)
        .containsExactly(DataExport.State.READY, DataExport.State.WITHDRAWN);
    assertThat(archive(owner, whole).statusCode()).isEqualTo(404);
    assertThat(
            Http.onPort(port).pageOf(owner.token(), "/w/" + workspace.slug() + "/exports").body())
        .contains("Ask for a new one");
  }

  @Test
  void whoHasLostTheRoleThatItTookGetsTheArchiveNoMore() {
    TestPeople.Someone second = people.signedIn(workspace, "Bob", Role.OWNER);
    form(second, "/exports", Map.of("of", "workspace"));
    UUID whole = ready(second);
    assertThat(archive(second, whole).statusCode()).isEqualTo(200);
    roles(second, Role.ADMIN);
    assertThat(archive(second, whole).statusCode()).isEqualTo(403);
    form(second, "/exports", Map.of("of", member.id().toString()));
    UUID ofMember = ready(second);
    assertThat(archive(second, ofMember).statusCode()).isEqualTo(200);
    roles(second, Role.MEMBER);
    assertThat(archive(second, ofMember).statusCode()).isEqualTo(403);
    form(second, "/exports", Map.of("of", "me"));
    assertThat(archive(second, ready(second)).statusCode()).isEqualTo(200);
  }

  private void roles(TestPeople.Someone who, Role role) {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("update member set roles = array[?] where person_id = ?")
                .params(role.name(), who.id().value())
                .update());
  }

  @Test
  void anExportLiesInTheDatabaseAsCiphertext() {
    form(owner, "/exports", Map.of("of", "workspace"));
    ready(owner);
    String stored =
        workspaces.inWorkspace(
            workspace.id(),
            () ->
                jdbc.sql("select string_agg(encode(content, 'escape'), '') from data_export_part")
                    .query(String.class)
                    .single());
    assertThat(stored).doesNotContain("README.txt").doesNotContain("member");
  }

  private Viewer viewer(TestPeople.Someone who) {
    return new Viewer(who.id(), who.name(), workspace.id(), workspace.slug(), Set.of(Role.OWNER));
  }

  private UUID ready(TestPeople.Someone who) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> exports.of(viewer(who)).getFirst(),
            export -> export.state() == DataExport.State.READY)
        .id();
  }

  private HttpResponse<byte[]> archive(TestPeople.Someone who, UUID id, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Cookie";
    all[headers.length + 1] = "bothy-session=" + who.token();
    return Http.onPort(port)
        .getBytes("/w/" + workspace.slug() + "/exports/" + id + "/archive", all);
  }

  private Map<String, String> download(TestPeople.Someone who, UUID id) throws IOException {
    HttpResponse<byte[]> answer = archive(who, id);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
    Path file = Files.write(folder.resolve("export.zip"), answer.body());
    Map<String, String> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      zip.stream().forEach(entry -> files.put(entry.getName(), read(zip, entry)));
    }
    return files;
  }

  private static String read(ZipFile zip, ZipEntry entry) {
    try {
      return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> form(
      TestPeople.Someone who, String path, Map<String, String> fields) {
    Map<String, String> all = new TreeMap<>(fields);
    all.put("_csrf", who.csrf());
    return Http.onPort(port)
        .post("/w/" + workspace.slug() + path, all, "Cookie", "bothy-session=" + who.token());
  }
}
