package dev.bothy.platform.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Looks at one place that a setting names: what its name leads to, whether its certificate is
/// believed, what it answers. For the preflight, which says what is wrong before there is a server:
/// the register is not asked, since what is looked at is what IT itself wrote. It goes the same way
/// as the server's calls, through the same proxy, and believes the same authorities.
public final class Probe {
  private static final int TLS_REQUEST_LENGTH = 8;
  private static final int TLS_REQUEST = 80_877_103;
  private static final int LONGEST_ANSWER = 65_536;

  private final DnsResolver names;
  private final Authorities authorities;
  private final @Nullable Proxy proxy;
  private final int connectMillis;
  private final int waitMillis;

  Probe(
      DnsResolver names,
      Authorities authorities,
      @Nullable Proxy proxy,
      Duration connect,
      Duration wait) {
    this.names = names;
    this.authorities = authorities;
    this.proxy = proxy;
    this.connectMillis = Math.toIntExact(connect.toMillis());
    this.waitMillis = Math.toIntExact(wait.toMillis());
  }

  /// What a place answers.
  ///
  /// @param headers by name in lower case; of several with one name the last
  /// @param body its beginning
  public record Answer(int status, Map<String, String> headers, String body) {
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /// The certificate that a place shows.
  ///
  /// @param distrust why it is not believed; null when it is
  public record Shown(X509Certificate certificate, @Nullable String distrust) {}

  /// The proxy's host and port, if there is one.
  public Optional<String> proxy() {
    return Optional.ofNullable(proxy).map(way -> way.host() + ":" + way.port());
  }

  /// Whether this host is reached through the proxy, which then looks its name up.
  public boolean goesThroughProxy(String host) {
    return proxy != null && proxy.leadsTo(host);
  }

  /// What the name leads to.
  public List<InetAddress> lookUp(String host) throws UnknownHostException {
    return Arrays.asList(names.resolve(host));
  }

  /// The certificate that an https place shows.
  ///
  /// @throws IOException when the place is not reached or speaks no TLS
  public Shown certificate(String host, int port) throws IOException {
    Witness witness = new Witness(authorities.trustManager());
    URI address =
        URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    try (CloseableHttpClient client = client(Authorities.tls(witness))) {
      client.execute(new HttpHead(address), Probe::read);
      return witness.shown(null);
    } catch (SSLException e) {
      return witness.shown(e);
    }
  }

  /// The certificate that a PostgreSQL shows; empty if it offers no TLS. It is asked for TLS first
  /// (postgresql.org/docs/18/protocol-flow.html, SSL session encryption), and never through a
  /// proxy.
  ///
  /// @throws IOException when it is not reached
  public Optional<X509Certificate> certificateOfPostgresql(String host, int port)
      throws IOException {
    try (Socket socket = direct(host, port)) {
      byte[] request =
          ByteBuffer.allocate(TLS_REQUEST_LENGTH)
              .putInt(TLS_REQUEST_LENGTH)
              .putInt(TLS_REQUEST)
              .array();
      socket.getOutputStream().write(request);
      return socket.getInputStream().read() == 'S'
          ? Optional.of(shown(socket, host, port))
          : Optional.empty();
    }
  }

  /// What the place answers to a GET; no redirect is followed.
  ///
  /// @param headers to send along
  public Answer get(URI address, Map<String, String> headers) throws IOException {
    HttpGet request = new HttpGet(address);
    headers.forEach(request::setHeader);
    try (CloseableHttpClient client = client(authorities.tls())) {
      return client.execute(request, Probe::read);
    }
  }

  private CloseableHttpClient client(SSLContext tls) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofMilliseconds(connectMillis))
                        .setSocketTimeout(Timeout.ofMilliseconds(waitMillis))
                        .build())
                .build())
        .setRoutePlanner(proxy == null ? null : new ProxyRoutes(proxy))
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("Bothy")
        .build();
  }

  private static Answer read(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    HttpEntity entity = response.getEntity();
    byte[] body = entity == null ? new byte[0] : entity.getContent().readNBytes(LONGEST_ANSWER);
    return new Answer(response.getCode(), headers, new String(body, StandardCharsets.UTF_8));
  }

  private Socket direct(String host, int port) throws IOException {
    IOException last = new UnknownHostException(host);
    for (InetAddress address : lookUp(host)) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), connectMillis);
        socket.setSoTimeout(waitMillis);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  /// Whether it is believed is for the driver to say.
  private X509Certificate shown(Socket socket, String host, int port) throws IOException {
    Witness witness = new Witness(authorities.trustManager());
    try (SSLSocket encrypted =
        (SSLSocket)
            Authorities.tls(witness).getSocketFactory().createSocket(socket, host, port, true)) {
      encrypted.startHandshake();
      return witness.shown(null).certificate();
    } catch (SSLException e) {
      return witness.shown(e).certificate();
    }
  }

  /// Remembers what was shown, and leaves the judgement to the other.
  private static final class Witness extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private X509Certificate @Nullable [] chain;

    Witness(X509ExtendedTrustManager judge) {
      this.judge = judge;
    }

    Shown shown(@Nullable SSLException failure) throws SSLException {
      X509Certificate[] seen = chain;
      if (seen == null || seen.length == 0) {
        throw failure == null ? new SSLException("No certificate was shown") : failure;
      }
      if (failure == null) {
        return new Shown(seen[0], null);
      }
      Throwable deepest = failure;
      while (deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      String why = deepest.getMessage();
      return new Shown(seen[0], why == null ? deepest.getClass().getSimpleName() : why);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket)
        throws CertificateException {
      chain = shown.clone();
      judge.checkServerTrusted(shown, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine)
        throws CertificateException {
      chain = shown.clone();
      judge.checkServerTrusted(shown, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type)
        throws CertificateException {
      chain = shown.clone();
      judge.checkServerTrusted(shown, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket)
        throws CertificateException {
      judge.checkClientTrusted(shown, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine)
        throws CertificateException {
      judge.checkClientTrusted(shown, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type)
        throws CertificateException {
      judge.checkClientTrusted(shown, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return judge.getAcceptedIssuers();
    }
  }
}
