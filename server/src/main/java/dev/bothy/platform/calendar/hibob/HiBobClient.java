package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.egress.EgressRefused;
import dev.bothy.platform.egress.ResponseTooLarge;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks HiBob. Called outside of any transaction. Whatever it answers becomes an [Answer]; of its
/// words nothing is repeated, since they may name people.
class HiBobClient {
  /// HiBob counts failed sign-ins and shuts out who has many
  /// (apidocs.hibob.com/reference/rate-limiting, "Authorization-based blocking").
  private static final Duration AFTER_REFUSAL = Duration.ofHours(6);

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final int LONGEST_ADDRESS = 320;
  private static final String PEOPLE =
      "{\"fields\":[\"root.id\",\"root.email\"],\"showInactive\":false}";

  private final ClientHttpRequestFactory requests;
  private final URI address;
  private final JsonMapper json;
  private final Clock clock;

  HiBobClient(ClientHttpRequestFactory requests, URI address, JsonMapper json, Clock clock) {
    this.requests = requests;
    this.address = address;
    this.json = json;
    this.clock = clock;
  }

  /// What came back.
  sealed interface Answer<T> {
    /// A whole answer.
    record Got<T>(T value) implements Answer<T> {}

    /// Nothing that can be used.
    ///
    /// @param problem a sentence for people
    /// @param pause for how long HiBob is better left alone; zero if that is not told
    record Failed<T>(String problem, Duration pause) implements Answer<T> {}
  }

  /// Who works there.
  ///
  /// @param byAddress their ids by their addresses in lower case: to be compared and forgotten
  /// @param ids of all, also of those without an address
  record People(Map<String, String> byAddress, Set<String> ids) {
    int count() {
      return ids.size();
    }

    @Override
    public String toString() {
      return "People[" + count() + "]";
    }
  }

  /// What became of a request.
  ///
  /// @param away false if it was cancelled, deleted or not granted
  record Change(TimeOff request, boolean away) {}

  /// `POST /people/search`: everybody whom the service user sees, in one answer.
  Answer<People> people(Credentials credentials) {
    return ask(credentials, HttpMethod.POST, "people/search", PEOPLE, HiBobClient::readPeople);
  }

  /// `GET /timeoff/whosout`: what is granted between two days, in one answer. Who works from
  /// elsewhere or is on a business trip is not out.
  ///
  /// @param to included
  Answer<List<TimeOff>> whosOut(Credentials credentials, LocalDate from, LocalDate to) {
    String path =
        ("timeoff/whosout?from=%s&to=%s&includeHourly=true&includePrivate=true"
                + "&includePending=false&includeWorkingRequests=false")
            .formatted(from, to);
    return ask(
        credentials,
        HttpMethod.GET,
        path,
        "",
        root -> {
          List<TimeOff> all = new ArrayList<>();
          entries(root, "outs")
              .forEach(each -> {
                if (isGranted(each)) {
                  all.add(TimeOff.read(each));
                }
              });
          return all;
        });
  }

  /// `GET /timeoff/requests/changes`: what has changed since then, in the order in which it did,
  /// each as it was just after. Whether it takes somebody off work it does not say.
  ///
  /// @param since at most six months ago
  Answer<List<Change>> changes(Credentials credentials, Instant since) {
    String path =
        "timeoff/requests/changes?since=%s&includePending=false"
            .formatted(since.truncatedTo(ChronoUnit.SECONDS));
    return ask(
        credentials,
        HttpMethod.GET,
        path,
        "",
        root -> {
          List<Change> all = new ArrayList<>();
          for (JsonNode each : entries(root, "changes")) {
            String type = each.path("changeType").asString("").toLowerCase(Locale.ROOT);
            boolean gone = type.startsWith("cancel") || type.equals("deleted");
            all.add(new Change(TimeOff.read(each), !gone && isGranted(each)));
          }
          return all;
        });
  }

  private static boolean isGranted(JsonNode entry) {
    String status = entry.path("status").asString("approved").toLowerCase(Locale.ROOT);
    return status.isEmpty() || status.startsWith("approved");
  }

  /// Answers come as an array, or as an object with one.
  private static JsonNode entries(JsonNode root, String name) {
    JsonNode entries = root.isArray() ? root : root.path(name);
    if (!entries.isArray()) {
      throw new IllegalArgumentException("No list of " + name);
    }
    return entries;
  }

