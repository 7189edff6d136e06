package dev.bothy.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.limits.Limits.Allowed;
import dev.bothy.platform.limits.Limits.Exceeded;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/// The rule itself, as PostgreSQL keeps it, against a list of all that was taken.
@BothyTest
class LimitsPropertiesTest {
  private static final int TAKES = 40;

  @Autowired Limits limits;

  static List<Integer> seeds() {
    List<Integer> seeds = new ArrayList<>();
    for (int seed = 0; seed < 60; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neverMoreThanTheMostInAnySpanAndTheWaitIsTrue(int seed) {
    Random random = new Random(seed);
    Rate rate = new Rate(1 + random.nextInt(6), Duration.ofSeconds(1 + random.nextInt(120)));
    Limit limit = new Limit("try", UUID.randomUUID().toString(), rate);
    // A slot is a whole number of microseconds long.
    Duration longer = rate.time().plus(rate.time().dividedBy(30)).plusNanos(31_000);
    List<Instant> taken = new ArrayList<>();
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    int range = 1 + (int) (2 * rate.time().toMillis() / rate.most());
    for (int take = 0; take < TAKES; take++) {
      now = now.plusMillis(random.nextInt(4) == 0 ? 0 : random.nextInt(range));
      switch (limits.ask(List.of(limit), 1, now)) {
        case Allowed _ -> taken.add(now);
        case Exceeded exceeded -> {
          // Who did so little that none of it needs to count any more is never refused.
          assertThat(within(taken, now, longer)).isGreaterThanOrEqualTo(rate.most());
          assertThat(exceeded.retryAfter()).isLessThanOrEqualTo(longer);
          Instant then = now.plus(exceeded.retryAfter());
          assertThat(limits.ask(List.of(limit), 1, then.minusNanos(1_000)))
              .isInstanceOf(Exceeded.class);
          assertThat(limits.ask(List.of(limit), 1, then)).isEqualTo(new Allowed());
          taken.add(then);
          now = then;
        }
      }
      assertThat(within(taken, now, rate.time())).isLessThanOrEqualTo(rate.most());
    }
  }

  /// How many of these lie in the span of this length that ends now, its beginning left out.
  private static long within(List<Instant> taken, Instant now, Duration span) {
    return taken.stream().filter(at -> at.isAfter(now.minus(span))).count();
  }
}
