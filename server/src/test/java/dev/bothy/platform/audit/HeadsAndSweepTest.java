package dev.bothy.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.audit.Verification.Broken;
import dev.bothy.platform.audit.Verification.Fault;
import dev.bothy.platform.audit.Verification.Intact;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.storage.Storage;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The head that is kept outside of the database, and the log's own clock.
@BothyTest
class HeadsAndSweepTest {
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired AuditRows rows;
  @Autowired Origins origins;
  @Autowired Linker linker;
  @Autowired JsonMapper json;
  @Autowired Clock clock;
  @TempDir Path ledger;

  private WorkspaceId workspace = new WorkspaceId(new UUID(0, 0));
  private Duration kept = RetentionClock.AUDIT.shortest();

  @BeforeEach
  void freshWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  @Test
  void theHeadIsKeptInAFileOfItsDay() throws Exception {
    write(3, Duration.ZERO);
    care().careFor(workspace);
    Path file =
        ledger
            .resolve("audit-heads")
            .resolve(workspace.toString())
            .resolve(clock.instant().atZone(ZoneOffset.UTC).toLocalDate() + ".json");
    assertThat(json.readTree(Files.readString(file)).path("position").asLong()).isEqualTo(3);
    try (java.util.stream.Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    write(2, Duration.ZERO);
    care().careFor(workspace);
    assertThat(heads().newestKept(workspace))
        .hasValueSatisfying(head -> assertThat(head.position()).isEqualTo(5));
  }

  @Test
  void aHeadOfADayToComeHidesNoOther() throws Exception {
    write(3, Duration.ZERO);
    care().careFor(workspace);
    Path folder = ledger.resolve("audit-heads").resolve(workspace.toString());
    for (String day : List.of("2999-01-01", "2026-99-99")) {
      Files.writeString(
          folder.resolve(day + ".json"),
          json.writeValueAsString(new AuditHeads.Head(1, "0".repeat(64), clock.instant())));
    }
    assertThat(heads().newestKept(workspace))
        .hasValueSatisfying(head -> assertThat(head.position()).isEqualTo(3));
  }

  @Test
  void anEndThatWasCutOffShowsAgainstTheKeptHeadAlone() throws SQLException {
    write(5, Duration.ZERO);
    care().careFor(workspace);
    cutOffTheEnd();
    assertThat(chain(nothingKept()).verify(workspace)).isInstanceOf(Intact.class);
    assertThat(broken().fault()).isEqualTo(Fault.END_CUT);
    assertThat(broken().position()).isEqualTo(4);
    // It is not forgiven by keeping the shorter chain's head.
    care().careFor(workspace);
    assertThat(broken().fault()).isEqualTo(Fault.END_CUT);
    // Nor by what is written after it, in its place.
    write(4, Duration.ZERO);
    assertThat(broken().fault()).isEqualTo(Fault.HEAD_DIFFERS);
  }

  @Test
  void aRestoreIsForgivenUpToItsBackupAndWhatItLostIsPutAside() throws Exception {
    Instant yesterday = clock.instant().minus(Duration.ofDays(1));
    write(3, Duration.ZERO);
    linkAll();
    AuditHeads.Head early =
        workspaces.inWorkspace(workspace, () -> chain(heads()).head()).orElseThrow();
    heads()
        .keep(
            workspace,
            new AuditHeads.Head(early.position(), early.hash(), yesterday.minusSeconds(3600)));
    assertThat(care().leftBehind(workspace, yesterday)).isEmpty();
    write(2, Duration.ZERO);
    care().careFor(workspace);
    cutOffTheEnd();
    assertThat(broken().fault()).isEqualTo(Fault.END_CUT);

    assertThat(care().leftBehind(workspace, clock.instant().plus(Duration.ofHours(1))))
        .as("it was there when the backup was made")
        .isEmpty();
    assertThat(care().leftBehind(workspace, yesterday))
        .hasValueSatisfying(lost -> assertThat(lost.position()).isEqualTo(5));
    care().goOnFromHere(workspace, yesterday, "one");
    assertThat(chain(heads()).verify(workspace)).isInstanceOf(Intact.class);
    assertThat(care().leftBehind(workspace, yesterday)).isEmpty();
    try (java.util.stream.Stream<Path> files =
        Files.list(ledger.resolve("audit-heads").resolve(workspace.toString()))) {
      assertThat(files.filter(file -> file.toString().endsWith(".before-one.json"))).hasSize(1);
    }
    // Who cuts it off afterwards is found as before.
    write(2, Duration.ZERO);
    care().careFor(workspace);
    cutOffTheEnd();
    assertThat(broken().fault()).isEqualTo(Fault.END_CUT);
  }

  @Test
  void aRestoreDoesNotExplainALogThatDiffersBeforeItsBackup() throws SQLException {
    write(5, Duration.ZERO);
    care().careFor(workspace);
    Instant later = clock.instant().plus(Duration.ofMinutes(10));
    cutOffTheEnd();
    assertThat(care().leftBehind(workspace, later)).isEmpty();
    assertThat(broken().fault()).isEqualTo(Fault.END_CUT);
  }

  @Test
  void aChainMadeAnewShowsAgainstTheKeptHead() throws SQLException {
    write(5, Duration.ZERO);
    care().careFor(workspace);
    superuser(
        "update audit_entry set actor = 'x' where workspace_id = %W",
        "insert into audit_unlinked (workspace_id, entry_id) select workspace_id, entry_id"
            + " from audit_link where workspace_id = %W",
        "delete from audit_link where workspace_id = %W");
    linkAll();
    assertThat(chain(nothingKept()).verify(workspace)).isInstanceOf(Intact.class);
    assertThat(broken().fault()).isEqualTo(Fault.HEAD_DIFFERS);
  }

  @Test
  void whatIsOlderThanTheClockGoesAndTheChainHolds() {
    write(4, Duration.ofDays(100));
    write(3, Duration.ofDays(10));
    care().careFor(workspace);
    linkAll();
    assertThat(count("audit_entry")).isEqualTo(4);
    assertThat(count("audit_link")).isEqualTo(5);
    assertThat(chain(heads()).verify(workspace))
        .isInstanceOfSatisfying(
            Intact.class,
            intact -> {
              assertThat(intact.first()).isEqualTo(5);
              assertThat(intact.last()).isEqualTo(8);
            });
    AuditEntry swept =
        workspaces.inWorkspace(
            workspace, () -> audit(clock).page(AuditFilter.ALL, null, 1).entries().getFirst());
    assertThat(swept.action()).isEqualTo("audit.swept");
    assertThat(swept.details())
        .containsEntry("count", "4")
        .containsEntry("position", "4")
        .containsEntry("kept-days", "90");
  }

  @Test
  void theChainHoldsThroughASecondSweepAndOneThatTakesAll() {
    write(2, Duration.ofDays(400));
    kept = Duration.ofDays(365);
    care().careFor(workspace);
    assertThat(count("audit_link")).isEqualTo(1 + count("audit_entry") - count("audit_unlinked"));
    write(2, Duration.ofDays(100));
    kept = RetentionClock.AUDIT.shortest();
    care().careFor(workspace);
    linkAll();
    assertThat(chain(heads()).verify(workspace)).isInstanceOf(Intact.class);
  }

  @Test
  void nothingOlderMeansNothingIsDoneAndNothingLogged() {
    write(2, Duration.ofDays(89));
    care().careFor(workspace);
    linkAll();
    assertThat(count("audit_entry")).isEqualTo(2);
  }

  @Test
  void anOldEntryBehindAYoungOneWaitsForIt() {
    write(1, Duration.ofDays(100));
    write(1, Duration.ofDays(10));
    write(1, Duration.ofDays(100));
    care().careFor(workspace);
    linkAll();
    assertThat(count("audit_entry")).isEqualTo(3);
    assertThat(chain(heads()).verify(workspace)).isInstanceOf(Intact.class);
  }

  @Test
  void theDatabaseItselfRefusesAClockOfLessThanNinetyDays() {
    write(1, Duration.ofDays(100));
    kept = Duration.ofDays(89);
    assertThatThrownBy(() -> sweep().sweep(workspace))
        .rootCause()
        .hasMessageContaining("90 days at least");
    assertThat(count("audit_entry")).isEqualTo(1);
  }

  @Test
  void aBeginningThatNoSweepTookIsMissed() throws SQLException {
    write(4, Duration.ofDays(100));
    superuser(
        "delete from audit_entry where id in (select entry_id from audit_link"
            + " where workspace_id = %W and position <= 2)",
        "delete from audit_link where workspace_id = %W and position < 2");
    assertThat(broken().fault()).isEqualTo(Fault.START_CUT);
  }

  @Test
  void aDamagedEntryGoesWithItsTimeLikeTheOthers() throws SQLException {
    write(3, Duration.ofDays(100));
    write(1, Duration.ofDays(10));
    superuser(
        "delete from audit_entry where id in (select entry_id from audit_link"
            + " where workspace_id = %W and position = 2)");
    sweep().sweep(workspace);
    linkAll();
    assertThat(count("audit_entry")).isEqualTo(2);
    assertThat(chain(heads()).verify(workspace)).isInstanceOf(Intact.class);
  }

  @Test
  void anAddressIsForgottenAndTheChainHolds() throws SQLException {
    PersonId person = new PersonId(new UUID(0, 1));
    write(2, Duration.ZERO);
    byte[] salt = new byte[16];
    superuser(
        "update audit_entry set via = 'api', address = '192.0.2.7', address_salt = '\\x"
            + java.util.HexFormat.of().formatHex(salt)
            + "', address_digest = sha256(decode('"
            + java.util.HexFormat.of().formatHex(salt)
            + "', 'hex') || '192.0.2.7'::bytea) where workspace_id = %W",
        "insert into audit_unlinked (workspace_id, entry_id) select workspace_id, entry_id"
            + " from audit_link where workspace_id = %W",
        "delete from audit_link where workspace_id = %W");
    linkAll();
    assertThat(chain(heads()).verify(workspace)).isInstanceOf(Intact.class);
    assertThat(workspaces.inWorkspace(workspace, () -> audit(clock).forgetAddressesOf(person)))
        .isEqualTo(1);
    assertThat(chain(heads()).verify(workspace)).isInstanceOf(Intact.class);
    assertThat(count("audit_entry where address is not null")).isEqualTo(1);
    superuser(
        "update audit_entry set address = '192.0.2.8' where workspace_id = %W and address is not null");
    assertThat(broken().fault()).isEqualTo(Fault.ENTRY_CHANGED);
  }

  private void cutOffTheEnd() throws SQLException {
    superuser(
        "delete from audit_entry where id in (select entry_id from audit_link"
            + " where workspace_id = %W and position >= 4)",
        "delete from audit_link where workspace_id = %W and position >= 4");
  }

  private Broken broken() {
    Verification found = chain(heads()).verify(workspace);
    assertThat(found).isInstanceOf(Broken.class);
    return (Broken) found;
  }

  /// So many entries of this age, linked.
  private void write(int many, Duration age) {
    Audit then = audit(Clock.fixed(clock.instant().minus(age), ZoneOffset.UTC));
    for (int number = 1; number <= many; number++) {
      Actor actor = new Actor.Person(new PersonId(new UUID(0, number)));
      workspaces.inWorkspace(
          workspace,
          () -> then.record(actor, "tests.done", new Subject("tests.thing", "1"), Map.of()));
    }
    linkAll();
  }

  private void linkAll() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          linker.link(workspace);
          return count("audit_unlinked") == 0;
        });
  }

  private Audit audit(Clock at) {
    return new Audit(jdbc, workspaces, rows, origins, at);
  }

  private LedgerHeads heads() {
    return new LedgerHeads(ledger.toString(), Storage.none(), json, clock);
  }

  private LedgerHeads nothingKept() {
    return new LedgerHeads("", Storage.none(), json, clock);
  }

  private AuditChain chain(AuditHeads heads) {
    return new AuditChain(jdbc, workspaces, rows, heads, clock);
  }

  private AuditSweep sweep() {
    return new AuditSweep(jdbc, workspaces, () -> kept, audit(clock));
  }

  private ChainCare care() {
    return new ChainCare(
        chain(heads()), heads(), sweep(), linker, audit(clock), jdbc, workspaces, clock);
  }

  private long count(String what) {
    return workspaces.inWorkspace(
        workspace, () -> jdbc.sql("select count(*) from " + what).query(Long.class).single());
  }

  /// Whatever the owner of the database can do.
  private void superuser(String... statements) throws SQLException {
    try (Connection connection = TestDatabase.shared().connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = bothy");
      for (String each : statements) {
        statement.executeUpdate(each.replace("%W", "'" + workspace + "'"));
      }
    }
  }

  /// Kept times are exact to what JSON says.
  @Test
  void aKeptHeadReadsAsItWasWritten() {
    AuditHeads.Head head =
        new AuditHeads.Head(7, "ab".repeat(32), Instant.parse("2026-11-27T04:05:06.123456Z"));
    heads().keep(workspace, head);
    assertThat(heads().newestKept(workspace)).contains(head);
  }
}
