package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Claims, with a kind of their own that no worker of the shared server knows.
@BothyTest
class LanesTest {
  private static final Duration LEASE = Duration.ofMinutes(5);

  @Autowired Lanes lanes;
  @Autowired WorkSettings settings;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  private final Kind work = new Kind("lanes-" + UUID.randomUUID());
  private List<WorkspaceId> three = List.of();

  @BeforeEach
  void threeWorkspaces() {
    three =
        Stream.generate(() -> TestWorkspaces.fresh(workspaces).id())
            .limit(3)
            .sorted((one, other) -> one.toString().compareTo(other.toString()))
            .toList();
  }

  private Lane lane(WorkspaceId workspace, String name) {
    return new Lane(workspace, Queue.INBOX, work.kind, name);
  }

  private void fill(WorkspaceId workspace, String... names) {
    workspaces.inWorkspace(
        workspace,
        () -> {
          for (String name : names) {
            lanes.fill(lane(workspace, name));
          }
        });
  }

  private Optional<Claim> claim(UUID after, WorkspaceId... busy) {
    return lanes.claim(work, after, List.of(busy), settings);
  }

  private void giveBack(Claim claim) {
    lanes.giveBackNow(claim, claim.lanes(), Map.of(), work);
  }

  @Test
  void workspacesTakeTurnsInTheOrderOfTheirIdsAndFromTheFirstAgain() {
    three.forEach(workspace -> fill(workspace, "a", "b"));
    UUID after = three.get(0).value();
    for (int turn : new int[] {1, 2, 0, 1}) {
      Claim claim = claim(after).orElseThrow();
      assertThat(claim.workspace()).isEqualTo(three.get(turn));
      assertThat(claim.lanes()).hasSize(2);
      after = claim.workspace().value();
      work.waiting.addAll(claim.lanes());
      giveBack(claim);
    }
  }

  @Test
  void aWorkspaceThatHasItsShareOfWorkersIsPassedOver() {
    three.forEach(workspace -> fill(workspace, "a"));
    assertThat(claim(three.get(0).value(), three.get(1)).orElseThrow().workspace())
        .isEqualTo(three.get(2));
    assertThat(claim(three.get(0).value(), three.get(0), three.get(1))).isEmpty();
  }

  @Test
  void whatIsClaimedOrNotYetReadyIsNotClaimedAgain() {
    fill(three.get(0), "a");
    Instant later = databaseTime().plus(Duration.ofHours(1));
    workspaces.inWorkspace(three.get(0), () -> lanes.fillAt(lane(three.get(0), "later"), later));
    Claim claim = claim(three.get(2).value()).orElseThrow();
    assertThat(claim.lanes()).containsExactly(lane(three.get(0), "a"));
    assertThat(claim(three.get(2).value())).isEmpty();
  }

  @Test
  void aLaneWhoseClaimRanOutIsClaimedAsInterrupted() {
    fill(three.get(0), "a", "b");
    Claim first = claim(three.get(2).value()).orElseThrow();
    lanes.giveBackNow(first, List.of(lane(three.get(0), "b")), Map.of(), filled("b"));
    endClaims(three.get(0));
    Claim second = claim(three.get(2).value()).orElseThrow();
    assertThat(second.lanes()).hasSize(2);
    assertThat(second.wasInterrupted(lane(three.get(0), "a"))).isTrue();
    assertThat(second.wasInterrupted(lane(three.get(0), "b"))).isFalse();
  }

  private Kind filled(String... names) {
    Kind kind = new Kind(work.kind);
    for (String name : names) {
      kind.waiting.add(lane(three.get(0), name));
    }
    return kind;
  }

