package dev.bothy.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieHandler;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Somebody's browser as far as signing in and out through Keycloak's pages needs one: follows
/// redirects, keeps cookies, sends forms. Many times faster than a real one, which other tests use.
public final class KeycloakBrowser implements AutoCloseable {
  private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");

  private final Jar cookies = new Jar();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /// Takes secure cookies over plain http on loopback too, as browsers do; the JDK's own does not.
  private static final class Jar extends CookieHandler {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
      return values.isEmpty()
          ? Map.of()
          : Map.of(
              "Cookie",
              List.of(
                  values.entrySet().stream()
                      .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                      .collect(Collectors.joining("; "))));
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) {
      headers.forEach((name, cookies) -> {
        if ("Set-Cookie".equalsIgnoreCase(name)) {
          cookies.stream()
              .flatMap(each -> HttpCookie.parse(each).stream())
              .forEach(cookie -> {
                if (cookie.getMaxAge() == 0) {
                  values.remove(cookie.getName());
                } else {
                  values.put(cookie.getName(), cookie.getValue());
                }
              });
        }
      });
    }
  }

  /// Goes to a page of the server, signs in as asked, and returns what is shown then: the page, or
  /// why there is none.
  public HttpResponse<String> signIn(URI page, String username, String password) {
    HttpResponse<String> shown = get(page);
    return shown.body().contains("id=\"kc-form-login\"") || shown.body().contains("kc-login")
        ? submit(shown, Map.of("username", username, "password", password))
        : shown;
  }

  /// Signs out at Keycloak itself, as somebody does who leaves another application of the realm.
  public void signOut(TestKeycloak keycloak, String client) {
    HttpResponse<String> asked =
        get(URI.create(keycloak.issuer() + "/protocol/openid-connect/logout?client_id=" + client));
    Matcher hidden = HIDDEN.matcher(asked.body());
    submit(
        asked,
        hidden.results().collect(Collectors.toMap(each -> each.group(1), each -> each.group(2))));
  }

  /// The value of the cookie of this name that the server set, if there is one.
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.values.get(name));
  }

  /// A page as a browser asks for it.
  public HttpResponse<String> get(URI page) {
    return send(HttpRequest.newBuilder(page).header("Accept", "text/html").GET());
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields) {
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new IllegalStateException("There is no form at " + page.uri() + "\n" + page.body());
    }
    URI action = page.uri().resolve(form.group(1).replace("&amp;", "&"));
    String body =
        fields.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(action)
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
