package dev.bothy.operator.restore;

import dev.bothy.operator.api.Bothy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/// Asks a server for its metrics, of which one says whether it holds: 0 says no.
public final class ServersHold implements Hold {
  private static final String HELD = "bothy_recovery_state";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  @Override
  public boolean isReleased(Bothy bothy) {
    URI metrics =
        URI.create(
            "http://bothy.%s.svc:8081/actuator/prometheus"
                .formatted(bothy.getMetadata().getNamespace()));
    try {
      HttpResponse<Stream<String>> answer =
          http.send(
              HttpRequest.newBuilder(metrics).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofLines());
      try (Stream<String> lines = answer.body()) {
        return answer.statusCode() == 200 && lines.anyMatch(ServersHold::saysReleased);
      }
    } catch (IOException unreachable) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// `bothy_recovery_state 0.0`, with or without labels.
  static boolean saysReleased(String line) {
    return line.startsWith(HELD) && line.endsWith(" 0.0");
  }
}
