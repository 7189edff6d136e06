package dev.bothy.bench;

import dev.bothy.platform.chat.slack.SlackRequests;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/// What became of one request of a network's.
///
/// @param status of the answer; 0 when there was none
/// @param words the status, or what went wrong
/// @param reason what Slack calls it in the header `X-Slack-Retry-Reason` of its next try
record Attempt(int status, String words, String reason) {
  private static final String NOBODY = "nobody listening";

  /// One whose connections nobody shares.
  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CrashPlan.PATIENCE)
        .build();
  }

  /// Waits for an answer as long as Slack does.
  static Attempt of(HttpClient client, URI address, SlackRequests.Request request)
      throws InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address)
            .timeout(CrashPlan.PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(builder::header);
    try {
      int status =
          client.send(builder.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return new Attempt(status, String.valueOf(status), "http_error");
    } catch (HttpTimeoutException late) {
      return new Attempt(
          0, "no answer in " + CrashPlan.PATIENCE.toSeconds() + " s", "http_timeout");
    } catch (ConnectException nobody) {
      return new Attempt(0, NOBODY, "connection_failed");
    } catch (NoRouteToHostException nowhere) {
      return new Attempt(0, "no route", "connection_failed");
    } catch (IOException broken) {
      return new Attempt(0, "connection lost", "connection_failed");
    }
  }

  boolean acknowledged() {
    return status / 100 == 2;
  }

  boolean foundNobody() {
    return words.equals(NOBODY);
  }
}
