package dev.bothy.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// Plain HTTP to the server under test: follows no redirect and keeps no cookie, so that a test
/// sees each answer as it is.
///
/// @param address of the server, e.g. `http://127.0.0.1:8080`
public record Http(String address) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /// The server on this port of loopback.
  public static Http onPort(int port) {
    return new Http("http://127.0.0.1:" + port);
  }

  /// A page as a browser asks for it. Headers are pairs of name and value.
  public HttpResponse<String> page(String path, String... headers) {
    return send(request(path, headers).header("Accept", "text/html").GET().build());
  }

  /// The same, by somebody with this session.
  public HttpResponse<String> pageOf(String session, String path) {
    return page(path, "Cookie", "bothy-session=" + session);
  }

  /// As a program asks for it.
  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  /// What is no text, as a program asks for it.
  public HttpResponse<byte[]> getBytes(String path, String... headers) {
    try {
      return CLIENT.send(
          request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A form as a browser sends it.
  public HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path, headers)
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /// A document as a program sends it.
  public HttpResponse<String> postJson(String path, String document, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document))
            .build());
  }

  /// A program's request of any method, with a document unless it is empty.
  public HttpResponse<String> send(String method, String path, String document, String... headers) {
    HttpRequest.Builder request = request(path, headers);
    if (!document.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return send(
        request
            .method(
                method,
                document.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(document))
            .build());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
