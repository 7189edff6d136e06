package dev.bothy.app.rotations.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final int LENGTH = 40;

  @Test
  void anEndIsAfterItsStart() {
    Instant at = Instant.EPOCH;
    assertThatThrownBy(() -> new Span(at, at)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Span.between(at, at)).isEmpty();
    assertThat(Span.between(at.plusSeconds(1), at)).isEmpty();
  }

  @Test
  void theStartBelongsToItAndTheEndDoesNot() {
    Span span = span(2, 5);
    assertThat(span.contains(at(2))).isTrue();
    assertThat(span.contains(at(5))).isFalse();
    assertThat(span.overlaps(span(5, 6))).isFalse();
    assertThat(span.overlaps(span(4, 6))).isTrue();
    assertThat(span.and(span(5, 6))).isEmpty();
  }

  @Test
  void spansThatTouchAreOne() {
    assertThat(Span.merged(List.of(span(4, 6), span(1, 2), span(2, 3))))
        .containsExactly(span(1, 3), span(4, 6));
  }

  /// Against sets of seconds.
  @Test
  void theSameAsSetsOfSeconds() {
    Random random = new Random(5);
    for (int trial = 0; trial < 5_000; trial++) {
      Span one = any(random);
      List<Span> others = new ArrayList<>();
      for (int count = random.nextInt(6); count > 0; count--) {
        others.add(any(random));
      }
      BitSet common = bits(others);
      common.and(bits(List.of(one)));
      BitSet left = bits(List.of(one));
      left.andNot(bits(others));
      assertSame(Span.merged(others), bits(others));
      assertSame(one.common(others), common);
      assertSame(one.without(others), left);
      assertThat(Span.total(one.common(others)))
          .isEqualTo(Duration.ofSeconds(common.cardinality()));
    }
  }

  private static void assertSame(List<Span> spans, BitSet expected) {
    assertThat(bits(spans)).isEqualTo(expected);
    for (int index = 1; index < spans.size(); index++) {
      assertThat(spans.get(index).start()).isAfter(spans.get(index - 1).end());
    }
  }

  private static BitSet bits(List<Span> spans) {
    BitSet bits = new BitSet();
    spans.forEach(
        span -> bits.set((int) span.start().getEpochSecond(), (int) span.end().getEpochSecond()));
    return bits;
  }

  private static Span any(Random random) {
    int start = random.nextInt(LENGTH);
    return span(start, start + 1 + random.nextInt(LENGTH - start));
  }

  private static Span span(int start, int end) {
    return new Span(at(start), at(end));
  }

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }
}
