package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.work.OutboxSender.Result;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Puts our messages into Slack: posts, changes, takes back, shows, opens.
///
/// Content that becomes several messages may be stopped between two of them by a limit; what was
/// posted so far is remembered (in this process), so that the next attempt goes on after it.
final class SlackPoster {
  /// What Slack answers to a deletion of what is deleted already.
  private static final String GONE = "message_not_found";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// One message on its way.
  ///
  /// @param id our id of it, stable over attempts
  record Call(UUID id, ConnectionId connection, String token) {
    @Override
    public String toString() {
      return "Call(" + id + ")";
    }
  }

  private final SlackApi api;
  private final Map<UUID, SlackPosted> begun = new ConcurrentHashMap<>();
  private final Map<String, String> directChannels = new ConcurrentHashMap<>();

  SlackPoster(SlackApi api) {
    this.api = api;
  }

  Result post(Call call, String channel, @Nullable String thread, Content content) {
    SlackPosted soFar = begun.getOrDefault(call.id(), new SlackPosted(channel, List.of()));
    return postFrom(call, soFar, thread, SlackBlocks.render(content));
  }

  Result direct(Call call, String account, Content content) {
    String key = call.connection() + ":" + account;
    String channel = directChannels.get(key);
    if (channel == null) {
      ObjectNode arguments = JSON.objectNode().put("users", account);
      SlackAnswer answer = api.call(call.token(), "conversations.open", arguments);
      if (!(answer instanceof SlackAnswer.Done done)) {
        return failure(answer);
      }
      channel = done.body().at("/channel/id").asString("");
      directChannels.put(key, channel);
    }
    return post(call, channel, null, content);
  }

  /// Changes each of the messages that the content became when it was posted; if it becomes fewer
  /// now the others are taken back, if more they are posted below. A later change finds those of
  /// the first posting.
  ///
  /// @param posted null when the message never reached Slack
  Result update(Call call, @Nullable SlackPosted posted, Content content) {
    if (posted == null) {
      return new Result.Rejected("the message to change is not in Slack");
    }
    List<SlackBlocks.Message> messages = SlackBlocks.render(content);
    int both = Math.min(messages.size(), posted.timestamps().size());
    for (int index = 0; index < both; index++) {
      ObjectNode arguments = body(messages.get(index)).put("channel", posted.channel());
      arguments.put("ts", posted.timestamps().get(index));
      SlackAnswer answer = api.call(call.token(), "chat.update", arguments);
      if (!(answer instanceof SlackAnswer.Done)) {
        return failure(answer);
      }
    }
    for (String surplus : posted.timestamps().subList(both, posted.timestamps().size())) {
      Result deleted = deleteOne(call, posted.channel(), surplus);
      if (!(deleted instanceof Result.Sent)) {
        return deleted;
      }
    }
    SlackPosted kept = new SlackPosted(posted.channel(), posted.timestamps().subList(0, both));
    SlackPosted soFar = begun.getOrDefault(call.id(), kept);
    return postFrom(call, soFar, null, messages);
  }

  Result delete(Call call, @Nullable SlackPosted posted) {
    if (posted == null) {
      return new Result.Rejected("the message to take back is not in Slack");
    }
    for (String timestamp : posted.timestamps()) {
      Result deleted = deleteOne(call, posted.channel(), timestamp);
      if (!(deleted instanceof Result.Sent)) {
        return deleted;
      }
    }
    return new Result.Sent(null);
  }

  /// Through the response URL of the action it answers, which works in every conversation; where
  /// there is none, or it is used up, as an ephemeral message, for which the bot must be a member.
  Result ephemeral(Call call, OutboundMessage.Ephemeral message) {
    URI url = responseUrl(SlackReply.of(message.reply()));
    for (SlackBlocks.Message part : SlackBlocks.render(message.content())) {
      SlackAnswer answer = null;
      if (url != null) {
        ObjectNode response = body(part).put("response_type", "ephemeral");
        answer = api.respond(url, response.put("replace_original", false));
      }
      if (answer == null || answer instanceof SlackAnswer.Refused) {
        ObjectNode arguments =
            body(part).put("channel", message.conversation()).put("user", message.account());
        answer = api.call(call.token(), "chat.postEphemeral", arguments);
      }
      if (!(answer instanceof SlackAnswer.Done)) {
        return failure(answer);
      }
    }
    return new Result.Sent(null);
  }

  Result open(Call call, OutboundMessage.OpenForm message) {
    String trigger = SlackReply.of(message.reply()).trigger();
    if (trigger.isEmpty()) {
      return new Result.Rejected("a form opens only in answer to something a person just did");
    }
    ObjectNode arguments = JSON.objectNode().put("trigger_id", trigger);
    arguments.set("view", SlackForms.view(message.conversation(), message.form()));
    SlackAnswer answer = api.call(call.token(), "views.open", arguments);
    return answer instanceof SlackAnswer.Done done
        ? new Result.Sent(done.body().at("/view/id").asString(null))
        : failure(answer);
  }

  /// Posts those messages that were not posted yet.
  private Result postFrom(
      Call call, SlackPosted soFar, @Nullable String thread, List<SlackBlocks.Message> messages) {
    List<String> timestamps = new ArrayList<>(soFar.timestamps());
    for (SlackBlocks.Message message :
        messages.subList(Math.min(timestamps.size(), messages.size()), messages.size())) {
      ObjectNode arguments = body(message).put("channel", soFar.channel());
      if (thread != null) {
        SlackPosted ours = SlackPosted.parse(thread);
        arguments.put("thread_ts", ours == null ? thread : ours.timestamps().getFirst());
      }
      arguments.put("unfurl_links", false).put("unfurl_media", false);
      arguments
          .putObject("metadata")
          .put("event_type", "bothy_message")
          .putObject("event_payload")
          .put("id", call.id().toString())
          .put("part", timestamps.size());
      SlackAnswer answer = api.call(call.token(), "chat.postMessage", arguments);
      if (!(answer instanceof SlackAnswer.Done done)) {
        if (!timestamps.isEmpty() && !(answer instanceof SlackAnswer.Refused)) {
          begun.put(call.id(), new SlackPosted(soFar.channel(), timestamps));
        }
        return failure(answer);
      }
      timestamps.add(done.body().path("ts").asString(""));
    }
    begun.remove(call.id());
    return new Result.Sent(new SlackPosted(soFar.channel(), timestamps).toString());
  }

  private Result deleteOne(Call call, String channel, String timestamp) {
    ObjectNode arguments = JSON.objectNode().put("channel", channel).put("ts", timestamp);
    return switch (api.call(call.token(), "chat.delete", arguments)) {
      case SlackAnswer.Done done -> new Result.Sent(null);
      case SlackAnswer.Refused refused when refused.error().equals(GONE) -> new Result.Sent(null);
      case SlackAnswer other -> failure(other);
    };
  }

  private static ObjectNode body(SlackBlocks.Message message) {
    ObjectNode body = JSON.objectNode().put("text", message.text());
    body.set("blocks", message.blocks());
    return body;
  }

  private static @Nullable URI responseUrl(SlackReply reply) {
    return reply.url().isEmpty() ? null : URI.create(reply.url());
  }

  private static Result failure(SlackAnswer answer) {
    return switch (answer) {
      case SlackAnswer.Done done -> throw new IllegalArgumentException("Not a failure");
      case SlackAnswer.Refused refused -> new Result.Rejected(refused.words());
      case SlackAnswer.TooMany limit -> new Result.RateLimited(limit.retryAfter());
      case SlackAnswer.Unreachable unreachable -> new Result.Unreachable(unreachable.reason());
    };
  }
}
