package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.retention.RetentionProperties.Narrowed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionBoundsTest {
  private static RetentionBounds bounds(@Nullable Narrowed messageText) {
    return new RetentionBounds(
        new RetentionProperties(1, messageText, null, null, null, null, null, null));
  }

  @Test
  void aClockHasItsOwnBoundsUnlessTheInstallationNarrowsThem() {
    assertThat(bounds(null).of(RetentionClock.MESSAGE_TEXT))
        .isEqualTo(new RetentionBounds.Bounds(1, 365));
    assertThat(bounds(new Narrowed(null, 30)).of(RetentionClock.MESSAGE_TEXT))
        .isEqualTo(new RetentionBounds.Bounds(1, 30));
    assertThat(bounds(new Narrowed(7, 30)).of(RetentionClock.MESSAGE_TEXT).clamp(90)).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({"0,", ",366", "40,30", "-1,400"})
  void theServerDoesNotStartWithBoundsThatTheClockHasNot(
      @Nullable Integer shortest, @Nullable Integer longest) {
    assertThatThrownBy(() -> bounds(new Narrowed(shortest, longest)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("bothy.retention.message-text.shortest-days")
        .hasMessageContaining("text of messages is kept for 1 to 365 days");
  }
}
