package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.Metrics.InDoubt;
import dev.bothy.platform.work.OutboxSender.Result;
import java.net.URI;
import java.time.Instant;
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
/// ## Once, where Slack lets us look
///
/// Slack takes no idempotency key. A message whose earlier attempt may have reached Slack is looked
/// up by its metadata before it is posted again ([SlackLookup]), each part of it for itself; where
/// the app may not read the conversation it is posted again. Changing and deleting twice is the
/// same as once, a form's trigger works once only, and what one person alone is shown stands in no
/// history, so it is shown again.
///
/// Content that becomes several messages may be stopped between two of them by a limit; what was
/// posted so far is remembered in this process, and looked up in another, so that the next attempt
/// goes on after it.
final class SlackPoster {
  /// What Slack answers to a deletion of what is deleted already.
  private static final String GONE = "message_not_found";

  /// What Slack answers to a trigger that has opened a form already.
  private static final String OPENED = "exchanged_trigger_id";

  private static final String NETWORK = "slack";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// One message on its way.
  ///
  /// @param id our id of it, stable over attempts
  /// @param again true when an earlier attempt may have reached Slack
  /// @param since when the first attempt began; null when this is it
  record Call(UUID id, SlackCalls.Caller caller, boolean again, @Nullable Instant since) {
    @Override
    public String toString() {
      return "Call(" + id + ")";
    }
  }

  private final SlackApi api;
  private final SlackCalls calls;
  private final SlackLookup lookup;
  private final Metrics metrics;
  private final Map<UUID, SlackPosted> begun = new ConcurrentHashMap<>();
  private final Map<String, String> directChannels = new ConcurrentHashMap<>();

  /// @param api for what has no limit to keep to: response URLs
  SlackPoster(SlackApi api, SlackCalls calls, Metrics metrics) {
    this.api = api;
    this.calls = calls;
    this.lookup = new SlackLookup(calls);
    this.metrics = metrics;
  }

  Result post(Call call, String channel, @Nullable String thread, Content content) {
    SlackPosted soFar = begun.getOrDefault(call.id(), new SlackPosted(channel, List.of()));
    SlackPosted answered = SlackPosted.parse(thread);
    return postFrom(
        call,
        soFar,
        answered == null ? thread : answered.timestamps().getFirst(),
        SlackBlocks.render(content));
  }

  Result direct(Call call, String account, Content content) {
    String key = call.caller().connection().id() + ":" + account;
    String channel = directChannels.get(key);
    if (channel == null) {
      ObjectNode arguments = JSON.objectNode().put("users", account);
      SlackAnswer answer = calls.call(call.caller(), "conversations.open", null, arguments);
      if (!(answer instanceof SlackAnswer.Done done)) {
        return failure(answer);
      }
      channel = done.body().at("/channel/id").asString("");
      directChannels.put(key, channel);
    }
    return post(call, channel, null, content);
  }

  /// Below the first of the messages that the answered one became, wherever that stands.
  ///
  /// @param answered null when it never reached Slack
  Result reply(Call call, @Nullable SlackPosted answered, Content content) {
    if (answered == null) {
      return new Result.Rejected("the message to answer is not in Slack");
    }
    return post(call, answered.channel(), answered.timestamps().getFirst(), content);
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
      SlackAnswer answer = calls.call(call.caller(), "chat.update", posted.channel(), arguments);
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
    if (call.again()) {
      metrics.inDoubt(NETWORK, InDoubt.UNKNOWN);
    }
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
        answer = calls.call(call.caller(), "chat.postEphemeral", message.conversation(), arguments);
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
    return switch (calls.call(call.caller(), "views.open", null, arguments)) {
      case SlackAnswer.Done done -> new Result.Sent(done.body().at("/view/id").asString(null));
      case SlackAnswer.Refused refused when call.again() && refused.error().equals(OPENED) -> {
        metrics.inDoubt(NETWORK, InDoubt.FOUND);
        yield new Result.Sent(null);
      }
      case SlackAnswer other -> failure(other);
    };
  }

  /// Posts those messages that were not posted yet.
  ///
  /// @param thread the time stamp of the message that they answer; null when they answer none
  private Result postFrom(
      Call call, SlackPosted soFar, @Nullable String thread, List<SlackBlocks.Message> messages) {
    List<String> timestamps = new ArrayList<>(soFar.timestamps());
    if (timestamps.size() < messages.size() && inDoubt(call, messages.size())) {
      SlackAnswer failed = addFound(call, soFar.channel(), thread, timestamps);
      if (failed != null) {
        return failure(failed);
      }
    }
    for (SlackBlocks.Message message :
        messages.subList(Math.min(timestamps.size(), messages.size()), messages.size())) {
      ObjectNode arguments = body(message).put("channel", soFar.channel());
      if (thread != null) {
        arguments.put("thread_ts", thread);
      }
      arguments.put("unfurl_links", false).put("unfurl_media", false);
      arguments.set("metadata", SlackLookup.metadata(call.id(), timestamps.size()));
      SlackAnswer answer = calls.call(call.caller(), SlackLimits.POST, soFar.channel(), arguments);
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

  /// Whether some of it may stand in Slack without our knowing: after an attempt that broke off,
  /// and when an earlier one, of another process, may have been stopped between two parts.
  private boolean inDoubt(Call call, int parts) {
    return call.again() || (call.since() != null && parts > 1 && !begun.containsKey(call.id()));
  }

  /// Looks up what stands in Slack already and adds it to the time stamps, in the order of the
  /// parts; returns what kept it from looking, or null.
  private @Nullable SlackAnswer addFound(
      Call call, String channel, @Nullable String thread, List<String> timestamps) {
    Instant since = call.since();
    SlackLookup.Outcome outcome =
        since == null
            ? new SlackLookup.Outcome.Unknown()
            : lookup.find(call.caller(), call.id(), channel, thread, since);
    switch (outcome) {
      case SlackLookup.Outcome.Failed(SlackAnswer answer) -> {
        return answer;
      }
      case SlackLookup.Outcome.Unknown() -> count(call, InDoubt.UNKNOWN);
      case SlackLookup.Outcome.Read(Map<Integer, String> found) -> {
        count(call, found.isEmpty() ? InDoubt.ABSENT : InDoubt.FOUND);
        for (String next = found.get(timestamps.size());
            next != null;
            next = found.get(timestamps.size())) {
          timestamps.add(next);
        }
      }
    }
    return null;
  }

  private void count(Call call, InDoubt outcome) {
    if (call.again()) {
      metrics.inDoubt(NETWORK, outcome);
    }
  }

  private Result deleteOne(Call call, String channel, String timestamp) {
    ObjectNode arguments = JSON.objectNode().put("channel", channel).put("ts", timestamp);
    return switch (calls.call(call.caller(), "chat.delete", channel, arguments)) {
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

  /// What an answer means that is not [SlackAnswer.Done].
  static Result failure(SlackAnswer answer) {
    return switch (answer) {
      case SlackAnswer.Done done -> throw new IllegalArgumentException("Not a failure");
      case SlackAnswer.Refused refused -> new Result.Rejected(SlackRefusal.inWords(refused));
      case SlackAnswer.TooMany limit -> new Result.RateLimited(limit.retryAfter());
      case SlackAnswer.Unreachable unreachable -> new Result.Unreachable(unreachable.reason());
    };
  }
}
