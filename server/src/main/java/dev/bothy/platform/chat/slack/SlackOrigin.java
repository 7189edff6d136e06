package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.chat.Webhooks.Request;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where something happened, as a payload of Slack's says.
///
/// An event lists under `authorizations` one installation of the app that may see it
/// (docs.slack.dev/apis/events-api, "Authorizations"). That is the one it is for: the outer team is
/// where it happened, which in a shared channel may be another company's.
///
/// @param app `A…`; empty when it does not say
/// @param team `T…`; empty when it does not say, or means the whole organisation
/// @param enterprise `E…`; empty when there is none
/// @param orgWide whether it is for an installation in a whole organisation
record SlackOrigin(String app, String team, String enterprise, boolean orgWide) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SlackOrigin UNKNOWN = new SlackOrigin("", "", "", false);

  /// Of an event, an interaction, or what a socket brought.
  static SlackOrigin of(JsonNode payload) {
    String app = payload.path("api_app_id").asString("");
    JsonNode authorization = payload.at("/authorizations/0");
    if (authorization.isObject()) {
      return new SlackOrigin(
          app,
          text(authorization.path("team_id")),
          text(authorization.path("enterprise_id")),
          authorization.path("is_enterprise_install").asBoolean(false));
    }
    return new SlackOrigin(
        app,
        either(payload.path("team_id"), payload.at("/team/id")),
        either(payload.path("enterprise_id"), payload.at("/enterprise/id")),
        payload.path("is_enterprise_install").asBoolean(false));
  }

  /// Of a slash command.
  static SlackOrigin of(Map<String, String> fields) {
    return new SlackOrigin(
        fields.getOrDefault("api_app_id", ""),
        fields.getOrDefault("team_id", ""),
        fields.getOrDefault("enterprise_id", ""),
        fields.getOrDefault("is_enterprise_install", "").equals("true"));
  }

  /// Of a request; unknown when it cannot be read, which whoever reads it in earnest will say.
  static SlackOrigin of(Request request) {
    String body = new String(request.body(), UTF_8);
    try {
      if (request.path().equals(SlackRequestReader.EVENTS)) {
        return of(JSON.readTree(body));
      }
      Map<String, String> fields = new HashMap<>();
      for (String pair : body.split("&")) {
        String[] parts = pair.split("=", 2);
        fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
      }
      String payload = fields.get("payload");
      return payload == null ? of(fields) : of(JSON.readTree(payload));
    } catch (JacksonException | IllegalArgumentException unreadable) {
      return UNKNOWN;
    }
  }

  private static String either(JsonNode first, JsonNode second) {
    String text = text(first);
    return text.isEmpty() ? text(second) : text;
  }

  /// Slack writes null for what there is none of.
  private static String text(JsonNode node) {
    return node.isString() ? node.asString() : "";
  }
}
