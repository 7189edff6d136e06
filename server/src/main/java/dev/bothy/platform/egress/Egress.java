package dev.bothy.platform.egress;

import dev.bothy.platform.operation.Metrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Service;
import org.springframework.util.unit.DataSize;
import org.springframework.web.client.RestClient;

/// The only way out. A caller says on behalf of which owner of the register it calls and gets a
/// client that reaches that owner's addresses and nothing else.
///
/// ## What a call meets
///
/// - Each hop, redirects included, is looked up in the register first: not registered, of another
///   owner or in a region that is not allowed means refused before the name is looked up.
/// - The addresses that the name leads to are filtered, and what is left is what gets connected:
///   the name isn't looked up a second time, so its answer can't change in between.
/// - A redirect to another origin loses every header that could carry a credential, and is refused
///   if it would carry a body or lead from https to http.
/// - No cookie is kept, nothing is tried again (the outbox does that), no proxy or other setting is
///   taken from the environment, and an answer has a largest size.
/// - Through a proxy (`bothy.egress.proxy`) the name is looked up by the proxy: the register is
///   asked as ever, an address that stands in a name's place is checked, and which addresses a name
///   leads to is for the proxy to filter.
///
/// A refusal is an [EgressRefused], logged with host and owner, and counted.
@Service
public class Egress implements DisposableBean {
  /// Idle connections of one owner must not starve the others.
  private static final int CONNECTIONS_PER_ROUTE = 20;

  private static final int CONNECTIONS = 200;

  /// Above what any large service answers with: Slack's own pages come with under 60 headers.
  private static final int HEADERS = 200;

  private static final int HEADER_CHARACTERS = 65_536;
  private static final int REDIRECTS = 5;

  /// What anybody's machine may answer with; nothing of it is used but the status.
  private static final long MOST_OF_TYPED = 65_536;

  private final EgressRegister register;
  private final Metrics metrics;
  private final long maximumResponseBytes;
  private final RequestConfig requestConfig;
  private final PoolingHttpClientConnectionManager connections;
  private final WebSocketTransport webSocketClient;
  private final @Nullable Proxy proxy;
  private final Authorities authorities;
  private final DnsResolver names;
  private final Duration connectTimeout;
  private final Duration responseTimeout;

  @Autowired
  Egress(
      EgressRegister register,
      EgressProperties properties,
      Authorities authorities,
      Metrics metrics) {
    this(register, properties, authorities, metrics, SystemDefaultDnsResolver.INSTANCE);
  }

