package dev.bothy.platform.calendar.feeds;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A calendar server of somebody's, over real HTTP on this machine.
public final class FeedServer implements AutoCloseable {
  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "";
  private volatile int missingBytes;
  private volatile String header = "";
  private volatile String headerValue = "";

  public FeedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-token/calendar.ics";
  }

  /// Answers with this calendar, and with 304 to who knows it.
  public void serves(String calendar) {
    status = 200;
    body = calendar;
    missingBytes = 0;
    header = "ETag";
    headerValue = "\"" + calendar.hashCode() + "\"";
  }

  void fails(int with, String name, String value) {
    status = with;
    body = "";
    missingBytes = 0;
    header = name;
    headerValue = value;
  }

  /// Promises more bytes than it sends.
  void breaksOff(String calendar) {
    serves(calendar);
    missingBytes = 100;
  }

  /// The header `If-None-Match` of each question, empty for none.
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    asked.add(known == null ? "" : known);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (!header.isEmpty()) {
      exchange.getResponseHeaders().set(header, headerValue);
    }
    if (status == 200 && headerValue.equals(known)) {
      exchange.sendResponseHeaders(304, -1);
    } else if (bytes.length == 0) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, bytes.length + missingBytes);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
