package dev.bothy.platform.chat.slack;

import dev.bothy.platform.egress.EgressRefused;
import dev.bothy.platform.egress.EgressSocket;
import dev.bothy.platform.egress.EgressWebSockets;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Opens a socket for an app: asks Slack for an address, which is good once, and connects to it
/// (docs.slack.dev/apis/events-api/using-socket-mode).
@Component
class SlackSocketOpener {
  static final String METHOD = "apps.connections.open";

  /// Nothing that Slack refused mends itself sooner.
  private static final Duration REFUSED = Duration.ofSeconds(30);

  private final SlackApi api;
  private final EgressWebSockets webSockets;

  SlackSocketOpener(SlackApi api, EgressWebSockets webSockets) {
    this.api = api;
    this.webSockets = webSockets;
  }

  /// What became of it.
  sealed interface Opening {
    /// Slack has said hello: events come from now on.
    record Open(SlackSocket socket) implements Opening {}

    /// It is to be tried again, not before `atLeast` has passed.
    ///
    /// @param problem for people
    /// @param badToken whether another token may work
    record Later(Duration atLeast, String problem, boolean badToken) implements Opening {}
  }

  /// @param socket a new one, told of what comes
  Opening open(String token, SlackSocket socket) {
    return switch (api.read(token, METHOD, Map.of())) {
      case SlackAnswer.Done done -> connect(done.body().path("url").asString(""), socket);
      case SlackAnswer.TooMany limit ->
          new Opening.Later(limit.retryAfter(), "Slack asks to wait before it opens one.", false);
      case SlackAnswer.Unreachable unreachable ->
          new Opening.Later(
              Duration.ZERO, "Slack is not reached (" + unreachable.reason() + ").", false);
      case SlackAnswer.Refused refused ->
          new Opening.Later(REFUSED, "Slack refuses to open one: " + refused.words() + ".", true);
    };
  }

  private Opening connect(String address, SlackSocket socket) {
    try {
      EgressSocket opened = webSockets.open(URI.create(address), socket);
      return socket.begin(opened)
          ? new Opening.Open(socket)
          : new Opening.Later(
              Duration.ZERO, "Slack did not greet: " + socket.ending() + ".", false);
    } catch (EgressRefused refused) {
      return new Opening.Later(REFUSED, String.valueOf(refused.getMessage()), false);
    } catch (IOException notReached) {
      return new Opening.Later(Duration.ZERO, String.valueOf(notReached.getMessage()), false);
    } catch (IllegalArgumentException noAddress) {
      // Not quoted: it may carry a ticket.
      return new Opening.Later(REFUSED, "Slack gave an address that is none.", false);
    }
  }
}
