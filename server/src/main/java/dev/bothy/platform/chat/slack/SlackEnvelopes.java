package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.Webhooks.Received;
import dev.bothy.platform.operation.Metrics;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Takes in what Slack delivers over a socket: the same payloads that it sends over HTTP, each in
/// an envelope that is acknowledged by its id (docs.slack.dev/apis/events-api/using-socket-mode).
/// The socket was opened with the app's token, so what comes over it is genuine.
@Component
class SlackEnvelopes {
  private static final Logger LOG = LoggerFactory.getLogger(SlackEnvelopes.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NETWORK = Network.SLACK.id();

  private final SlackIntake intake;
  private final Metrics metrics;

  SlackEnvelopes(SlackIntake intake, Metrics metrics) {
    this.intake = intake;
    this.metrics = metrics;
  }

  /// What must keep its order: the conversation of an event. A form waits for its answer, so it has
  /// an order of its own.
  static String order(JsonNode envelope) {
    JsonNode payload = envelope.path("payload");
    if (payload.path("type").asString("").equals("view_submission")) {
      return envelope.path("envelope_id").asString("");
    }
    for (String place :
        new String[] {
          "/event/channel", "/event/item/channel", "/channel_id", "/container/channel_id"
        }) {
      String channel = payload.at(place).asString("");
      if (!channel.isEmpty()) {
        return channel;
      }
    }
    return "";
  }

  /// Takes the delivery in. Called outside of any transaction.
  ///
  /// @return what to acknowledge it with; empty when Slack must send it again
  Optional<JsonNode> take(SlackSocketApp app, JsonNode envelope) {
    String id = envelope.path("envelope_id").asString("");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<JsonNode> answer = Optional.empty();
    try {
      answer = answer(app, envelope).map(body -> acknowledgement(id, envelope, body));
    } catch (RuntimeException notStored) {
      LOG.error("A delivery of Slack's was not stored; Slack sends it again", notStored);
      metrics.acknowledged(NETWORK, Metrics.Acknowledgement.FAILED);
    }
    metrics.envelope(NETWORK, answer.isPresent());
    return answer;
  }

  /// The body of the answer, which is mostly empty; no answer when there was no room.
  private Optional<String> answer(SlackSocketApp app, JsonNode envelope) {
    String shown = "";
    int events = 0;
    Received last = new Received.Ignored("");
    SlackOrigin origin = SlackOrigin.of(envelope.path("payload"));
    for (SlackSocketApp.Member member : bestFits(app.members(), origin)) {
      last = read(envelope, member.identity());
      if (last instanceof Received.Event || last instanceof Received.AccountChanged) {
        events++;
        SlackIntake.Reply reply = intake.answer(member.connection(), last);
        if (reply.retryAfter() != null) {
          return Optional.empty();
        }
        shown = shown.isEmpty() ? reply.body() : shown;
      }
    }
    if (events == 0) {
      // Of another Slack workspace, of no interest, or of a type that is not known.
      SlackIntake.Reply counted = intake.answer(app.members().getLast().connection(), last);
      LOG.debug("A delivery that is for nobody was acknowledged as {}", counted.status());
    }
    return Optional.of(shown);
  }

  /// In each of our workspaces the connection that fits best: an app may be installed in a whole
  /// organisation and again in one of its workspaces, and is told of what happens there once.
  private static List<SlackSocketApp.Member> bestFits(
      List<SlackSocketApp.Member> members, SlackOrigin origin) {
    Comparator<SlackSocketApp.Member> byFit =
        Comparator.comparingInt(member -> member.identity().fit(origin));
    return List.copyOf(
        members.stream()
            .collect(
                Collectors.toMap(
                    member -> member.connection().workspace(),
                    member -> member,
                    BinaryOperator.maxBy(byFit),
                    LinkedHashMap::new))
            .values());
  }

  private static Received read(JsonNode envelope, SlackIdentity self) {
    JsonNode payload = envelope.path("payload");
    return switch (envelope.path("type").asString("")) {
      case "events_api" -> SlackRequestReader.received(SlackEvents.read(payload, self), false);
      case "slash_commands" ->
          SlackRequestReader.received(SlackInteractions.command(fields(payload), self), false);
      case "interactive" ->
          SlackRequestReader.received(SlackInteractions.interaction(payload, self), true);
      default -> new Received.Ignored(envelope.path("type").asString("without type"));
    };
  }

  private static Map<String, String> fields(JsonNode payload) {
    Map<String, String> fields = new LinkedHashMap<>();
    payload
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().asString("")));
    return fields;
  }

  /// @param body what HTTP would have been answered with
  private static JsonNode acknowledgement(String id, JsonNode envelope, String body) {
    ObjectNode answer = JSON.createObjectNode().put("envelope_id", id);
    if (body.startsWith("{") && envelope.path("accepts_response_payload").asBoolean(false)) {
      try {
        answer.set("payload", JSON.readTree(body));
      } catch (JacksonException notJson) {
        throw new IllegalStateException(notJson);
      }
    }
    return answer;
  }
}