  private static People readPeople(JsonNode root) {
    Map<String, String> byAddress = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode each : entries(root, "employees")) {
      String id = field(each, "id");
      if (id == null) {
        throw new IllegalArgumentException("An employee without an id");
      }
      ids.add(id);
      String email = field(each, "email");
      if (email != null && !email.isBlank() && email.length() <= LONGEST_ADDRESS) {
        byAddress.put(email.strip().toLowerCase(Locale.ROOT), id);
      }
    }
    return new People(byAddress, ids);
  }

  /// A field comes under its name, or under its path with the value in an object (People read API
  /// contract, "payload shapes").
  private static @Nullable String field(JsonNode employee, String name) {
    for (JsonNode value :
        List.of(
            employee.path(name),
            employee.path("/root/" + name).path("value"),
            employee.path("/root/" + name),
            employee.path("root." + name),
            employee.path("root").path(name))) {
      if (value.isString() || value.isNumber()) {
        return value.asString();
      }
    }
    return null;
  }

  private <T> Answer<T> ask(
      Credentials credentials,
      HttpMethod method,
      String path,
      String body,
      Function<JsonNode, T> reader) {
    try {
      ClientHttpRequest request = requests.createRequest(address.resolve(path), method);
      HttpHeaders headers = request.getHeaders();
      headers.set(HttpHeaders.AUTHORIZATION, credentials.basic());
      headers.setAccept(List.of(MediaType.APPLICATION_JSON));
      if (!body.isEmpty()) {
        headers.setContentType(MediaType.APPLICATION_JSON);
        request.getBody().write(body.getBytes(StandardCharsets.UTF_8));
      }
      try (ClientHttpResponse response = request.execute()) {
        int status = response.getStatusCode().value();
        if (status != 200) {
          return refused(status, response.getHeaders());
        }
        return new Answer.Got<>(reader.apply(json.readTree(response.getBody().readAllBytes())));
      }
    } catch (IOException e) {
      return new Answer.Failed<>(inWords(e), Duration.ZERO);
    } catch (JacksonException | IllegalArgumentException e) {
      return new Answer.Failed<>(
          "HiBob's answer is not whole, or not what its documentation says. It is asked again by"
              + " itself; if that goes on, look for a newer Bothy.",
          Duration.ZERO);
    }
  }

  private <T> Answer<T> refused(int status, HttpHeaders headers) {
    return switch (status) {
      case 401 ->
          new Answer.Failed<>(
              "HiBob does not know the service user, or its token is another (401). Make a new token"
                  + " there, and connect it again.",
              AFTER_REFUSAL);
      case 403 ->
          new Answer.Failed<>(
              "HiBob lets the service user see too little (403): look at its permissions.",
              AFTER_REFUSAL);
      case 429 ->
          new Answer.Failed<>(
              "HiBob was asked too often (429), and is left alone for as long as it asks.",
              wait(headers));
      default ->
          new Answer.Failed<>(
              "HiBob answered " + status + ". It is asked again by itself.", wait(headers));
    };
  }

  /// `Retry-After` in seconds, or HiBob's own `X-RateLimit-Reset` in seconds since 1970.
  private Duration wait(HttpHeaders headers) {
    Long seconds = number(headers.getFirst(HttpHeaders.RETRY_AFTER));
    if (seconds == null) {
      Long reset = number(headers.getFirst("X-RateLimit-Reset"));
      seconds = reset == null ? 0 : Math.max(0, reset - clock.instant().getEpochSecond());
    }
    Duration wait = Duration.ofSeconds(seconds);
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.strip().matches("\\d{1,12}") ? Long.valueOf(text.strip()) : null;
  }

  private static String inWords(IOException e) {
    return switch (e) {
      case EgressRefused refused ->
          "Not called: " + refused.refusal().explanation(refused.origin()) + ".";
      case ResponseTooLarge _ ->
          "HiBob's answer is too large. Let the service user see fewer people.";
      case UnknownHostException _ ->
          "HiBob's name is not known: ask IT whether the server reaches the Internet.";
      case SocketTimeoutException _ -> "HiBob did not answer in time. It is asked again by itself.";
      case InterruptedIOException _ -> "HiBob did not answer in time. It is asked again by itself.";
      case ConnectException _ -> "Nothing listens at HiBob's address. It is asked again by itself.";
      case SSLException _ -> "HiBob's certificate is not believed: ask IT what stands in between.";
      case IOException other ->
          "The connection to HiBob broke ("
              + other.getClass().getSimpleName()
              + "). It is asked again by itself.";
    };
  }
}
