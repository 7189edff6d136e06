package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.egress.EgressRefused;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls Slack's Web API and response URLs, and says how it ended. Nothing is tried twice here but
/// a call whose token had expired, which Slack has not begun.
final class SlackApi {
  /// Is told how each call with a token ended.
  interface Watch {
    /// Lets every answer stand.
    Watch NONE = (token, method, answer) -> new Verdict.Stands();

    /// Says what to do about the answer.
    Verdict answered(String token, String method, SlackAnswer answer);
  }

  /// What to do about an answer.
  sealed interface Verdict {
    /// It is the answer.
    record Stands() implements Verdict {}

    /// The same call once more with this token, whose answer then stands.
    record Again(String token) implements Verdict {
      @Override
      public String toString() {
        return "Again(…)";
      }
    }

    /// Somebody must try it again later.
    record Later(String reason) implements Verdict {}
  }

  /// Slack's own trouble, not ours (docs.slack.dev/reference/methods/chat.postMessage, "Errors").
  private static final Set<String> PASSING =
      Set.of(
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org");

  /// Slack always says how long; this is for a proxy that leaves the header out.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final MediaType JSON_UTF8 = new MediaType(MediaType.APPLICATION_JSON, UTF_8);

  private final RestClient http;
  private final URI base;
  private final JsonMapper json;
  private final Supplier<Watch> watch;

  /// @param http through the egress guard, for Slack's addresses only
  /// @param base ending in a slash, e.g. `https://slack.com/api/`
  SlackApi(RestClient http, URI base, JsonMapper json) {
    this(http, base, json, () -> Watch.NONE);
  }

  /// @param watch asked for at the first call, since it calls Slack itself
  SlackApi(RestClient http, URI base, JsonMapper json, Supplier<Watch> watch) {
    this.http = http;
    this.base = base;
    this.json = json;
    this.watch = watch;
  }

  /// Calls a method that takes JSON.
  SlackAnswer call(String token, String method, JsonNode arguments) {
    byte[] body = json.writeValueAsBytes(arguments);
    return watched(
        token, method, used -> post(base.resolve(method), bearer(used), JSON_UTF8, body));
  }

  /// Calls a method that takes form fields only, as those that read do.
  SlackAnswer read(String token, String method, Map<String, String> arguments) {
    byte[] body = form(arguments);
    return watched(
        token,
        method,
        used ->
            post(base.resolve(method), bearer(used), MediaType.APPLICATION_FORM_URLENCODED, body));
  }

  /// Calls a method as the app itself, by its client id and secret (RFC 6749 §2.3.1, which Slack
  /// prefers to form fields).
  SlackAnswer asApp(SlackApp app, String method, Map<String, String> arguments) {
    return post(
        base.resolve(method),
        headers -> headers.setBasicAuth(app.clientId(), app.clientSecret()),
        MediaType.APPLICATION_FORM_URLENCODED,
        form(arguments));
  }

  /// Posts to a response URL, which needs no token.
  SlackAnswer respond(URI url, JsonNode message) {
    return post(url, headers -> {}, JSON_UTF8, json.writeValueAsBytes(message));
  }

  private SlackAnswer watched(String token, String method, Function<String, SlackAnswer> call) {
    // Before the call, so that a method without its scope is found by whatever test calls it.
    SlackScopes.neededBy(method);
    SlackAnswer answer = call.apply(token);
    return switch (watch.get().answered(token, method, answer)) {
      case Verdict.Stands() -> answer;
      case Verdict.Again(String fresh) -> {
        SlackAnswer second = call.apply(fresh);
        watch.get().answered(fresh, method, second);
        yield second;
      }
      case Verdict.Later(String reason) -> new SlackAnswer.Unreachable(reason);
    };
  }

  private static Consumer<HttpHeaders> bearer(String token) {
    return headers -> headers.setBearerAuth(token);
  }

  private static byte[] form(Map<String, String> arguments) {
    return arguments.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"))
        .getBytes(UTF_8);
  }

  private SlackAnswer post(
      URI address, Consumer<HttpHeaders> authorization, MediaType type, byte[] body) {
    try {
      return http.post()
          .uri(address)
          .headers(headers -> {
            headers.setContentType(type);
            authorization.accept(headers);
          })
          .body(body)
          .exchange((request, response) -> read(response));
    } catch (ResourceAccessException notReached) {
      return notReached(notReached);
    }
  }

  /// A refusal of the egress guard is for good until IT changes the configuration; anything else
  /// may pass.
  private static SlackAnswer notReached(ResourceAccessException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof EgressRefused refused) {
      return new SlackAnswer.Refused("egress_refused", String.valueOf(refused.getMessage()));
    }
    return new SlackAnswer.Unreachable(
        cause == null ? "not reached" : cause.getClass().getSimpleName());
  }

  private SlackAnswer read(ClientHttpResponse response) throws IOException {
    int status = response.getStatusCode().value();
    if (status == 429) {
      return new SlackAnswer.TooMany(retryAfter(response.getHeaders()));
    }
    if (status >= 500) {
      return new SlackAnswer.Unreachable("Slack answered " + status);
    }
    JsonNode body;
    try {
      body = json.readTree(response.getBody());
    } catch (JacksonException notJson) {
      // A response URL may answer the two letters `ok`.
      return status < 300
          ? new SlackAnswer.Done(json.createObjectNode(), "")
          : new SlackAnswer.Refused("http_" + status, "");
    }
    if (status < 300 && body.path("ok").asBoolean(false)) {
      String scopes = response.getHeaders().getFirst("x-oauth-scopes");
      return new SlackAnswer.Done(body, scopes == null ? "" : scopes);
    }
    String error = body.path("error").asString("http_" + status);
    return PASSING.contains(error)
        ? new SlackAnswer.Unreachable(error)
        : new SlackAnswer.Refused(error, detail(body));
  }

  private static String detail(JsonNode body) {
    String needed = body.path("needed").asString("");
    if (!needed.isEmpty()) {
      return "the app lacks the scope " + needed;
    }
    return body.at("/response_metadata/messages")
        .valueStream()
        .map(message -> message.asString(""))
        .collect(Collectors.joining("; "));
  }

  private static Duration retryAfter(HttpHeaders headers) {
    String seconds = headers.getFirst(HttpHeaders.RETRY_AFTER);
    return seconds != null && seconds.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : PATIENCE;
  }
}
