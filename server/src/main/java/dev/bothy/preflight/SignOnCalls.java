package dev.bothy.preflight;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.people.SignOnSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;

/// Calls to Keycloak just as the server makes them, past the same guard: what it would refuse is
/// refused here, in the same words.
final class SignOnCalls {
  private static final int LONGEST = 65_536;

  private final RestClient client;

  SignOnCalls(Egress egress) {
    this.client = egress.restClient(SignOnSettings.IDENTITY_PROVIDER);
  }

  /// @param date the header, if there was one
  record Answer(int status, String body, @Nullable String date) {}

  Answer get(String address) throws IOException {
    return calling(
        () -> client.get().uri(URI.create(address)).exchange((_, answer) -> read(answer)));
  }

  /// Sends a form, with the client's secret as the server sends it.
  Answer post(String address, String user, @Nullable String secret, Map<String, String> fields)
      throws IOException {
    UriComponentsBuilder form = UriComponentsBuilder.newInstance();
    fields.forEach((name, value) -> form.queryParam(name, "{" + name + "}"));
    String body = form.encode().buildAndExpand(fields).toUriString().substring(1);
    return calling(() ->
        client
            .post()
            .uri(URI.create(address))
            .contentType(MediaType.APPLICATION_FORM_URLENCODED)
            .headers(headers -> {
              if (secret != null) {
                headers.setBasicAuth(encoded(user), encoded(secret));
              }
            })
            .body(body.getBytes(StandardCharsets.US_ASCII))
            .exchange((_, answer) -> read(answer)));
  }

  /// RFC 6749 §2.3.1.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Answer calling(Supplier<@Nullable Answer> call) throws IOException {
    try {
      Answer answer = call.get();
      if (answer == null) {
        throw new IOException("It does not answer");
      }
      return answer;
    } catch (ResourceAccessException e) {
      throw new IOException(e.getMostSpecificCause().getMessage(), e.getCause());
    }
  }

  private static Answer read(ClientHttpResponse answer) throws IOException {
    return new Answer(
        answer.getStatusCode().value(),
        new String(answer.getBody().readNBytes(LONGEST), StandardCharsets.UTF_8),
        answer.getHeaders().getFirst(HttpHeaders.DATE));
  }
}
