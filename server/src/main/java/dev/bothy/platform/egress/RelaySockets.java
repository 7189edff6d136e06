package dev.bothy.platform.egress;

import dev.bothy.platform.operation.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Sockets to a mail relay, for a library that wants to make its own. The register and the address
/// filter are asked when a socket connects, and it connects to what the filter left. They go
/// directly, whatever proxy there is for calls by http.
public final class RelaySockets extends SocketFactory {
  private static final String SCHEME = "smtp";

  private final EgressRegister register;
  private final FilteredNames names;
  private final Metrics metrics;
  private final String owner;
  private final SSLSocketFactory tls;
  private final boolean encrypted;

  RelaySockets(
      EgressRegister register,
      FilteredNames names,
      Metrics metrics,
      String owner,
      SSLSocketFactory tls,
      boolean encrypted) {
    this.register = register;
    this.names = names;
    this.metrics = metrics;
    this.owner = owner;
    this.tls = tls;
    this.encrypted = encrypted;
  }

  /// What makes TLS of a plain connection: it believes the same authorities as every other call.
  /// Whose certificate it is has to be checked by whoever uses it.
  public Object upgrade() {
    return tls;
  }

  @Override
  public Socket createSocket() {
    return new RelaySocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(InetSocketAddress.createUnresolved(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostName(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private List<InetSocketAddress> allowed(String host, int port) throws IOException {
    Origin origin = Origin.of(SCHEME, host, port);
    Optional<Refusal> refusal = register.refusal(origin, owner);
    if (refusal.isPresent()) {
      throw EgressGuard.refused(metrics, owner, origin, refusal.get());
    }
    try {
      return names.resolve(host, port);
    } catch (FilteredNames.Filtered filtered) {
      throw EgressGuard.refused(metrics, owner, origin, filtered.refusal());
    }
  }

  /// Plain, or TLS from its first byte on; the library that uses it need not know which.
  private final class RelaySocket extends Socket {
    private @Nullable SSLSocket inner;

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    /// One address alone is tried: a failed socket cannot be used again, and the outbox comes back.
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)) {
        throw new SocketException("A relay has a host and a port");
      }
      String host = address.getHostString();
      int port = address.getPort();
      super.connect(allowed(host, port).getFirst(), timeout);
      if (encrypted) {
        SSLSocket upgraded = (SSLSocket) tls.createSocket(this, host, port, false);
        SSLParameters parameters = upgraded.getSSLParameters();
        // RFC 9525: the certificate is one for this name. The algorithm's name is Java's own.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        upgraded.setSSLParameters(parameters);
        upgraded.startHandshake();
        inner = upgraded;
      }
    }

    @Override
    public InputStream getInputStream() throws IOException {
      SSLSocket upgraded = inner;
      return upgraded == null ? super.getInputStream() : upgraded.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      SSLSocket upgraded = inner;
      return upgraded == null ? super.getOutputStream() : upgraded.getOutputStream();
    }

    @Override
    public void close() throws IOException {
      SSLSocket upgraded = inner;
      inner = null;
      try {
        if (upgraded != null) {
          upgraded.close();
        }
      } finally {
        super.close();
      }
    }
  }
}
