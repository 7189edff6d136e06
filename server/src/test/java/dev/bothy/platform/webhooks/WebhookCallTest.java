package dev.bothy.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.webhooks.WebhookCall.Answer;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A call to a receiver that does not behave.
@BothyTest
class WebhookCallTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Autowired Egress egress;
  @Autowired TestClock clock;

  @Test
  void whoAnswersDropByDropIsNotWaitedForLongerThanThePatience() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ScheduledExecutorService drops = Executors.newScheduledThreadPool(1)) {
      Thread.startVirtualThread(() -> dripTo(listening, drops));
      WebhookSettings settings =
          new WebhookSettings(
              List.of(),
              PATIENCE,
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              Duration.ofMinutes(1),
              Duration.ofHours(1));
      WebhookCall call = new WebhookCall(egress, settings, clock);
      try {
        assertThat(send(call, listening.getLocalPort()))
            .isEqualTo(new Answer.None("It did not answer in time."));
      } finally {
        call.destroy();
        drops.shutdownNow();
      }
    }
  }

  private Answer send(WebhookCall call, int port) {
    WebhookDelivery delivery =
        new WebhookDelivery(
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            "people.left",
            WebhookDelivery.State.WAITING,
            0,
            null,
            null,
            null,
            clock.instant(),
            null,
            true);
    return call.send(
        new WebhookEndpoint.Details("http://127.0.0.1:" + port + "/hook", "", null),
        List.of(WebhookSecret.random()),
        delivery,
        new byte[] {'{', '}'},
        clock.instant());
  }

  /// A header that gets longer every tenth of the patience; ten times the patience in all.
  private static void dripTo(ServerSocket listening, ScheduledExecutorService drops) {
    try {
      Socket caller = listening.accept();
      caller
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      int[] left = {100};
      drops.scheduleAtFixedRate(
          () -> {
            try {
              if (left[0]-- == 0) {
                caller.close();
              }
              caller.getOutputStream().write('.');
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          },
          0,
          PATIENCE.toMillis() / 10,
          TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
