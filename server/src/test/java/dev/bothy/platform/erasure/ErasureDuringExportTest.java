package dev.bothy.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.privacy.AccountsOfPerson;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.ApiWorld;
import dev.bothy.testkit.ApiWorlds;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Somebody is erased while the workspace is exported: no archive is left that has them.
@BothyTest
class ErasureDuringExportTest {
  private static final String WHOLE = "{\"about\":\"workspace\",\"person\":null}";

  @Autowired ApiWorlds worlds;
  @Autowired ErasureWork work;
  @Autowired ErasureTable table;
  @Autowired AccountsOfPerson accounts;
  @Autowired TestPeople people;
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Keys keys;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private ApiWorld world;
  private Workspace workspace;
  private UUID erasure;

  @BeforeEach
  void anErasureThatIsToBegin() {
    world = worlds.fresh();
    workspace = world.workspace();
    TestPeople.Someone pia = people.signedIn(workspace, "Pia " + mark, Role.MEMBER);
    ErasureWorld past = new ErasureWorld(workspaces, connections, keys, jdbc);
    past.account(past.rotation(workspace), pia.id(), "U-" + mark, "Pia " + mark, "note " + mark);
    // In no schedule, so that the running server leaves it alone.
    erasure = Ids.next(clock);
    ErasureTarget target = new ErasureTarget.OfPerson(pia.id());
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            table.insert(
                new ErasureRow(
                    workspace.id(),
                    erasure,
                    target,
                    null,
                    clock.instant(),
                    accounts.everyAccountOf(pia.id()),
                    work.steps(target).getFirst(),
                    new TreeMap<>(),
                    List.of(),
                    null,
                    null,
                    null)));
  }

  @Test
  void anExportFromBeforeIsWithdrawnAsTheErasureBegins() {
    String export = export();
    assertThat(archive(export).statusCode()).isEqualTo(200);
    assertThat(work.advance(workspace.id(), erasure)).isInstanceOf(ErasureWork.Advance.More.class);
    assertThat(state(export)).isEqualTo("WITHDRAWN");
    assertThat(archive(export).statusCode()).isEqualTo(409);
    assertThat(parts()).isZero();
  }

  /// Who it is has gone, but not yet what there is much of.
  @Test
  void anExportFromWithinIsWithdrawnAsTheErasureEnds() {
    while (!step().startsWith(PersonSteps.ROWS)) {
      work.advance(workspace.id(), erasure);
    }
    String export = export();
    assertThat(archive(export).statusCode()).isEqualTo(200);
    while (!(work.advance(workspace.id(), erasure) instanceof ErasureWork.Advance.Done)) {
      assertThat(step()).isNotEmpty();
    }
    assertThat(state(export)).isEqualTo("WITHDRAWN");
    assertThat(archive(export).statusCode()).isEqualTo(409);
    assertThat(parts()).isZero();
  }

  @Test
  void anExportThatIsBeingMadeIsNotFinished() {
    String id =
        ApiWorld.done(world.send(world.signedIn(), "POST", "/exports", WHOLE))
            .path("id")
            .asString();
    assertThat(work.advance(workspace.id(), erasure)).isInstanceOf(ErasureWork.Advance.More.class);
    assertThat(state(id)).isEqualTo("WITHDRAWN");
    assertThat(parts()).isZero();
  }

  @Test
  void anExportWithWhatAnAppHeldIsWithdrawn() {
    String export = export();
    ApiWorld.done(
        world.send(
            world.signedIn(),
            "POST",
            "/erasures/apps/rotations",
            "{\"confirm\":\"" + workspace.slug() + "/rotations\"}"));
    await().atMost(Duration.ofSeconds(30)).until(() -> state(export).equals("WITHDRAWN"));
    assertThat(archive(export).statusCode()).isEqualTo(409);
    assertThat(parts()).isZero();
  }

  private String step() {
    return workspaces.inWorkspace(workspace.id(), () -> table.find(erasure)).orElseThrow().step();
  }

  private String export() {
    String id =
        ApiWorld.done(world.send(world.signedIn(), "POST", "/exports", WHOLE))
            .path("id")
            .asString();
    await().atMost(Duration.ofSeconds(30)).until(() -> state(id).equals("READY"));
    return id;
  }

  private String state(String export) {
    return ApiWorld.done(world.send(world.signedIn(), "GET", "/exports/" + export, ""))
        .path("state")
        .asString();
  }

  private HttpResponse<byte[]> archive(String export) {
    return world
        .http()
        .getBytes(
            "/api/v1/workspaces/" + workspace.slug() + "/exports/" + export + "/archive",
            "Cookie",
            "bothy-session=" + world.signedIn().token());
  }

  private int parts() {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> jdbc.sql("select count(*) from data_export_part").query(Integer.class).single());
  }
}
