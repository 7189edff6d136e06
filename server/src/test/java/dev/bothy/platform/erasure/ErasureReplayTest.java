package dev.bothy.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.privacy.PrivacySettings;
import dev.bothy.platform.retention.Sweeps;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the ledger is for: a database that was restored from before does it again.
@BothyTest
class ErasureReplayTest {
  private static final List<String> RESTORED =
      List.of(
          "person",
          "member",
          "chat_account",
          "chat_link",
          "rotation_participant",
          "shift",
          "handoff",
          "handoff_note");

  @Autowired Erasures erasures;
  @Autowired ErasureTable table;
  @Autowired ErasureReplay replay;
  @Autowired Sweeps sweeps;
  @Autowired PrivacySettings settings;
  @Autowired TestPeople people;
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Keys keys;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String name = "Pia Planted " + mark;
  private Workspace workspace;
  private TestPeople.Someone owner;
  private PersonId pia;

  @BeforeEach
  void somebodyWithAPast() {
    workspace = TestWorkspaces.fresh(workspaces);
    owner = people.signedIn(workspace, "Olga Owner", Role.OWNER);
    pia = people.signedIn(workspace, name, Role.MEMBER).id();
    ErasureWorld world = new ErasureWorld(workspaces, connections, keys, jdbc);
    ErasureWorld.Rotation desk = world.rotation(workspace);
    world.account(desk, pia, "U1-" + mark, name, "note of " + mark);
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void whatARestoreBringsBackGoesAgain() throws Exception {
    Map<String, List<String>> backup = backup();
    Erasure done = erased();
    assertThat(Everywhere.tablesWith(name)).isEmpty();
    restore(backup, done.id());
    assertThat(Everywhere.tablesWith(name)).contains("person", "chat_account");
    assertThat(Everywhere.tablesWith("U1-" + mark)).contains("shift", "chat_link");

    assertThat(replayOf(done.id())).isInstanceOf(ErasureReplay.Replayed.Again.class);
    assertThat(Everywhere.tablesWith(name)).isEmpty();
    assertThat(Everywhere.tablesWith("U1-" + mark)).isSubsetOf("audit_entry");
    assertThat(replayOf(done.id())).isInstanceOf(ErasureReplay.Replayed.Known.class);
  }

  @Test
  void aReplayInTheMiddleOfASweepLeavesNothingToEither() throws Exception {
    Map<String, List<String>> backup = backup();
    Erasure done = erased();
    restore(backup, done.id());
    clock.advance(Duration.ofDays(31));
    List<ErasureReplay.Replayed> replayed = new ArrayList<>();
    sweeps.of(
        workspace.id(),
        (_, _) -> {
          if (replayed.isEmpty()) {
            replayed.add(replayOf(done.id()));
          }
        });
    assertThat(replayed).singleElement().isInstanceOf(ErasureReplay.Replayed.Again.class);
    assertThat(Everywhere.tablesWith(name)).isEmpty();
    assertThat(Everywhere.tablesWith("U1-" + mark)).isSubsetOf("audit_entry");
    assertThat(sweeps.of(workspace.id(), (_, _) -> {}).rowsByTable()).isEmpty();
  }

  @Test
  void whatIsUnderWayByAnotherIdIsNotSaidToBeDone() throws Exception {
    Map<String, List<String>> backup = backup();
    Erasure done = erased();
    restore(backup, done.id());
    UUID other = plantRunning();
    assertThat(replayOf(done.id())).isInstanceOf(ErasureReplay.Replayed.Again.class);
    assertThat(Everywhere.tablesWith(name)).isEmpty();
    assertThat(find(done.id()).isDone()).isTrue();
    assertThat(find(other).isDone()).isTrue();
  }

  /// Another erasure of the same person, in no schedule.
  private UUID plantRunning() {
    UUID id = Ids.next(clock);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            table.insert(
                new ErasureRow(
                    workspace.id(),
                    id,
                    new ErasureTarget.OfPerson(pia),
                    null,
                    clock.instant(),
                    List.of(),
                    PersonSteps.IDENTITY,
                    new TreeMap<>(),
                    List.of(),
                    null,
                    null,
                    null)));
    return id;
  }

