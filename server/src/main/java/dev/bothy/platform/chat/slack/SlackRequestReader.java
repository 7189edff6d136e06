package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.Webhooks.Received;
import dev.bothy.platform.chat.Webhooks.Request;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads a request that is known to be genuine. Bytes that are no UTF-8, JSON or form are refused,
/// not repaired.
final class SlackRequestReader {
  /// Below `/chat/slack/{workspace}/`.
  static final String EVENTS = "events";

  static final String COMMANDS = "commands";
  static final String INTERACTIONS = "interactions";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SlackRequestReader() {}

  static Received read(Request request, SlackIdentity self) {
    try {
      return switch (request.path()) {
        case EVENTS -> received(SlackEvents.read(JSON.readTree(text(request.body())), self), false);
        case COMMANDS ->
            received(SlackInteractions.command(form(text(request.body())), self), false);
        case INTERACTIONS -> {
          String payload = form(text(request.body())).getOrDefault("payload", "");
          yield received(SlackInteractions.interaction(JSON.readTree(payload), self), true);
        }
        default -> new Received.Refused(400, "no such address of Slack's: " + request.path());
      };
    } catch (CharacterCodingException notUtf8) {
      return new Received.Refused(400, "not UTF-8");
    } catch (JacksonException notJson) {
      return new Received.Refused(400, "not JSON");
    } catch (IllegalArgumentException notForm) {
      return new Received.Refused(400, "not a form");
    }
  }

  /// The same as the connector's contract says it.
  ///
  /// @param interaction whether Slack shows the answer at once
  static Received received(SlackDelivery delivery, boolean interaction) {
    return switch (delivery) {
      case SlackDelivery.Challenge(String challenge) -> new Received.Challenge(challenge);
      case SlackDelivery.Happened(String id, InboundEvent event) ->
          new Received.Event(id, event, interaction && event instanceof InboundEvent.FormSubmitted);
      case SlackDelivery.AccountChanged(Account account) -> new Received.AccountChanged(account);
      case SlackDelivery.OfNoInterest() -> new Received.Ignored("");
      case SlackDelivery.UnknownType(String type) -> new Received.Ignored(type);
      case SlackDelivery.Malformed(String reason) -> new Received.Refused(400, reason);
    };
  }

  private static Map<String, String> form(String body) throws CharacterCodingException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.putIfAbsent(decode(parts[0]), parts.length < 2 ? "" : decode(parts[1]));
    }
    return fields;
  }

  /// As the JDK's decoder, which would replace bytes that are no UTF-8.
  private static String decode(String encoded) throws CharacterCodingException {
    return text(URLDecoder.decode(latin(encoded), ISO_8859_1).getBytes(ISO_8859_1));
  }

  /// The same bytes, one character each.
  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
