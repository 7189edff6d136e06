package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How fast Slack may be called. Called outside of any transaction.
interface SlackPace {
  /// Asks to call a method now.
  ///
  /// @param channel the conversation that it is about; null when it is about none
  /// @return zero when it may be called, and this call is counted; else how long to wait before
  ///   asking again, and nothing was counted
  Duration take(ChatConnection connection, String method, @Nullable String channel);

  /// Slack asked for patience: nobody calls the method for this long.
  void holdBack(
      ChatConnection connection, String method, @Nullable String channel, Duration retryAfter);
}
