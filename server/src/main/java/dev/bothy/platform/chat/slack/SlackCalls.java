package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Calls Slack at the pace that it allows. What would be too fast is answered as Slack would answer
/// it, without having called.
final class SlackCalls {
  /// So short a wait is slept through: putting the message back and taking it up again costs more.
  private static final Duration NAP = Duration.ofMillis(250);

  private final SlackApi api;
  private final SlackPace pace;

  SlackCalls(SlackApi api, SlackPace pace) {
    this.api = api;
    this.pace = pace;
  }

  /// Whose call it is.
  record Caller(ChatConnection connection, String token) {
    @Override
    public String toString() {
      return "Caller(" + connection.id() + ")";
    }
  }

  /// Calls a method that takes JSON.
  ///
  /// @param channel the conversation that the call is about; null when it is about none
  SlackAnswer call(Caller caller, String method, @Nullable String channel, JsonNode arguments) {
    return paced(caller, method, channel, () -> api.call(caller.token(), method, arguments));
  }

  /// Calls a method that takes form fields only.
  SlackAnswer read(
      Caller caller, String method, @Nullable String channel, Map<String, String> arguments) {
    return paced(caller, method, channel, () -> api.read(caller.token(), method, arguments));
  }

  private SlackAnswer paced(
      Caller caller, String method, @Nullable String channel, Supplier<SlackAnswer> call) {
    Duration wait = pace.take(caller.connection(), method, channel);
    if (wait.isPositive() && wait.compareTo(NAP) <= 0) {
      try {
        Thread.sleep(wait);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return new SlackAnswer.TooMany(wait);
      }
      wait = pace.take(caller.connection(), method, channel);
    }
    if (wait.isPositive()) {
      return new SlackAnswer.TooMany(wait);
    }
    SlackAnswer answer = call.get();
    if (answer instanceof SlackAnswer.TooMany(Duration retryAfter)) {
      pace.holdBack(caller.connection(), method, channel, retryAfter);
    }
    return answer;
  }
}
