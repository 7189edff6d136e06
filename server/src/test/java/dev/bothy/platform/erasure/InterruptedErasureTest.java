package dev.bothy.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.privacy.AccountsOfPerson;
import dev.bothy.platform.privacy.PrivacySettings;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Erasures of which each step fails once before it begins and once when all of it is written, as
/// if the server had crashed there; and those that two servers do at the same time.
@BothyTest
class InterruptedErasureTest {
  @Autowired List<Steps> steps;
  @Autowired ErasureTable table;
  @Autowired ErasureLedger ledger;
  @Autowired ErasureReceipts receipts;
  @Autowired ErasedWorkspaces erased;
  @Autowired AccountsOfPerson accounts;
  @Autowired Schedule schedule;
  @Autowired TestPeople people;
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Keys keys;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;
  @Autowired PrivacySettings settings;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String name = "Pia Planted " + mark;
  private final List<String> crashes = new ArrayList<>();
  private ErasureWorld world;
  private ErasureWork work;
  private Workspace workspace;
  private TestPeople.Someone pia;
  private ErasureWorld.Rotation desk;

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Fails where it has not failed before.
  private final class Crashing implements Steps {
    private final Steps real;
    private final Set<String> seen = new HashSet<>();

    Crashing(Steps real) {
      this.real = real;
    }

    private void crash(String where) {
      if (seen.add(where)) {
        crashes.add(where);
        throw new Crash();
      }
    }

    @Override
    public String kind() {
      return real.kind();
    }

    @Override
    public List<String> names(ErasureTarget target) {
      return real.names(target);
    }

    @Override
    public void prepare(WorkspaceId inside, ErasureRow row) {
      crash("before " + row.step());
      real.prepare(inside, row);
      crash("prepared " + row.step());
    }

    @Override
    public Progress run(ErasureRow row, Instant now) {
      Progress progress = real.run(row, now);
      crash("in " + row.step());
      return progress;
    }
  }

  /// Another server goes on between this one's look at the work and its turn, until the next step
  /// is the one that is done outside of the workspace.
  private final class Overtaken implements Steps {
    private final Steps real;

    Overtaken(Steps real) {
      this.real = real;
    }

    @Override
    public String kind() {
      return real.kind();
    }

    @Override
    public List<String> names(ErasureTarget target) {
      return real.names(target);
    }

    @Override
    public void prepare(WorkspaceId inside, ErasureRow row) {
      real.prepare(inside, row);
      if (row.step().equals(PersonSteps.IDENTITY)) {
        ErasureWork other = server(steps);
        while (!stepOf(row.id()).equals(PersonSteps.INSTALLATION)) {
          other.advance(inside, row.id());
        }
      }
    }

    @Override
    public Progress run(ErasureRow row, Instant now) {
      return real.run(row, now);
    }
  }

  private String stepOf(UUID id) {
    return workspaces.inWorkspace(workspace.id(), () -> table.find(id)).orElseThrow().step();
  }

  private ErasureWork server(List<Steps> does) {
    return new ErasureWork(does, table, ledger, receipts, schedule, workspaces, clock);
  }

  @BeforeEach
  void somebodyWithAPast() {
    world = new ErasureWorld(workspaces, connections, keys, jdbc);
    work = server(steps.stream().<Steps>map(Crashing::new).toList());
    workspace = TestWorkspaces.fresh(workspaces);
    people.signedIn(workspace, "Olga Owner", Role.OWNER);
    pia = people.signedIn(workspace, name, Role.MEMBER);
    desk = world.rotation(workspace);
    world.account(desk, pia.id(), "U1-" + mark, name, "note of " + mark);
    workspaces.inWorkspace(workspace.id(), () -> world.shifts(desk, "U1-" + mark, 12_000));
  }

  @Test
  void aPersonIsErasedWhateverCrashes() {
    ErasureTarget target = new ErasureTarget.OfPerson(pia.id());
    UUID id = begin(target);
    goOn(id);
    assertThat(crashes).hasSize(3 * work.steps(target).size());
    assertThat(Everywhere.tablesWith(name)).isEmpty();
    assertThat(Everywhere.tablesWith("U1-" + mark)).isSubsetOf("audit_entry");
    ErasureRow done = workspaces.inWorkspace(workspace.id(), () -> table.find(id)).orElseThrow();
    assertThat(done.counts())
        .containsEntry("shift", 12_003L)
        .containsEntry("member", 1L)
        .containsEntry("person", 1L);
    assertThat(done.accounts()).isEmpty();
  }

  @Test
  void anAppIsErasedWhateverCrashes() {
    ErasureTarget target = new ErasureTarget.OfApp("rotations");
    UUID id = begin(target);
    goOn(id);
    assertThat(crashes).hasSize(3 * work.steps(target).size());
    assertThat(world.accountsIn(desk, "shift", "account")).isEmpty();
    assertThat(world.accountsIn(desk, "rotation", "name")).isEmpty();
    assertThat(world.accountsIn(desk, "chat_account", "account")).hasSize(1);
    assertThat(workspaces.inWorkspace(workspace.id(), () -> receipts.document(id)).orElseThrow())
        .contains("bothy.key-destruction");
  }

  @Test
  void aWorkspaceIsErasedWhateverCrashesAndNoRowOfItIsLeft() {
    ErasureTarget target = new ErasureTarget.OfWorkspace();
    UUID id = begin(target);
    goOn(id);
    assertThat(crashes).hasSizeGreaterThanOrEqualTo(3 * work.steps(target).size());
    assertThat(Everywhere.tablesWith(name)).isEmpty();
    assertThat(Everywhere.tablesWith(workspace.id().toString()))
        .isSubsetOf("erased_workspace", "audit_emptied", "lane", "scheduled_item");
    assertThat(workspaces.bySlug(workspace.slug())).isEmpty();
    String receipt =
        workspaces
            .forInstallation(() -> erased.signed(workspace.id()).map(receipts::document))
            .orElseThrow();
    assertThat(SignedDocument.read(receipt).holds()).isTrue();
    assertThat(receipt).contains("bothy.key-destruction").contains("audit_entry");
    assertThat(
            Objects.requireNonNull(settings.ledger())
                .resolve("erasures")
                .resolve(String.valueOf(clock.instant().atZone(ZoneOffset.UTC).getYear()))
                .resolve(id + ".receipt.json"))
        .hasContent(receipt);
  }

  @Test
  void noStepIsLeftOutWhenTwoServersEraseTheSamePerson() {
    work = server(steps.stream().<Steps>map(Overtaken::new).toList());
    UUID id = begin(new ErasureTarget.OfPerson(pia.id()));
    goOn(id);
    assertThat(Everywhere.tablesWith(name)).isEmpty();
    assertThat(Everywhere.tablesWith("U1-" + mark)).isSubsetOf("audit_entry");
  }

  /// In no schedule, so that the running server leaves it alone.
  private UUID begin(ErasureTarget target) {
    UUID id = Ids.next(clock);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            table.insert(
                new ErasureRow(
                    workspace.id(),
                    id,
                    target,
                    null,
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

  private void goOn(UUID id) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < end) {
      try {
        if (work.advance(workspace.id(), id) instanceof ErasureWork.Advance.Done) {
          return;
        }
      } catch (Crash e) {
        // Whoever comes next goes on.
      }
    }
    throw new AssertionError("Not done; it crashed at " + crashes);
  }
}