  Egress(
      EgressRegister register,
      EgressProperties properties,
      Authorities authorities,
      Metrics metrics,
      DnsResolver names) {
    this.register = register;
    this.metrics = metrics;
    this.proxy = Proxy.of(properties).orElse(null);
    this.authorities = authorities;
    this.names = names;
    this.connectTimeout = properties.connectTimeout();
    this.responseTimeout = properties.responseTimeout();
    SSLContext tls = authorities.tls();
    this.maximumResponseBytes = properties.maximumResponseSize().toBytes();
    Timeout connect = Timeout.of(properties.connectTimeout());
    Timeout response = Timeout.of(properties.responseTimeout());
    this.requestConfig =
        RequestConfig.custom()
            .setConnectionRequestTimeout(connect)
            .setResponseTimeout(response)
            .setMaxRedirects(REDIRECTS)
            // Allowed because the refusal would quote the whole address; the limit ends a circle.
            .setCircularRedirectsAllowed(true)
            .build();
    FilteredNames filtered = new FilteredNames(names, register, proxy);
    this.webSocketClient =
        new WebSocketTransport(
            filtered, tls, proxy, properties.connectTimeout(), properties.responseTimeout());
    this.connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(filtered)
            .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
            .setMaxConnPerRoute(CONNECTIONS_PER_ROUTE)
            .setMaxConnTotal(CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(response)
                    .setTimeToLive(5, TimeUnit.MINUTES)
                    .build())
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxHeaderCount(HEADERS)
                            .setMaxLineLength(HEADER_CHARACTERS)
                            .build())
                    .build())
            .build();
  }

  /// A client for the addresses of this owner. Make it once and keep it.
  ///
  /// @throws IllegalArgumentException if the register has no entry of this owner
  public RestClient restClient(String owner) {
    return RestClient.builder().requestFactory(requestFactory(owner)).build();
  }

  /// The same for what wants a request factory, e.g. a `RestTemplate` inside a library.
  ///
  /// @throws IllegalArgumentException if the register has no entry of this owner
  public ClientHttpRequestFactory requestFactory(String owner) {
    return requestFactory(owner, requestConfig);
  }

  /// The same with a patience of the caller's own for connecting and for each answer.
  ///
  /// @throws IllegalArgumentException if the register has no entry of this owner
  public ClientHttpRequestFactory requestFactory(String owner, Duration patience) {
    return requestFactory(owner, patient(patience));
  }

  /// The same for who gets larger answers than `bothy.egress.maximum-response-size`.
  ///
  /// @param largestAnswer of one answer's body
  /// @throws IllegalArgumentException if the register has no entry of this owner
  public ClientHttpRequestFactory requestFactory(
      String owner, Duration patience, DataSize largestAnswer) {
    return requestFactory(owner, patient(patience), largestAnswer.toBytes());
  }

  private RequestConfig patient(Duration patience) {
    Timeout timeout = Timeout.of(patience);
    return RequestConfig.copy(requestConfig)
        .setConnectionRequestTimeout(timeout)
        .setConnectTimeout(timeout)
        .setResponseTimeout(timeout)
        .build();
  }

  /// A client for addresses that people of a workspace typed in, such as those of webhooks: any
  /// public host by https, and those that IT lists as on-premises; never one that is registered for
  /// something else. No redirect is followed, and of an answer little is read.
  ///
  /// @param owner on whose behalf, for the log and the metric; no owner of the register
  /// @param patience for connecting and for each wait for the answer
  public ClientHttpRequestFactory typedAddresses(String owner, Duration patience) {
    return typedAddresses(owner, patience, DataSize.ofBytes(MOST_OF_TYPED));
  }

  /// The same for who reads what such an address answers.
  ///
  /// @param largestAnswer of one answer's body; a larger one is a [ResponseTooLarge]
  public ClientHttpRequestFactory typedAddresses(
      String owner, Duration patience, DataSize largestAnswer) {
    EgressGuard guard =
        new EgressGuard(metrics, owner, largestAnswer.toBytes(), register::typedRefusal);
    return guarded(guard, patient(patience), NoRedirects.INSTANCE);
  }

  private ClientHttpRequestFactory requestFactory(String owner, RequestConfig config) {
    return requestFactory(owner, config, maximumResponseBytes);
  }

  private ClientHttpRequestFactory requestFactory(
      String owner, RequestConfig config, long largestAnswerBytes) {
    requireKnown(owner);
    return guarded(
        new EgressGuard(register, metrics, owner, largestAnswerBytes),
        config,
        new QuietRedirects());
  }

  private ClientHttpRequestFactory guarded(
      EgressGuard guard, RequestConfig config, RedirectStrategy redirects) {
    CloseableHttpClient client =
        clients()
            .setDefaultRequestConfig(config)
            .setRedirectStrategy(redirects)
            .addExecInterceptorAfter(ChainElement.REDIRECT.name(), "egress", guard)
            .addExecInterceptorAfter(
                ChainElement.CONNECT.name(), "egress-arrived", EgressGuard::arrived)
            .build();
    return new HttpComponentsClientHttpRequestFactory(client);
  }

  private HttpClientBuilder clients() {
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setConnectionManagerShared(true)
        .setDefaultRequestConfig(requestConfig)
        .setRoutePlanner(proxy == null ? null : new ProxyRoutes(proxy))
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("Bothy");
  }

  /// WebSockets to the addresses of this owner, with the same register and address filter. Make it
  /// once and keep it.
  ///
  /// @throws IllegalArgumentException if the register has no entry of this owner
  public EgressWebSockets webSockets(String owner) {
    requireKnown(owner);
    return new EgressWebSockets(register, metrics, owner, webSocketClient);
  }

  /// Sockets to the mail relay of this owner, which the register has as `smtp://host:port`.
  ///
  /// @param encrypted whether they speak TLS from their first byte on; else whoever uses them
  ///   begins it (STARTTLS)
  /// @throws IllegalArgumentException if the register has no entry of this owner
  public RelaySockets relaySockets(String owner, boolean encrypted) {
    requireKnown(owner);
    return new RelaySockets(
        register,
        new FilteredNames(names, register, null),
        metrics,
        owner,
        authorities.tls().getSocketFactory(),
        encrypted);
  }

  /// Looks at places that the settings name, before there is a server; see [Probe].
  public Probe probe() {
    return new Probe(names, authorities, proxy, connectTimeout, responseTimeout);
  }

  @Override
  public void destroy() {
    connections.close();
    webSocketClient.close();
  }

  private void requireKnown(String owner) {
    if (!register.knowsOwner(owner)) {
      throw new IllegalArgumentException(
          "The egress register has no entry of " + owner + ": contribute a Destination bean.");
    }
  }
}
