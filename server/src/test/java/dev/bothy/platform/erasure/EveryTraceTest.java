package dev.bothy.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.PrivacySettings;
import dev.bothy.platform.retention.Planted;
import dev.bothy.platform.webhooks.Receiver;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.ApiThings;
import dev.bothy.testkit.ApiWorld;
import dev.bothy.testkit.ApiWorlds;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Traces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Strings of each kind are planted and erased, and then looked for in all that is left: tables,
/// indexes and long values as PostgreSQL's files have them, the log, metrics, the ledger, folders
/// of the server's, answers of the API, and an export made afterwards, which opens all ciphertext.
@BothyTest
@ExtendWith(OutputCaptureExtension.class)
class EveryTraceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /// Tables with nothing to plant in, and why.
  private static final Map<String, String> WITHOUT_TEXT =
      Map.ofEntries(
          Map.entry("absence_feed", "an address, sealed"),
          Map.entry("audit_entry", "ids and words of the code; PersonErasureTest looks"),
          Map.entry("bin_choice", "a number of days"),
          Map.entry("bin_item", "ids and kinds"),
          Map.entry("break_glass_code", "a hash"),
          Map.entry("chat_link_declined", "an account's id"),
          Map.entry("data_export_file", "the names of tables"),
          Map.entry("directory_request", "addresses without their query, and no name"),
          Map.entry("directory_token", "a hash"),
          Map.entry("erased_workspace", "ids, signed"),
          Map.entry("erasure", "ids, signed"),
          Map.entry("hibob_connection", "what a service user signs in with, sealed"),
          Map.entry("absence_source_maker", "ids"),
          Map.entry("holiday_region", "a country's code"),
          Map.entry("hibob_match", "ids"),
          Map.entry("key_destruction", "ids, signed"),
          Map.entry("limit_use", "a hash"),
          Map.entry("provisioned_user", "ids"),
          Map.entry("public_board", "a hash"),
          Map.entry("recovery", "ids"),
          Map.entry("calendar_feed", "a hash"),
          Map.entry("rotation_departure", "an account's id"),
          Map.entry("chat_ability", "a network's and an ability's name, of a fixed list"),
          Map.entry("rotation_layer", "settings and an account's id"),
          Map.entry("rotation_told", "an account's id"),
          Map.entry("absence_answer", "an account's id"),
          Map.entry("rotation_telling", "settings"),
          Map.entry("shift_instead", "an account's id"),
          Map.entry("shift_answer", "an account's id"),
          Map.entry("temporary_shift", "an account's id"),
          Map.entry("sandbox_channel", "letters and digits, for a channel of nobody's"),
          Map.entry("scim_group_member", "ids"),
          Map.entry("webhook_endpoint", "sealed, and opened by the API and exports"));

  @Autowired ApiWorlds worlds;
  @Autowired Held held;
  @Autowired PrivacySettings settings;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Keys keys;
  @Autowired JdbcClient jdbc;
  @Autowired ServletWebServerApplicationContext server;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String name = "Pia Planted " + mark;

  /// An id, which the audit log and the ledger keep.
  private final String account = "U1-" + UUID.randomUUID().toString().substring(0, 8);

  private Receiver receiver;
  private JsonNode document;
  private ApiThings things;
  private String directoryToken = "";
  private ApiWorld world;
  private Workspace workspace;

  @BeforeEach
  void aWorkspaceWithOneOfEach() throws IOException {
    receiver = new Receiver();
    document = JsonMapper.shared().readTree(worlds.http().get("/api/v1/openapi.json").body());
    world = worlds.fresh();
    workspace = world.workspace();
    things = new ApiThings(world, receiver.url()).withAll();
  }

  @AfterEach
  void nobodyListens() {
    receiver.close();
  }

  @Test
  void ofAPersonNothingIsLeft(CapturedOutput output) throws IOException {
    TestPeople.Someone pia = somebodyWithAPast();
    String exported = export("workspace");
    assertThat(contentOf(exported)).contains(name, "note-" + mark);
    assertThat(Traces.answersWith(things, document, name)).isNotEmpty();
    Set<String> tables = new TreeSet<>(Everywhere.tablesWith(mark));
    Traces.analyze(tables);
    assertThat(Traces.databaseFilesWith(name)).isNotEmpty();

    String username = world.owner().read("/people/" + pia.id()).path("username").asString();
    erased("/erasures/people/" + pia.id(), username);

    assertThat(Everywhere.tablesWith(mark)).isEmpty();
    assertThat(Everywhere.tablesWith(account)).isSubsetOf("audit_entry");
    assertThat(
            world
                .send(world.signedIn(), "GET", "/exports/" + exported + "/archive", "")
                .statusCode())
        .isIn(404, 409);
    assertThat(contentOf(export("workspace"))).doesNotContain(name, "note-" + mark);
    assertThat(Traces.answersWith(things, document, mark)).isEmpty();
    nowhereElse(mark, tables, output);
  }

  @Test
  void ofSomebodyWhomTheDirectorySentNothingIsLeft(CapturedOutput output) throws IOException {
    String user = directory();
    Set<String> tables = new TreeSet<>(Everywhere.tablesWith(mark));
    assertThat(tables).contains("scim_user", "scim_user_email", "member");
    Traces.analyze(tables);
    scim("DELETE", "/Users/" + user, "");
    String person = world.owner().read("/people?find=sent-" + mark).at("/items/0/id").asString();
    erased("/erasures/people/" + person, "sent-" + mark);
    assertThat(Everywhere.tablesWith("sent-" + mark)).isEmpty();
    assertThat(contentOf(export("workspace"))).doesNotContain("sent-" + mark);
    assertThat(Traces.answersWith(things, document, "sent-" + mark)).isEmpty();
    nowhereElse("sent-" + mark, tables, output);
  }

  @Test
  void ofAnAppNothingIsLeft(CapturedOutput output) throws IOException {
    somebodyWithAPast();
    String rotation = "Support " + world.mark();
    Set<String> tables = new TreeSet<>(Everywhere.tablesWith(rotation));
    assertThat(tables).contains("rotation");
    Traces.analyze(tables);
    erased("/erasures/apps/rotations", workspace.slug() + "/rotations");
    assertThat(Everywhere.tablesWith(rotation)).isEmpty();
    assertThat(contentOf(export("workspace"))).doesNotContain(rotation, "note-" + mark);
    assertThat(Traces.answersWith(things, document, rotation)).isEmpty();
    nowhereElse(rotation, tables, output);
  }

  @Test
  void ofAWorkspaceNothingIsLeft(CapturedOutput output) {
    Planted planted = Planted.into(workspace.id());
    // Somebody without a place anywhere, whom the installation forgets by itself: SweepsTest.
    workspaces.forInstallation(() ->
        jdbc.sql("delete from person where strpos(person::text, ?) > 0")
            .param(planted.text())
            .update());
    Set<String> tables = new TreeSet<>(Everywhere.tablesWith(world.mark()));
    tables.add("person");
    tables.addAll(Everywhere.tablesWith(planted.text()));
    Traces.analyze(tables);

    String path = "/api/v1/workspaces/" + workspace.slug();
    assertThat(
            world
                .send(
                    world.signedIn(),
                    "POST",
                    "/erasures/workspace",
                    "{\"confirm\":\"" + workspace.slug() + "\"}")
                .statusCode())
        .isEqualTo(202);
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> workspaces.bySlug(workspace.slug()).isEmpty());

    assertThat(
            world.http().get(path, "Authorization", "Bearer " + world.owner().token()).statusCode())
        .isBetween(400, 499);
    for (String text : List.of(world.mark(), planted.text())) {
      assertThat(Everywhere.tablesWith(text)).isEmpty();
    }
    nowhereElse(world.mark(), tables, output);
    nowhereElse(planted.text(), tables, output);
  }

  /// Somebody who signed on, has a chat account, wrote a note, said something, has a program, and a
  /// session in a browser of a name of its own.
  private TestPeople.Someone somebodyWithAPast() {
    TestPeople.Someone pia = people.signedIn(workspace, name, Role.MEMBER);
    ErasureWorld past = new ErasureWorld(workspaces, connections, keys, jdbc);
    past.account(past.rotation(workspace), pia.id(), account, name, "note-" + mark);
    tokens.make(
        new Viewer(pia.id(), name, workspace.id(), workspace.slug(), Set.of(Role.MEMBER)),
        "program-" + mark,
        Set.of("people:read"),
        null);
    workspaces.forInstallation(() ->
        jdbc.sql("update session set client = ? where person_id = ?")
            .params("browser-" + mark, pia.id().value())
            .update());
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("update member set email = ?, name = ? where person_id = ?")
                .params("pia-" + mark + "@planted.example", name, pia.id().value())
                .update());
    return pia;
  }

  /// A directory with a name of its own sends somebody in a group, and once too often.
  ///
  /// @return the user's id
  private String directory() throws IOException {
    ApiWorld.done(
        world
            .owner()
            .send(
                "PUT",
                "/sign-on-groups",
                "{\"name\":\"crew-%s\",\"roles\":[\"MEMBER\"]}".formatted(mark)));
    String page =
        world
            .http()
            .post(
                "/w/" + workspace.slug() + "/directory",
                Map.of("name", "Directory " + mark, "_csrf", world.signedIn().csrf()),
                "Cookie",
                "bothy-session=" + world.signedIn().token())
            .body();
    Matcher token = Pattern.compile("bothy_scim_[A-Za-z0-9_-]{43}").matcher(page);
    assertThat(token.find()).isTrue();
    directoryToken = token.group();
    String user =
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],"
            + "\"userName\":\"sent-%1$s\",\"displayName\":\"Sven sent-%1$s\","
            + "\"emails\":[{\"value\":\"sent-%1$s@planted.example\",\"type\":\"work\"}]}";
    String id =
        JsonMapper.shared()
            .readTree(scim("POST", "/Users", user.formatted(mark)))
            .path("id")
            .asString();
    scim("POST", "/Users", user.formatted(mark));
    scim("GET", "/Users?filter=userName%20eq%20%22sent-" + mark + "%22", "");
    scim(
        "POST",
        "/Groups",
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],"
            + "\"displayName\":\"Crew-%s\",\"members\":[{\"value\":\"%s\"}]}".formatted(mark, id));
    return id;
  }

  private String scim(String method, String path, String body) {
    return world
        .http()
        .send(method, "/scim/v2" + path, body, "Authorization", "Bearer " + directoryToken)
        .body();
  }

  private void erased(String path, String word) {
    String id =
        ApiWorld.done(world.send(world.signedIn(), "POST", path, "{\"confirm\":\"" + word + "\"}"))
            .path("id")
            .asString();
    await()
        .atMost(PATIENCE)
        .until(() ->
            world.send(world.signedIn(), "GET", "/erasures/" + id + "/receipt", "").statusCode()
                == 200);
  }

  private void nowhereElse(String text, Set<String> tables, CapturedOutput output) {
    assertThat(output.getAll()).as("the log").doesNotContain(text);
    assertThat(worlds.http().get("/actuator/prometheus").body()).doesNotContain(text);
    Path base =
        ((TomcatWebServer) Objects.requireNonNull(server.getWebServer()))
            .getTomcat()
            .getServer()
            .getCatalinaBase()
            .toPath();
    assertThat(Traces.filesWith(base, text)).as("the server's folder").isEmpty();
    // What PostgreSQL regards as free is free once a DBA had it written anew:
    // docs/reference/erasure.md.
    Traces.rewrite(tables);
    assertThat(Traces.databaseFilesWith(text)).as("PostgreSQL's files").isEmpty();
    assertThat(Traces.statisticsWith(text)).as("the planner's examples").isEmpty();
  }

  private String export(String about) {
    String id =
        ApiWorld.done(
                world.send(
                    world.signedIn(),
                    "POST",
                    "/exports",
                    "{\"about\":\"" + about + "\",\"person\":null}"))
            .path("id")
            .asString();
    await()
        .atMost(PATIENCE)
        .until(() ->
            world.send(world.signedIn(), "GET", "/exports/" + id, "").body().contains("\"READY\""));
    return id;
  }

  private String contentOf(String export) throws IOException {
    byte[] archive =
        world
            .http()
            .getBytes(
                "/api/v1/workspaces/" + workspace.slug() + "/exports/" + export + "/archive",
                "Cookie",
                "bothy-session=" + world.signedIn().token())
            .body();
    StringBuilder all = new StringBuilder();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      while (zip.getNextEntry() != null) {
        all.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  @Test
  void everyTableThatCanHoldTextIsPlantedOrSaysWhyNot() throws IOException {
    somebodyWithAPast();
    directory();
    Planted planted = Planted.into(workspace.id());
    Set<String> found = new HashSet<>(Everywhere.tablesWith(mark));
    found.addAll(Everywhere.tablesWith(account));
    found.addAll(Everywhere.tablesWith(world.mark()));
    found.addAll(Everywhere.tablesWith(planted.text()));
    Set<String> rest = held.tables().map(HeldTable::table).collect(Collectors.toSet());
    rest.removeAll(found);
    assertThat(rest).containsExactlyInAnyOrderElementsOf(WITHOUT_TEXT.keySet());
  }
}
