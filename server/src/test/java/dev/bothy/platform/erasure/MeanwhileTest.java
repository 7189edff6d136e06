package dev.bothy.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.dataexport.DataExport;
import dev.bothy.platform.dataexport.DataExport.State;
import dev.bothy.platform.dataexport.Exports;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.AccountsOfPerson;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What others do between two steps of an erasure.
@BothyTest
class MeanwhileTest {
  @Autowired ErasureTable table;
  @Autowired ErasureWork work;
  @Autowired AccountsOfPerson accounts;
  @Autowired Exports exports;
  @Autowired TestPeople people;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired Connections connections;
  @Autowired Keys keys;
  @Autowired TestClock clock;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String name = "Pia Planted " + mark;
  private Workspace workspace;
  private TestPeople.Someone owner;
  private TestPeople.Someone pia;

  @BeforeEach
  void somebodyWhoWroteSomething() {
    ErasureWorld world = new ErasureWorld(workspaces, connections, keys, jdbc);
    workspace = TestWorkspaces.fresh(workspaces);
    owner = people.signedIn(workspace, "Olga Owner", Role.OWNER);
    pia = people.signedIn(workspace, name, Role.MEMBER);
    world.account(world.rotation(workspace), pia.id(), "U1-" + mark, name, "note of " + mark);
  }

  @Test
  void anExportThatIsMadeWhileRowsStillGoIsWithdrawnToo() {
    UUID erasure = begun(new ErasureTarget.OfPerson(pia.id()));
    goOnPast(erasure, PersonSteps.IDENTITY);
    UUID export = exported();
    finish(erasure);
    assertThat(stateOf(export)).isEqualTo(State.WITHDRAWN);
  }

  @Test
  void exportsWithAnAppThatIsErasedAreWithdrawn() {
    UUID before = exported();
    UUID erasure = begun(new ErasureTarget.OfApp("rotations"));
    goOnPast(erasure, PersonSteps.ROWS + "rotations");
    assertThat(stateOf(before)).isEqualTo(State.WITHDRAWN);
    finish(erasure);
  }

  @Test
  void whoGetsAPlaceAgainWhileTheirRowsGoIsErasedAllTheSame() {
    UUID erasure = begun(new ErasureTarget.OfPerson(pia.id()));
    goOnPast(erasure, PersonSteps.IDENTITY);
    // Their first request after that: sign-on still says that they are a member.
    people.assign(workspace, pia.id(), Role.MEMBER);
    finish(erasure);
    assertThat(Everywhere.tablesWith(name)).isEmpty();
    assertThat(row(erasure).notes()).noneMatch(note -> note.contains("another workspace"));
  }

  @Test
  void whoAskedForAnErasureIsNotShownTheAccountsInAnExportOfTheirs() throws IOException {
    begun(new ErasureTarget.OfPerson(pia.id()));
    DataExport export = ((Exports.Requested.Begun) exports.request(viewer(), owner.id())).export();
    await().atMost(Duration.ofSeconds(30)).until(() -> stateOf(export.id()) == State.READY);
    String shown = fileOf(export.id(), "json/erasure/erasure.json");
    assertThat(shown).contains(pia.id().toString()).doesNotContain("U1-" + mark);
  }

  private String fileOf(UUID export, String name) throws IOException {
    Exports.Archive archive = exports.archive(viewer(), export, false).orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    exports.write(archive, 0, archive.size(), bytes);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ZipEntry entry;
      while ((entry = zip.getNextEntry()) != null) {
        if (entry.getName().equals(name)) {
          return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    throw new AssertionError("No " + name);
  }

  /// Without an entry in the schedule, so that nobody but the test goes on with it.
  private UUID begun(ErasureTarget target) {
    UUID id = Ids.next(clock);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            table.insert(
                new ErasureRow(
                    workspace.id(),
                    id,
                    target,
                    owner.id(),
                    clock.instant(),
                    target instanceof ErasureTarget.OfPerson
                        ? accounts.everyAccountOf(pia.id())
                        : List.of(),
                    work.steps(target).getFirst(),
                    new TreeMap<>(),
                    List.of(),
                    null,
                    null,
                    null)));
    return id;
  }

  private ErasureRow row(UUID erasure) {
    return workspaces.inWorkspace(workspace.id(), () -> table.find(erasure)).orElseThrow();
  }

  private void goOnPast(UUID erasure, String step) {
    while (row(erasure).step().equals(step)) {
      work.advance(workspace.id(), erasure);
    }
  }

  private void finish(UUID erasure) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> work.advance(workspace.id(), erasure) instanceof ErasureWork.Advance.Done);
  }

  private Viewer viewer() {
    return new Viewer(
        owner.id(), owner.name(), workspace.id(), workspace.slug(), Set.of(Role.OWNER));
  }

  private UUID exported() {
    DataExport export = ((Exports.Requested.Begun) exports.request(viewer(), null)).export();
    await().atMost(Duration.ofSeconds(30)).until(() -> stateOf(export.id()) == State.READY);
    return export.id();
  }

  private State stateOf(UUID export) {
    return exports.find(viewer(), export).orElseThrow().state();
  }
}
