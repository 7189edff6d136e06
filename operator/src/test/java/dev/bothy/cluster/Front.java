package dev.bothy.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// What stands before an installation: it ends TLS, and says by forwarded headers for whom it asks.
final class Front implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /// What belongs to one connection and is not handed on.
  private static final List<String> OF_A_CONNECTION =
      List.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String host;
  private final String behind;
  private final HttpsServer server;

  /// @param keys certificate and key, as PKCS#12
  /// @param behind the host or address that it asks
  Front(Path keys, String host, String behind) throws IOException, GeneralSecurityException {
    this.host = host;
    this.behind = behind;
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys)) {
      store.load(file, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", this::handOn);
    server.start();
  }

  /// Address and port, as a browser's rules for names have it.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void handOn(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://" + behind + exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> {
            if (!OF_A_CONNECTION.contains(name.toLowerCase())) {
              values.forEach(value -> request.header(name, value));
            }
          });
      request.setHeader(
          "X-Forwarded-For", exchange.getRemoteAddress().getAddress().getHostAddress());
      request.setHeader("X-Forwarded-Proto", "https");
      request.setHeader("X-Forwarded-Host", host);
      HttpResponse<InputStream> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            if (!OF_A_CONNECTION.contains(name)) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      try (InputStream body = answer.body()) {
        exchange.sendResponseHeaders(
            answer.statusCode(), answer.statusCode() == 204 || answer.statusCode() == 304 ? -1 : 0);
        OutputStream out = exchange.getResponseBody();
        byte[] part = new byte[8192];
        for (int read = body.read(part); read >= 0; read = body.read(part)) {
          out.write(part, 0, read);
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }
}
