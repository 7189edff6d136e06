package dev.bothy.operator.operation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// `/metrics`, `/livez` and `/readyz`, by plain http inside the cluster.
public final class Endpoints implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;

  /// @param port 0 for any free one
  public Endpoints(int port, OperatorMetrics metrics, BooleanSupplier alive, BooleanSupplier ready)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("endpoints").daemon().factory()));
    server.createContext(
        "/metrics",
        exchange -> {
          StringWriter text = new StringWriter();
          TextFormat.write004(text, metrics.registry().metricFamilySamples());
          answer(exchange, OK, TextFormat.CONTENT_TYPE_004, text.toString());
        });
    probe("/livez", alive);
    probe("/readyz", ready);
  }

  public void start() {
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void probe(String path, BooleanSupplier holds) {
    server.createContext(
        path,
        exchange -> {
          boolean well = holds.getAsBoolean();
          answer(exchange, well ? OK : UNAVAILABLE, "text/plain", well ? "ok\n" : "not ok\n");
        });
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
