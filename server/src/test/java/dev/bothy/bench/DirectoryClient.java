package dev.bothy.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// A directory as it provisions: it asks by filter whether something is there, and then makes it or
/// writes it again. Several requests are under way at once, each user's after the other.
final class DirectoryClient implements AutoCloseable {
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
  private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads;
  private final String base;
  private final String token;
  private final int rounds;
  private final String name;

  DirectoryClient(int port, String token, int connections, int rounds, String name) {
    this.base = "http://127.0.0.1:" + port + "/scim/v2";
    this.token = token;
    this.threads = Executors.newFixedThreadPool(connections);
    this.rounds = rounds;
    this.name = name;
  }

  /// @param rates requests per second, of as many parts as there are rounds
  /// @param latencies of each request
  record Measured(Series rates, Latencies latencies) {}

  /// @param ids is filled
  Measured importUsers(int users, List<String> ids) throws Exception {
    ids.addAll(Collections.nCopies(users, ""));
    return inParts(
        users,
        (number, latencies) -> {
          latencies.add(send("GET", "/Users?filter=" + encode(byName(number)), null, 200).nanos);
          Answer made = send("POST", "/Users", user(number), 201);
          ids.set(number, made.id());
          latencies.add(made.nanos);
        });
  }

  Measured importGroups(int groups, int members, List<String> users, List<String> ids)
      throws Exception {
    ids.addAll(Collections.nCopies(groups, ""));
    return inParts(
        groups,
        (number, latencies) -> {
          latencies.add(send("GET", byGroup(number), null, 200).nanos);
          Answer made =
              send(
                  "POST",
                  "/Groups",
                  "{\"schemas\":[\"" + CORE + "Group\"],\"displayName\":\"Team " + number + "\"}",
                  201);
          ids.set(number, made.id());
          latencies.add(made.nanos);
          latencies.add(
              send("PATCH", "/Groups/" + made.id(), addMembers(number, members, users), 204).nanos);
        });
  }

  /// Every other user as Okta does it, by PUT, and the rest as Entra ID, by PATCH.
  Measured resyncUsers(List<String> ids) throws Exception {
    return inParts(
        ids.size(),
        (number, latencies) -> {
          latencies.add(send("GET", "/Users?filter=" + encode(byName(number)), null, 200).nanos);
          String path = "/Users/" + ids.get(number);
          latencies.add(
              number % 2 == 0
                  ? send("PUT", path, user(number), 200).nanos
                  : send("PATCH", path, patch("\"replace\",\"value\":{\"active\":true}"), 200)
                      .nanos);
        });
  }

  Measured resyncGroups(int members, List<String> users, List<String> ids) throws Exception {
    return inParts(
        ids.size(),
        (number, latencies) -> {
          latencies.add(send("GET", byGroup(number), null, 200).nanos);
          latencies.add(
              send("PATCH", "/Groups/" + ids.get(number), addMembers(number, members, users), 204)
                  .nanos);
        });
  }

  void findUser(int number) {
    send("GET", "/Users?filter=" + encode(byName(number)), null, 200);
  }

  void searchAll(int number) {
    send("GET", "/Users?filter=" + encode("title co \"officer " + number + "\""), null, 200);
  }

  void page(int number) {
    send("GET", "/Users?startIndex=" + (1 + number) + "&count=100", null, 200);
  }

  void deactivate(String id) {
    send(
        "PATCH", "/Users/" + id, patch("\"Replace\",\"path\":\"active\",\"value\":\"False\""), 200);
  }

  /// Does it several times, one after the other; a rate for each time.
  Measured repeat(int times, IntConsumer request) {
    Series rates = new Series();
    long[] nanos = new long[times];
    for (int number = 0; number < times; number++) {
      long began = System.nanoTime();
      request.accept(number);
      nanos[number] = System.nanoTime() - began;
      rates.add(1e9 / nanos[number]);
    }
    return new Measured(rates, new Latencies(nanos));
  }

  private interface Step {
    void take(int number, List<Long> latencies);
  }

  private Measured inParts(int count, Step step) throws Exception {
    Series rates = new Series();
    List<Long> all = Collections.synchronizedList(new ArrayList<>());
    int parts = Math.min(rounds, count);
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) count * part / parts);
      int until = (int) ((long) count * (part + 1) / parts);
      int before = all.size();
      long began = System.nanoTime();
      List<Callable<Boolean>> work =
          IntStream.range(from, until)
              .<Callable<Boolean>>mapToObj(number ->
                  () -> {
                    step.take(number, all);
                    return true;
                  })
              .toList();
      for (Future<Boolean> each : threads.invokeAll(work)) {
        each.get();
      }
      rates.add((all.size() - before) * 1e9 / (System.nanoTime() - began));
    }
    return new Measured(rates, new Latencies(all.stream().mapToLong(Long::longValue).toArray()));
  }

  private record Answer(String body, long nanos) {
    String id() {
      return JsonMapper.shared().readTree(body).path("id").asString();
    }
  }

  private Answer send(
      String method, String path, @org.jspecify.annotations.Nullable String body, int expected) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + token)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/scim+json");
    }
    long began = System.nanoTime();
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      long nanos = System.nanoTime() - began;
      if (answer.statusCode() != expected) {
        throw new IllegalStateException(method + " " + path + ": " + answer.body());
      }
      return new Answer(answer.body(), nanos);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String byName(int number) {
    return "userName eq \"" + userName(number) + "\"";
  }

  private static String byGroup(int number) {
    return "/Groups?excludedAttributes=members&filter="
        + encode("displayName eq \"Team " + number + "\"");
  }

  private String userName(int number) {
    return "user" + number + "@" + name + ".example";
  }

  private String user(int number) {
    return """
    {"schemas": ["%sUser"], "externalId": "ext-%d", "userName": "%s", "active": true,
     "displayName": "User %d", "title": "officer %d",
     "name": {"formatted": "User %d", "givenName": "User", "familyName": "Number %d"},
     "emails": [{"value": "%s", "type": "work", "primary": true}],
     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
       {"department": "Department %d", "employeeNumber": "%d"}}
    """
        .formatted(
            CORE,
            number,
            userName(number),
            number,
            number % 50,
            number,
            number,
            userName(number),
            number % 40,
            number);
  }

  private static String addMembers(int group, int members, List<String> users) {
    String values =
        IntStream.range(0, members)
            .mapToObj(i -> users.get((int) (((long) group * 20 + i) % users.size())))
            .map("{\"$ref\":null,\"value\":\"%s\"}"::formatted)
            .collect(Collectors.joining(","));
    return patch("\"Add\",\"path\":\"members\",\"value\":[" + values + "]");
  }

  private static String patch(String operation) {
    return "{\"schemas\":[\"" + PATCH + "\"],\"Operations\":[{\"op\":" + operation + "}]}";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    threads.close();
    http.close();
  }
}
