package dev.bothy.platform.egress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;

/// Opens WebSockets by Jetty's client, because it connects to the addresses that we look up.
/// Tomcat's and the JDK's clients take a name and look it up by themselves: an answer that was
/// checked first could differ from the one that is connected to. Started with the first socket.
final class WebSocketTransport {
  /// A silent socket is ended; those who hold one long send pings far more often.
  private static final Duration IDLE = Duration.ofMinutes(5);

  private static final int THREADS = 16;

  private final FilteredNames names;
  private final SSLContext tls;
  private final @Nullable Proxy proxy;
  private final Duration connect;
  private final Duration agree;
  private @Nullable WebSocketClient started;

  /// @param proxy through which sockets go out; null means directly
  /// @param connect for the TCP connection, then again for the TLS handshake
  /// @param agree for the other side's answer
  WebSocketTransport(
      FilteredNames names,
      SSLContext tls,
      @Nullable Proxy proxy,
      Duration connect,
      Duration agree) {
    this.names = names;
    this.tls = tls;
    this.proxy = proxy;
    this.connect = connect;
    this.agree = agree;
  }

  /// @throws FilteredNames.Filtered when no address of the host may be connected to
  EgressSocket open(URI address, EgressSocket.Listener listener) throws IOException {
    JettySocket socket = new JettySocket(listener);
    CompletableFuture<Session> opening = client().connect(socket, address);
    try {
      socket.onWebSocketOpen(
          opening.get(connect.multipliedBy(2).plus(agree).toMillis(), TimeUnit.MILLISECONDS));
      return socket;
    } catch (ExecutionException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof FilteredNames.Filtered filtered) {
          throw filtered;
        }
      }
      // Without the cause's words, which may quote the address: it carries a ticket.
      Throwable cause = e.getCause();
      throw new IOException(
          "The WebSocket was not opened: "
              + (cause == null ? "unknown" : cause.getClass().getSimpleName()));
    } catch (TimeoutException e) {
      opening.cancel(true);
      throw new IOException("The WebSocket was not opened in time");
    } catch (InterruptedException e) {
      opening.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a WebSocket was opened");
    }
  }

  void close() {
    WebSocketClient client;
    synchronized (this) {
      client = started;
      started = null;
    }
    if (client != null) {
      stop(client);
    }
  }

  private synchronized WebSocketClient client() throws IOException {
    if (started == null) {
      started = start();
    }
    return started;
  }

  private WebSocketClient start() throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("egress-websocket");
    threads.setDaemon(true);
    SslContextFactory.Client believed = new SslContextFactory.Client();
    believed.setSslContext(tls);
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(believed);
    HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
    if (proxy != null) {
      http.getProxyConfiguration().addProxy(new Tunnel(proxy));
    }
    http.setExecutor(threads);
    http.setSocketAddressResolver(new Resolver());
    http.setConnectTimeout(connect.toMillis());
    http.setIdleTimeout(agree.toMillis());
    http.setFollowRedirects(false);
    http.setHttpCookieStore(new HttpCookieStore.Empty());
    http.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Bothy"));
    WebSocketClient client = new WebSocketClient(http);
    client.setIdleTimeout(IDLE);
    client.setMaxTextMessageSize(EgressWebSockets.LARGEST_MESSAGE);
    client.setStopAtShutdown(false);
    try {
      http.start();
      client.start();
      return client;
    } catch (Exception e) {
      stop(client);
      throw new IOException("The client for WebSockets did not start", e);
    }
  }

  private static void stop(WebSocketClient client) {
    try {
      client.stop();
      client.getHttpClient().stop();
    } catch (Exception e) {
      throw new IllegalStateException("The client for WebSockets did not stop", e);
    }
  }

  private static final class Tunnel extends HttpProxy {
    private final Proxy proxy;

    Tunnel(Proxy proxy) {
      super(new org.eclipse.jetty.client.Origin.Address(proxy.host(), proxy.port()), false);
      this.proxy = proxy;
    }

    @Override
    public boolean matches(org.eclipse.jetty.client.Origin origin) {
      org.eclipse.jetty.client.Origin.Address to = origin.getAddress();
      // Its own requests for tunnels go to the proxy itself.
      return !proxy.is(to.getHost(), to.getPort()) && proxy.leadsTo(to.getHost());
    }
  }

  /// Jetty connects to what this gives, one after the other, and looks nothing up by itself.
  private final class Resolver implements SocketAddressResolver {
    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      try {
        promise.succeeded(names.resolve(host, port));
      } catch (UnknownHostException e) {
        promise.failed(e);
      }
    }
  }
}
