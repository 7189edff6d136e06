package dev.bothy.drill;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Uses the restored server as a person's browser does: by its pages, with cookies and forms.
final class Visitor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int OK = 200;
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern ACTING = Pattern.compile("name=\"as\" value=\"([^\"]+)\"");
  private static final Pattern ANSWER =
      Pattern.compile(
          "id=\"m-([0-9a-f-]{36})\"(?:(?!id=\"m-).)*?class=\"avatar bot\"", Pattern.DOTALL);

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(PATIENCE)
          .build();

  Visitor(URI address) {
    this.address = address;
  }

  /// @throws DrillStopped if it is not ready in time
  void awaitReady(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    HttpResponse<String> answer = get("/readyz");
    while (answer.statusCode() != OK) {
      if (System.nanoTime() > deadline) {
        throw new DrillStopped(
            "/readyz still answers %d: %s".formatted(answer.statusCode(), answer.body()));
      }
      Thread.sleep(POLL);
      answer = get("/readyz");
    }
  }

  /// Signs in with a one-time code.
  void signIn(String path, String code) throws InterruptedException {
    page(path);
    HttpResponse<String> signedIn = post(path, Map.of("code", code));
    if (signedIn.statusCode() != OK || signedIn.uri().getPath().startsWith(path)) {
      throw new DrillStopped("The code was answered with " + signedIn.statusCode());
    }
  }

  /// Says something in the sandbox and waits for an answer.
  void converse(String slug, String text) throws InterruptedException {
    String room = "/w/" + slug + "/sandbox";
    String page = page(room);
    String acting = first(ACTING, page, "The sandbox");
    Set<String> before = answers(page);
    HttpResponse<String> said =
        post(
            room + "/say",
            Map.of(
                "as",
                acting,
                "in",
                "general",
                "saying",
                UUID.randomUUID().toString(),
                "text",
                text,
                "_csrf",
                first(CSRF, page, "The sandbox")));
    if (said.statusCode() != OK) {
      throw new DrillStopped("Saying it was answered with " + said.statusCode());
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (answers(page(room + "?as=" + acting + "&in=general")).equals(before)) {
      if (System.nanoTime() > deadline) {
        throw new DrillStopped(
            "Nothing answered %s within %d s".formatted(text, PATIENCE.toSeconds()));
      }
      Thread.sleep(POLL);
    }
  }

  private static Set<String> answers(String page) {
    Set<String> ids = new HashSet<>();
    Matcher found = ANSWER.matcher(page);
    while (found.find()) {
      ids.add(found.group(1));
    }
    return ids;
  }

  private String page(String path) throws InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != OK) {
      throw new DrillStopped(path + " is answered with " + answer.statusCode());
    }
    return answer.body();
  }

  private static String first(Pattern pattern, String page, String what) {
    Matcher found = pattern.matcher(page);
    if (!found.find()) {
      throw new DrillStopped(what + " is not what was expected");
    }
    return found.group(1);
  }

  private HttpResponse<String> get(String path) throws InterruptedException {
    return send(request(path).GET().build());
  }

  private HttpResponse<String> post(String path, Map<String, String> fields)
      throws InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(PATIENCE)
        .header("Accept", "text/html, */*;q=0.5");
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new DrillStopped(request.uri().getPath() + " does not answer: " + e.getMessage());
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
