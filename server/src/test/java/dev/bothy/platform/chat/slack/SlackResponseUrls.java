package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.slack.SlackTeam.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The response URLs that came with commands and button presses: each good for five posts within
/// thirty minutes (docs.slack.dev/interactivity/handling-user-interaction), then refused.
final class SlackResponseUrls {
  static final int USES = 5;
  static final Duration LIFE = Duration.ofMinutes(30);

  private static final class Issued {
    final String channel;
    final String user;
    final @Nullable String sourceTs;
    final Instant issuedAt;
    int uses;

    Issued(String channel, String user, @Nullable String sourceTs, Instant issuedAt) {
      this.channel = channel;
      this.user = user;
      this.sourceTs = sourceTs;
      this.issuedAt = issuedAt;
    }
  }

  private final SlackTeam team;
  private final SlackMethods methods;
  private final Clock clock;
  private final Map<String, Issued> issued = new HashMap<>();

  SlackResponseUrls(SlackTeam team, SlackMethods methods, Clock clock) {
    this.team = team;
    this.methods = methods;
    this.clock = clock;
  }

  /// @param sourceTs the message whose button was pressed; null for a command
  synchronized String issue(String channel, String user, @Nullable String sourceTs) {
    String path =
        "/actions/%s/%d/%024x".formatted(SlackTeam.ID, 900_000 + issued.size(), issued.size() + 7);
    issued.put(path, new Issued(channel, user, sourceTs, clock.instant()));
    return path;
  }

  boolean knows(String path) {
    return path.startsWith("/actions/");
  }

  /// Empty when the post was taken, else Slack's error code.
  synchronized Optional<String> post(String path, JsonNode body) {
    Issued url = issued.get(path);
    if (url == null) {
      return Optional.of("invalid_url");
    }
    if (clock.instant().isAfter(url.issuedAt.plus(LIFE))) {
      return Optional.of("expired_url");
    }
    if (url.uses >= USES) {
      return Optional.of("used_url");
    }
    Optional<Message> source =
        Optional.ofNullable(url.sourceTs).flatMap(ts -> team.findMessage(url.channel, ts));
    if (body.path("delete_original").asBoolean(false)) {
      url.uses++;
      source.ifPresent(team::remove);
      return Optional.empty();
    }
    Optional<ObjectNode> refusal = methods.checkContent(body);
    if (refusal.isPresent()) {
      return Optional.of(refusal.get().path("error").asString());
    }
    url.uses++;
    boolean inChannel = body.path("response_type").asString("ephemeral").equals("in_channel");
    boolean replace = body.path("replace_original").asBoolean(false);
    JsonNode blocks = body.path("blocks");
    Message posted =
        new Message(
            url.channel,
            replace && source.isPresent() ? source.get().ts() : team.nextTs(),
            body.path("text").asString(""),
            blocks.isMissingNode() ? null : blocks,
            null,
            null,
            inChannel || replace ? null : url.user,
            replace);
    if (replace && source.isPresent()) {
      team.replace(source.get(), posted);
    } else {
      team.add(posted);
    }
    return Optional.empty();
  }
}
