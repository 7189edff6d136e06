package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.egress.EgressRefused;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls Slack's Web API and response URLs, and says how it ended. Nothing is tried twice here.
final class SlackApi {
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

  /// @param http through the egress guard, for Slack's addresses only
  /// @param base ending in a slash, e.g. `https://slack.com/api/`
  SlackApi(RestClient http, URI base, JsonMapper json) {
    this.http = http;
    this.base = base;
    this.json = json;
  }

  /// Calls a method that takes JSON.
  SlackAnswer call(String token, String method, JsonNode arguments) {
    return post(base.resolve(method), token, JSON_UTF8, json.writeValueAsBytes(arguments));
  }

  /// Calls a method that takes form fields only, as those that read do.
  SlackAnswer read(String token, String method, Map<String, String> arguments) {
    String form =
        arguments.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return post(
        base.resolve(method), token, MediaType.APPLICATION_FORM_URLENCODED, form.getBytes(UTF_8));
  }

  /// Posts to a response URL, which needs no token.
  SlackAnswer respond(URI url, JsonNode message) {
    return post(url, "", JSON_UTF8, json.writeValueAsBytes(message));
  }

  private SlackAnswer post(URI address, String token, MediaType type, byte[] body) {
    try {
      return http.post()
          .uri(address)
          .headers(headers -> {
            headers.setContentType(type);
            if (!token.isEmpty()) {
              headers.setBearerAuth(token);
            }
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
