package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.BothyTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/// What every response of a server says that browsers reach over https.
@BothyTest
@TestPropertySource(properties = "bothy.installation.public-address=https://bothy.example.org")
class ResponseHeadersTest {
  @LocalServerPort int port;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Strict-Transport-Security | max-age=63072000",
        "X-Content-Type-Options | nosniff",
        "X-Frame-Options | DENY",
        "Referrer-Policy | same-origin",
        "Cross-Origin-Opener-Policy | same-origin",
      })
  void everyPageCarriesTheHeader(String name, String value)
      throws IOException, InterruptedException {
    for (String path : new String[] {"/", "/no/such/page", "/console/bothy.css"}) {
      assertThat(get(path).headers().firstValue(name)).as(path).contains(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  })
  void theContentSecurityPolicyAllowsNothingInlineAndNothingFromElsewhere(String directive)
      throws IOException, InterruptedException {
    String policy = get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy).contains(directive).doesNotContain("unsafe");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Accept", "text/html")
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
