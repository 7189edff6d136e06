package dev.bothy.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.limits.Limits.Allowed;
import dev.bothy.platform.limits.Limits.Exceeded;
import dev.bothy.platform.limits.Limits.Outcome;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two instances on one database stand for two replicas: an instance keeps nothing to itself.
@BothyTest
class LimitsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Rate FIVE_IN_A_QUARTER = Rate.valueOf("5/15m");

  @Autowired Limits one;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired Metrics metrics;

  private final String subject = UUID.randomUUID().toString();

  private Limits another() {
    return new Limits(jdbc, workspaces, metrics);
  }

  private Limit limit(String tier, String rate) {
    return new Limit(tier, subject, Rate.valueOf(rate));
  }

  private Outcome takeAt(int seconds, Limit... limits) {
    return one.ask(List.of(limits), 1, START.plusSeconds(seconds));
  }

  @Test
  void theFifthIsAllowedAndTheSixthIsToldWhen() {
    Limit limit = new Limit("try", subject, FIVE_IN_A_QUARTER);
    for (int time = 0; time < 5; time++) {
      assertThat(takeAt(time, limit)).isEqualTo(new Allowed());
    }
    // What was taken in the first slot of thirty seconds counts until the fifteen minutes after it.
    assertThat(takeAt(5, limit)).isEqualTo(new Exceeded(limit, Duration.ofSeconds(925)));
    assertThat(takeAt(929, limit)).isEqualTo(new Exceeded(limit, Duration.ofSeconds(1)));
    assertThat(takeAt(930, limit)).isEqualTo(new Allowed());
  }

  @Test
  void whatIsRefusedCostsNothing() {
    Limit limit = limit("try", "1/1m");
    takeAt(0, limit);
    for (int time = 1; time < 61; time++) {
      assertThat(takeAt(time, limit)).isInstanceOf(Exceeded.class);
    }
    assertThat(takeAt(62, limit)).isEqualTo(new Allowed());
  }

  @Test
  void fromSeveralLimitsOneEachIsTakenOrNoneAndTheLongestWaitIsSaid() {
    Limit wide = limit("wide", "2/1m");
    Limit narrow = limit("narrow", "1/1h");
    assertThat(takeAt(0, wide, narrow)).isEqualTo(new Allowed());
    assertThat(takeAt(1, narrow, wide))
        .isInstanceOfSatisfying(
            Exceeded.class, exceeded -> assertThat(exceeded.limit()).isEqualTo(narrow));
    assertThat(takeAt(2, wide)).isEqualTo(new Allowed());
    assertThat(takeAt(3, wide)).isInstanceOf(Exceeded.class);
    assertThat(takeAt(3, wide, narrow))
        .isInstanceOfSatisfying(
            Exceeded.class, exceeded -> assertThat(exceeded.limit()).isEqualTo(narrow));
  }

  @Test
  void askingTakesNothing() {
    Limit limit = limit("try", "1/1m");
    for (int time = 0; time < 3; time++) {
      assertThat(one.ask(List.of(limit), 0, START)).isEqualTo(new Allowed());
    }
    takeAt(0, limit);
    assertThat(one.ask(List.of(limit), 0, START)).isInstanceOf(Exceeded.class);
  }

  @Test
  void aClockThatWasSetBackBringsNothingBack() {
    Limit limit = limit("try", "1/1m");
    takeAt(3600, limit);
    assertThat(takeAt(0, limit)).isInstanceOf(Exceeded.class);
    assertThat(takeAt(3600 + 62, limit)).isEqualTo(new Allowed());
  }

  @Test
  void anotherSubjectAndAnotherTimeCountForThemselves() {
    takeAt(0, limit("try", "1/1m"));
    assertThat(takeAt(0, new Limit("try", "else " + subject, Rate.valueOf("1/1m"))))
        .isEqualTo(new Allowed());
    assertThat(takeAt(0, limit("try", "1/2m"))).isEqualTo(new Allowed());
    assertThat(takeAt(0, limit("else", "1/1m"))).isEqualTo(new Allowed());
  }

  @Test
  void twoReplicasTogetherNeverTakeMoreAndDoNotWaitForEachOtherForGood() throws Exception {
    List<Limit> upwards = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      upwards.add(limit("tier-" + number, "100/1h"));
    }
    AtomicInteger taken = new AtomicInteger();
    Limits other = another();
    try (ExecutorService takers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int taker = 0; taker < 8; taker++) {
        Limits replica = taker % 2 == 0 ? one : other;
        List<Limit> order = taker % 3 == 0 ? upwards : upwards.reversed();
        all.add(
            takers.submit(() -> {
              for (int time = 0; time < 25; time++) {
                if (replica.take(order) instanceof Allowed) {
                  taken.incrementAndGet();
                }
              }
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(taken.get()).isEqualTo(100);
  }

  @Test
  void noSubjectStandsInTheTableAndWhatCountsNoMoreIsSwept() throws Exception {
    Limit gone = limit("gone", "5/1m");
    Limit kept = limit("kept", "5/1m");
    takeAt(0, gone);
    one.take(List.of(kept));
    try (Connection superuser = TestDatabase.shared().connect("postgres")) {
      assertThat(rows(superuser, gone)).isOne();
      one.sweep();
      assertThat(rows(superuser, gone)).isZero();
      assertThat(rows(superuser, kept)).isOne();
    }
  }

  private static int rows(Connection superuser, Limit limit) throws Exception {
    try (PreparedStatement count =
        superuser.prepareStatement("select count(*) from bothy.limit_use where key_hash = ?")) {
      count.setBytes(1, limit.hash());
      try (ResultSet found = count.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "5/", "/1m", "0/1m", "1000001/1m", "5/0s", "5/25h", "5/1m/2", "x/1m"})
  void whatIsNoRateIsRefused(String text) {
    assertThatThrownBy(() -> Rate.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3",
    "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2:ffff::1, 20010db800010002/64",
    "somewhere, somewhere"
  })
  void anAddressOfVersionSixCountsAsItsNetwork(String address, String counted) {
    assertThat(ClientAddress.counted(address)).isEqualTo(counted);
  }
}
