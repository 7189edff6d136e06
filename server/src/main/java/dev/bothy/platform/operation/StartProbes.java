package dev.bothy.platform.operation;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/// Answers on the server's port while it waits for something without which its web server cannot
/// start: alive, not ready. So whoever watches the process leaves it running instead of starting it
/// over and over.
public final class StartProbes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartProbes.class);
  private static final int DEFAULT_PORT = 8080;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final @Nullable HttpServer server;

  private StartProbes(@Nullable HttpServer server) {
    this.server = server;
  }

  /// Listens where the server will, by plain http. Where that cannot be, it waits all the same.
  public static StartProbes open(Environment environment) {
    int port = environment.getProperty("server.port", Integer.class, DEFAULT_PORT);
    if (port <= 0) {
      // Nobody could know which one.
      return new StartProbes(null);
    }
    try {
      String address = environment.getProperty("server.address");
      HttpServer server =
          HttpServer.create(
              address == null
                  ? new InetSocketAddress(port)
                  : new InetSocketAddress(InetAddress.getByName(address), port),
              0);
      answer(server, "/", UNAVAILABLE, "DOWN");
      answer(server, "/livez", OK, "UP");
      server.start();
      return new StartProbes(server);
    } catch (IOException e) {
      LOG.warn("While it waits the server answers no probes: {}", e.getMessage());
      return new StartProbes(null);
    }
  }

  private static void answer(HttpServer server, String path, int status, String word) {
    byte[] body = ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