  @Test
  void theLedgerHasIdsAlone() throws IOException {
    Erasure done = erased();
    String text = Files.readString(file(done));
    assertThat(text)
        .contains(pia.toString(), "U1-" + mark, workspace.id().toString())
        .doesNotContain(name)
        .doesNotContain("note of");
    assertThat(SignedDocument.read(text).holds()).isTrue();
    try (var left = Files.list(file(done).getParent())) {
      assertThat(left.filter(each -> each.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  @Test
  void aFileThatSomebodyChangedIsRefused() throws Exception {
    Map<String, List<String>> backup = backup();
    Erasure done = erased();
    String text = Files.readString(file(done));
    restore(backup, done.id());
    Files.writeString(file(done), text.replace(pia.toString(), owner.id().toString()));
    assertThat(replayOf(done.id())).isInstanceOf(ErasureReplay.Replayed.Refused.class);
    Files.writeString(file(done), "nonsense");
    assertThat(replayOf(done.id())).isInstanceOf(ErasureReplay.Replayed.Refused.class);
    Files.writeString(file(done), text);
    assertThat(replayOf(done.id())).isInstanceOf(ErasureReplay.Replayed.Again.class);
  }

  @Test
  void nothingIsErasedBeforeItStandsInTheLedger() throws IOException {
    Path ledger = Objects.requireNonNull(settings.ledger()).resolve("erasures");
    Path aside = ledger.resolveSibling("aside-" + mark);
    Files.createDirectories(ledger);
    Files.move(ledger, aside);
    Files.writeString(ledger, "in the way");
    UUID id;
    try {
      id = begin();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> find(id).state() instanceof Erasure.State.Waiting);
      assertThat(((Erasure.State.Waiting) find(id).state()).why()).contains("ledger");
      assertThat(Everywhere.tablesWith(name)).contains("person", "chat_account");
    } finally {
      Files.delete(ledger);
      Files.move(aside, ledger);
    }
    clock.advance(Duration.ofSeconds(11));
    await().atMost(Duration.ofSeconds(30)).until(() -> find(id).isDone());
    assertThat(Everywhere.tablesWith(name)).isEmpty();
  }

  private ErasureReplay.Replayed replayOf(UUID id) {
    return replay.replay().stream()
        .filter(each -> each.file().contains(id.toString()))
        .findFirst()
        .orElseThrow();
  }

  private Path file(Erasure done) {
    return Objects.requireNonNull(settings.ledger())
        .resolve("erasures")
        .resolve(String.valueOf(done.requestedAt().atZone(ZoneOffset.UTC).getYear()))
        .resolve(done.id() + ".json");
  }

  private UUID begin() {
    Erasures.Outcome outcome =
        workspaces.inWorkspace(workspace.id(), () -> erasures.ofPerson(pia, owner.id()));
    return ((Erasures.Outcome.Begun) outcome).erasure().id();
  }

  private Erasure find(UUID id) {
    return workspaces.inWorkspace(workspace.id(), () -> erasures.find(id)).orElseThrow();
  }

  private Erasure erased() {
    UUID id = begin();
    await().atMost(Duration.ofSeconds(30)).until(() -> find(id).isDone());
    return find(id);
  }

  private Map<String, List<String>> backup() throws SQLException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    try (Connection superuser = TestDatabase.shared().connect("postgres")) {
      for (String table : RESTORED) {
        try (PreparedStatement read =
            superuser.prepareStatement(
                "select to_jsonb(t)::text from bothy."
                    + table
                    + " t where t::text like ? or t::text like ?")) {
          read.setString(1, "%" + pia + "%");
          read.setString(2, "%U1-" + mark + "%");
          try (ResultSet row = read.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
              found.add(row.getString(1));
            }
            rows.put(table, found);
          }
        }
      }
    }
    return rows;
  }

  /// The backup knows nothing of the erasure either.
  private void restore(Map<String, List<String>> backup, UUID erasure) throws SQLException {
    try (Connection superuser = TestDatabase.shared().connect("postgres")) {
      try (PreparedStatement forget =
          superuser.prepareStatement("delete from bothy.erasure where id = ?")) {
        forget.setObject(1, erasure);
        forget.execute();
      }
      try (PreparedStatement forget =
          superuser.prepareStatement("delete from bothy.shift where workspace_id = ?")) {
        forget.setObject(1, workspace.id().value());
        forget.execute();
      }
      try (PreparedStatement forget =
          superuser.prepareStatement("delete from bothy.person where id = ?")) {
        forget.setObject(1, pia.value());
        forget.execute();
      }
      for (Map.Entry<String, List<String>> table : backup.entrySet()) {
        for (String row : table.getValue()) {
          try (PreparedStatement insert =
              superuser.prepareStatement(
                  "insert into bothy."
                      + table.getKey()
                      + " select * from jsonb_populate_record(null::bothy."
                      + table.getKey()
                      + ", ?::jsonb)")) {
            insert.setString(1, row);
            insert.execute();
          }
        }
      }
    }
  }
}
