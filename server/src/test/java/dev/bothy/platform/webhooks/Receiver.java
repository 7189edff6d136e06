package dev.bothy.platform.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program of a customer's that takes deliveries, over real HTTP on this machine.
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private volatile Reply otherwise = new Reply(204, Map.of());

  /// What it answers with.
  record Reply(int status, Map<String, String> headers) {}

  /// What came, as it came.
  public record Received(
      String id, String timestamp, String signature, String authorization, byte[] body) {
    /// The body, read.
    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    /// Verifies as the Standard Webhooks specification tells a receiver to
    /// (spec/standard-webhooks.md, "Verifying webhook authenticity"), with no code of ours.
    public boolean isSignedBy(String secret) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = id + "." + timestamp + "." + new String(body, StandardCharsets.UTF_8);
        String expected =
            Base64.getEncoder()
                .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        return Stream.of(signature.split(" "))
            .filter(each -> each.startsWith("v1,"))
            .anyMatch(each -> each.substring(3).equals(expected));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /// The next answer; after those that were asked for it takes everything.
  public void replies(int status, String... headers) {
    replies.add(reply(status, headers));
  }

  void repliesAlways(int status, String... headers) {
    otherwise = reply(status, headers);
  }

  public List<Received> received() {
    return received;
  }

  private static Reply reply(int status, String... headers) {
    return new Reply(status, headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]));
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    received.add(
        new Received(
            header(exchange, "webhook-id"),
            header(exchange, "webhook-timestamp"),
            header(exchange, "webhook-signature"),
            header(exchange, "authorization"),
            body));
    Reply next = replies.poll();
    Reply reply = next == null ? otherwise : next;
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), -1);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