  @Test
  void aTransactionThatCompletesUnderALostClaimLeavesNothing() {
    fill(three.get(0), "a");
    Claim lost = claim(three.get(2).value()).orElseThrow();
    endClaims(three.get(0));
    assertThat(claim(three.get(2).value())).isPresent();
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                three.get(0),
                () -> {
                  lanes.fill(lane(three.get(0), "its effect"));
                  lanes.fence(lost, lost.lanes());
                }))
        .isInstanceOf(LeaseLost.class);
    assertThat(names(three.get(0))).containsExactly("a");
  }

  @Test
  void aRenewedClaimGoesOnAndOneThatWasTakenOverIsLost() {
    fill(three.get(0), "a");
    Claim claim = claim(three.get(2).value()).orElseThrow();
    lanes.renew(claim, LEASE);
    assertThat(claim.isHeld()).isTrue();
    endClaims(three.get(0));
    assertThat(claim(three.get(2).value())).isPresent();
    lanes.renew(claim, LEASE);
    assertThat(claim.isHeld()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"PT-1H, false", "PT-2S, true", "PT0S, true", "PT2S, true", "PT1H, false"})
  void aProcessWhoseClockJumpedClaimsNothingOfTheSchedule(Duration off, boolean claims) {
    WorkSettings strict =
        new WorkSettings(
            1,
            1,
            LEASE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            Duration.ZERO,
            Duration.ofSeconds(30),
            1,
            1);
    Instant longAgo = databaseTime().minus(Duration.ofDays(1));
    workspaces.inWorkspace(three.get(0), () -> lanes.fillAt(lane(three.get(0), "a"), longAgo));
    work.now = databaseTime().plus(off);
    assertThat(lanes.claim(work, three.get(2).value(), List.of(), strict).isPresent())
        .isEqualTo(claims);
  }

  private Instant databaseTime() {
    return workspaces.forInstallation(() ->
        jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant());
  }

  /// PostgreSQL may run a locking subquery once for each row of a join: it then locks, and would
  /// claim, more lanes than its limit.
  @Test
  void aClaimNeverTakesMoreLanesThanItAsksForHoweverTheDatabasePlansIt() throws SQLException {
    String[] names =
        Stream.iterate(0, n -> n + 1).limit(200).map(n -> "n" + n).toArray(String[]::new);
    fill(three.get(0), names);
    try (Connection app = TestDatabase.shared().connect("bothy_app");
        Statement statement = app.createStatement()) {
      statement.execute("set search_path = bothy");
      statement.execute("set enable_hashjoin = off; set enable_mergejoin = off");
      statement.execute("set enable_material = off; set enable_memoize = off");
      statement.execute(
          "select * from claim('inbox', array['%s'], null, 30, 3, '%s', '{}', 300, gen_random_uuid())"
              .formatted(work.kind, three.get(2)));
    }
    long claimed =
        workspaces.inWorkspace(
            three.get(0),
            () ->
                jdbc.sql("select count(*) from lane where claim_token is not null")
                    .query(Long.class)
                    .single());
    assertThat(claimed).isEqualTo(3);
  }

  private Set<String> names(WorkspaceId workspace) {
    return new HashSet<>(
        workspaces.inWorkspace(
            workspace, () -> jdbc.sql("select name from lane").query(String.class).list()));
  }

  /// As time does.
  private void endClaims(WorkspaceId workspace) {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute(
          "update bothy.lane set claim_ends_at = now() where claim_token is not null and"
              + " workspace_id = '"
              + workspace
              + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Work of a kind of its own.
  private static final class Kind implements LaneWork {
    private final String kind;

    /// The lanes in which something waits.
    private final Set<Lane> waiting = new HashSet<>();

    private @Nullable Instant now;

    Kind(String kind) {
      this.kind = kind;
    }

    @Override
    public Queue queue() {
      return Queue.INBOX;
    }

    @Override
    public Set<String> kinds() {
      return Set.of(kind);
    }

    @Override
    public int workers() {
      return 1;
    }

    @Override
    public int lanesAClaim() {
      return 32;
    }

    @Override
    public @Nullable Instant now() {
      return now;
    }

    @Override
    public void work(Claim claim) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<Lane, Lanes.Ready> next(Collection<Lane> asked) {
      Map<Lane, Lanes.Ready> next = new java.util.HashMap<>();
      asked.stream()
          .filter(waiting::contains)
          .forEach(lane -> next.put(lane, new Lanes.Ready.In(Duration.ZERO)));
      return next;
    }
  }
}
