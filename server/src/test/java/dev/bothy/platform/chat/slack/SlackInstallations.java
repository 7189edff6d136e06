package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The fake Slack's OAuth: the page on which a person installs an app, codes, tokens, and their
/// renewal (docs.slack.dev/authentication/installing-with-oauth,
/// docs.slack.dev/reference/methods/oauth.v2.access). A code is good once, a refresh token too; a
/// token lives 12 hours, and goes on living when it was renewed.
final class SlackInstallations {
  static final int LIFE_SECONDS = 43_200;

  /// @param rotating whether its tokens expire
  record App(
      String clientId,
      String clientSecret,
      String appId,
      List<String> redirects,
      boolean rotating) {}

  private record Grant(App app, SlackPlace place, String scopes, String redirect) {}

  record Token(SlackPlace place, Set<String> scopes, long expiresAt) {}

  private final JsonMapper json;
  private final Clock clock;
  private final Map<String, App> apps = new HashMap<>();
  private final Map<String, Grant> codes = new HashMap<>();
  private final Map<String, Grant> refreshTokens = new HashMap<>();
  private final Set<String> used = new TreeSet<>();
  private final Map<String, Token> tokens = new HashMap<>();
  private final List<String> issued = new ArrayList<>();
  private SlackPlace next = SlackPlace.HOME;
  private @Nullable String refusal;
  private int counter = 1000;

  SlackInstallations(JsonMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  synchronized void register(App app) {
    apps.put(app.clientId(), app);
  }

  synchronized void installNextInto(SlackPlace place) {
    next = place;
  }

  synchronized void refuseNext(String error) {
    refusal = error;
  }

  synchronized void expire(String token) {
    tokens.computeIfPresent(token, (key, was) -> new Token(was.place(), was.scopes(), 1));
  }

  synchronized @Nullable Token token(String token) {
    return tokens.get(token);
  }

  /// The tokens that were given out, oldest first.
  synchronized List<String> issued() {
    return List.copyOf(issued);
  }

  boolean isExpired(Token token) {
    return token.expiresAt() > 0 && token.expiresAt() <= clock.instant().getEpochSecond();
  }

  /// What a person's browser sees at `/oauth/v2/authorize` who presses "Allow": the address that it
  /// is sent to, or the error that Slack's page shows.
  synchronized String authorize(String query) {
    Map<String, String> asked = fields(query);
    App app = apps.get(asked.getOrDefault("client_id", ""));
    String redirect = asked.getOrDefault("redirect_uri", "");
    if (app == null) {
      return "invalid_client_id";
    }
    if (!app.redirects().contains(redirect)) {
      return "bad_redirect_uri";
    }
    String state = "&state=" + URLEncoder.encode(asked.getOrDefault("state", ""), UTF_8);
    if (refusal != null) {
      String error = refusal;
      refusal = null;
      return redirect + "?error=" + error + state;
    }
    counter++;
    String code = counter + "." + counter + ".c0de" + counter;
    codes.put(code, new Grant(app, next, asked.getOrDefault("scope", ""), redirect));
    return redirect + "?code=" + code + state;
  }

  /// The method `oauth.v2.access`.
  ///
  /// @param authorization the header of that name
  synchronized ObjectNode access(String authorization, JsonNode arguments) {
    String id = arguments.path("client_id").asString("");
    String secret = arguments.path("client_secret").asString("");
    if (authorization.startsWith("Basic ")) {
      byte[] pair = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
      String[] parts = new String(pair, UTF_8).split(":", 2);
      id = parts[0];
      secret = parts[1];
    }
    App app = apps.get(id);
    if (app == null) {
      return error("invalid_client_id");
    }
    if (!app.clientSecret().equals(secret)) {
      return error("bad_client_secret");
    }
    return switch (arguments.path("grant_type").asString("authorization_code")) {
      case "authorization_code" -> exchange(app, arguments);
      case "refresh_token" -> refresh(app, arguments.path("refresh_token").asString(""));
      default -> error("invalid_grant_type");
    };
  }

  private ObjectNode exchange(App app, JsonNode arguments) {
    String code = arguments.path("code").asString("");
    Grant grant = codes.get(code);
    if (grant == null || !grant.app().equals(app)) {
      return error("invalid_code");
    }
    if (!arguments.path("redirect_uri").asString("").equals(grant.redirect())) {
      return error("bad_redirect_uri");
    }
    if (!used.add(code)) {
      return error("code_already_used");
    }
    return answer(grant).set("authed_user", json.createObjectNode().put("id", "U0ADA0001"));
  }

  private ObjectNode refresh(App app, String refreshToken) {
    Grant grant = refreshTokens.get(refreshToken);
    if (grant == null
        || !grant.app().clientId().equals(app.clientId())
        || !used.add(refreshToken)) {
      return error("invalid_refresh_token");
    }
    return answer(grant);
  }

  private ObjectNode answer(Grant grant) {
    counter++;
    SlackPlace place = grant.place();
    boolean rotating = grant.app().rotating();
    String token =
        rotating
            ? "xoxe.xoxb-1-Fake" + counter + "AbCdEfGhIjKl"
            : "xoxb-%d-%d-Fake".formatted(counter, counter);
    long expiresAt = rotating ? clock.instant().getEpochSecond() + LIFE_SECONDS : 0;
    tokens.put(
        token, new Token(place, new TreeSet<>(List.of(grant.scopes().split(","))), expiresAt));
    issued.add(token);
    ObjectNode answer =
        json.createObjectNode()
            .put("ok", true)
            .put("app_id", grant.app().appId())
            .put("scope", grant.scopes())
            .put("token_type", "bot")
            .put("access_token", token)
            .put("bot_user_id", place.botUser())
            .put("is_enterprise_install", place.orgWide());
    if (rotating) {
      String refreshToken = "xoxe-1-Refresh" + counter + "AbCdEfGhIjKl";
      refreshTokens.put(refreshToken, grant);
      answer.put("expires_in", LIFE_SECONDS).put("refresh_token", refreshToken);
    }
    if (place.orgWide()) {
      answer.putNull("team");
      answer.putObject("enterprise").put("id", place.enterprise()).put("name", place.name());
    } else {
      answer.putObject("team").put("id", place.team()).put("name", place.name());
      if (place.enterprise() == null) {
        answer.putNull("enterprise");
      } else {
        answer.putObject("enterprise").put("id", place.enterprise()).put("name", "The group");
      }
    }
    return answer;
  }

  private ObjectNode error(String code) {
    return json.createObjectNode().put("ok", false).put("error", code);
  }

  private static Map<String, String> fields(String query) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return fields;
  }
}
