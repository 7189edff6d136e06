package dev.bothy.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Asks the server itself whether it is ready to serve.
final class ReadinessProbe {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int OK = 200;

  private ReadinessProbe() {}

  static void await(URI probe) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpClient http = HttpClient.newHttpClient();
    while (true) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(probe).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == OK) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            probe + " still answers " + answer.statusCode() + ": " + answer.body());
      }
      Thread.sleep(POLL);
    }
  }
}
