package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// For tests that are about something else than Slack's limits.
final class NoLimits implements SlackPace {
  @Override
  public Duration take(ChatConnection connection, String method, @Nullable String channel) {
    return Duration.ZERO;
  }

  @Override
  public void holdBack(
      ChatConnection connection, String method, @Nullable String channel, Duration retryAfter) {}
}
