package dev.bothy.platform.chat.slack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a message of ours stands in Slack: its channel, and one time stamp for each of the
/// messages that it became. Written as `C123/1795330800.000100+1795330800.000200`.
record SlackPosted(String channel, List<String> timestamps) {
  SlackPosted {
    timestamps = List.copyOf(timestamps);
  }

  /// Null when this is not what [#toString] wrote.
  static @Nullable SlackPosted parse(@Nullable String written) {
    if (written == null || !written.matches("[A-Z0-9]+/[0-9.]+(\\+[0-9.]+)*")) {
      return null;
    }
    int slash = written.indexOf('/');
    return new SlackPosted(
        written.substring(0, slash), List.of(written.substring(slash + 1).split("\\+")));
  }

  @Override
  public String toString() {
    return channel + "/" + String.join("+", timestamps);
  }
}
