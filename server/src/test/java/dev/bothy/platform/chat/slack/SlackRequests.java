package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes the requests that Slack sends to an app, signed with the app's signing secret.
///
/// The shapes are the recordings in `src/test/resources/slack`; a test changes only what it is
/// about. Slack's Java SDK and Bolt read these requests in `SlackSdkTest` and `BoltTest`.
public final class SlackRequests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /// One request as it goes over the wire, without its address.
  public record Request(Map<String, String> headers, byte[] body) {
    /// The same request with one header changed or added.
    public Request with(String header, String value) {
      Map<String, String> changed = new LinkedHashMap<>(headers);
      changed.put(header, value);
      return new Request(changed, body);
    }

    public Request without(String header) {
      Map<String, String> changed = new LinkedHashMap<>(headers);
      changed.remove(header);
      return new Request(changed, body);
    }

    /// The same headers over another body, whose signature is then wrong.
    public Request withBody(byte[] other) {
      return new Request(headers, other);
    }

    public String header(String name) {
      return Objects.requireNonNull(headers.get(name), name);
    }

    public HttpResponse<String> sendTo(URI address) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .timeout(Duration.ofSeconds(30))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      try {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      } catch (IOException unreachable) {
        throw new UncheckedIOException(unreachable);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  private final String signingSecret;
  private final Clock clock;

  private SlackRequests(String signingSecret, Clock clock) {
    this.signingSecret = signingSecret;
    this.clock = clock;
  }

  public static SlackRequests signedWith(String signingSecret, Clock clock) {
    return new SlackRequests(signingSecret, clock);
  }

  /// A recording as JSON: the file `slack/<name>.json` of the test resources.
  public static ObjectNode recording(String name) {
    String file = "/slack/" + name + ".json";
    try (InputStream in = SlackRequests.class.getResourceAsStream(file)) {
      return (ObjectNode) JSON.readTree(Objects.requireNonNull(in, file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// An Events API request: `event_callback`, `url_verification` or `app_rate_limited`.
  public Request event(String recording) {
    return event(recording, unchanged -> {});
  }

  public Request event(String recording, Consumer<ObjectNode> change) {
    ObjectNode payload = recording(recording);
    change.accept(payload);
    return json(payload);
  }

  public Request json(JsonNode payload) {
    return signed("application/json", JSON.writeValueAsBytes(payload));
  }

  /// Slack's next try of a request that it got no 2xx for: same body, signed anew, counted.
  ///
  /// @param number 1 to 3
  /// @param reason for instance `http_timeout` or `http_error`
  public Request retry(Request first, int number, String reason) {
    return signed(first.header("Content-Type"), first.body())
        .with("X-Slack-Retry-Num", String.valueOf(number))
        .with("X-Slack-Retry-Reason", reason);
  }

  /// A slash command; `changes` replace or add form fields.
  public Request command(Map<String, String> changes) {
    Map<String, String> fields = new LinkedHashMap<>();
    recording("slash-command")
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
    fields.putAll(changes);
    return form(fields);
  }

  /// An interaction: `block_actions`, `view_submission`, `view_closed` or a shortcut.
  public Request interaction(String recording) {
    return interaction(recording, unchanged -> {});
  }

  public Request interaction(String recording, Consumer<ObjectNode> change) {
    ObjectNode payload = recording(recording);
    change.accept(payload);
    return form(Map.of("payload", JSON.writeValueAsString(payload)));
  }

  public Request form(Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return signed("application/x-www-form-urlencoded", body.getBytes(UTF_8));
  }

  public Request signed(String contentType, byte[] body) {
    return signed(contentType, body, clock.instant());
  }

  /// Signs at another time than now: stale or from the future.
  public Request signed(String contentType, byte[] body, Instant at) {
    String timestamp = String.valueOf(at.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
    headers.put("X-Slack-Request-Timestamp", timestamp);
    headers.put("X-Slack-Signature", signature(signingSecret, timestamp, body));
    return new Request(headers, body);
  }

  /// `v0=` and the hex HMAC-SHA256 of `v0:timestamp:body`
  /// (docs.slack.dev/authentication/verifying-requests-from-slack).
  static String signature(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      mac.update(("v0:" + timestamp + ":").getBytes(UTF_8));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
