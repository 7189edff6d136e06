package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.work.RateBuckets;
import dev.bothy.platform.work.RateBuckets.Bucket;
import dev.bothy.platform.work.RateBuckets.Take;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Slack's published limits (docs.slack.dev/apis/web-api/rate-limits), which hold for each method,
/// app and Slack workspace; kept in [RateBuckets], so that all replicas together stay within them.
///
/// Slack promises at least so many calls a minute and tolerates bursts that it does not number. A
/// bucket here never lets more through within a minute than the promise: its burst is part of it.
@Component
class SlackLimits implements SlackPace {
  /// The one method with a limit for each conversation: one message a second, "short bursts >1
  /// allowed".
  static final String POST = "chat.postMessage";

  private static final Duration ONE_SECOND = Duration.ofSeconds(1);
  private static final int BURST_IN_A_CHANNEL = 3;

  private final RateBuckets buckets;
  private final double factor;

  SlackLimits(RateBuckets buckets, SlackSettings settings) {
    this.buckets = buckets;
    this.factor = settings.limitFactor();
  }

  /// Slack's classes of methods: the calls a minute that Slack promises to take, and how many of
  /// them may come at once.
  enum Tier {
    /// "20+ per minute".
    TWO(20, 5),
    /// "50+ per minute".
    THREE(50, 10),
    /// "100+ per minute".
    FOUR(100, 20),
    /// chat.postMessage over all conversations: "several hundred messages per minute"
    /// (docs.slack.dev/reference/methods/chat.postMessage, "Rate limits"); taken as three.
    POSTING(300, 20),
    /// auth.test: "hundreds of requests per minute"; taken as two.
    ASKING(200, 20);

    private final int perMinute;
    private final int burst;

    Tier(int perMinute, int burst) {
      this.perMinute = perMinute;
      this.burst = burst;
    }

    int perMinute() {
      return perMinute;
    }

    Duration gap() {
      return Duration.ofMinutes(1).dividedBy(perMinute - burst);
    }
  }

  /// The tier that the method's page names; the second for one that is not listed here, as Slack's
  /// own SDK assumes.
  static Tier tier(String method) {
    return switch (method) {
      case POST -> Tier.POSTING;
      case "auth.test" -> Tier.ASKING;
      case "chat.update",
          "chat.delete",
          "conversations.open",
          "conversations.history",
          "conversations.replies",
          "conversations.info",
          "conversations.join" ->
          Tier.THREE;
      case "chat.postEphemeral",
          "users.info",
          "views.open",
          "views.push",
          "views.update",
          "views.publish" ->
          Tier.FOUR;
      default -> Tier.TWO;
    };
  }

  @Override
  public Duration take(ChatConnection connection, String method, @Nullable String channel) {
    List<Bucket> wanted = new ArrayList<>();
    Tier tier = tier(method);
    wanted.add(bucket(name(connection, method), tier.gap(), tier.burst));
    if (method.equals(POST) && channel != null) {
      wanted.add(bucket(name(connection, method, channel), ONE_SECOND, BURST_IN_A_CHANNEL));
    }
    return switch (buckets.take(connection.workspace(), wanted)) {
      case Take.Taken() -> Duration.ZERO;
      case Take.Wait(Duration time) -> time;
    };
  }

  /// Slack does not say which of the two limits on posting was reached. A conversation's is one
  /// message a second, so an answer of one second is about the conversation alone.
  @Override
  public void holdBack(
      ChatConnection connection, String method, @Nullable String channel, Duration retryAfter) {
    boolean ofChannel = method.equals(POST) && channel != null;
    if (ofChannel) {
      buckets.holdBack(connection.workspace(), name(connection, method, channel), retryAfter);
    }
    if (!ofChannel || retryAfter.compareTo(ONE_SECOND) > 0) {
      buckets.holdBack(connection.workspace(), name(connection, method), retryAfter);
    }
  }

  private Bucket bucket(String name, Duration gap, int burst) {
    return new Bucket(
        name,
        Duration.ofNanos(Math.max(1, (long) (gap.toNanos() / factor))),
        (int) Math.max(1, Math.round(burst * factor)));
  }

  private static String name(ChatConnection connection, String method) {
    return "slack/" + connection.id() + "/" + method;
  }

  private static String name(ChatConnection connection, String method, @Nullable String channel) {
    return name(connection, method) + "/" + channel;
  }
}
