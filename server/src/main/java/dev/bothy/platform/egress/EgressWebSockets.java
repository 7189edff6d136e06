package dev.bothy.platform.egress;

import dev.bothy.platform.operation.Metrics;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// WebSockets to the addresses of one owner of the register; see [Egress] for what a call meets.
/// Nothing is redirected, no cookie is kept, no proxy is taken from the environment.
public final class EgressWebSockets {
  /// The largest message that is read; a larger one closes the socket.
  public static final int LARGEST_MESSAGE = 1024 * 1024;

  private final EgressRegister register;
  private final Metrics metrics;
  private final String owner;
  private final WebSocketTransport transport;

  EgressWebSockets(
      EgressRegister register, Metrics metrics, String owner, WebSocketTransport transport) {
    this.register = register;
    this.metrics = metrics;
    this.owner = owner;
    this.transport = transport;
  }

  /// Opens a socket; returns when the other side has agreed to it.
  ///
  /// @param address `wss`, or `ws` for an on-premises host
  /// @throws EgressRefused when the register or the address filter refuses it
  /// @throws IOException when it was not reached, did not agree, or did not answer in time
  public EgressSocket open(URI address, EgressSocket.Listener listener) throws IOException {
    Origin origin = Origin.of(address);
    if (!origin.isWebSocket()) {
      throw new IllegalArgumentException("A WebSocket's address begins with wss or ws.");
    }
    Optional<Refusal> refusal = register.refusal(origin, owner);
    if (refusal.isPresent()) {
      throw EgressGuard.refused(metrics, owner, origin, refusal.get());
    }
    try {
      return transport.open(address, listener);
    } catch (FilteredNames.Filtered filtered) {
      throw EgressGuard.refused(metrics, owner, origin, filtered.refusal());
    }
  }
}
