package dev.bothy.platform.calendar.hibob;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A HiBob over real HTTP on this machine, with what of its API Bothy uses, as apidocs.hibob.com
/// describes it (June 2026): HiBob has no test server for others, and no library for Java. One for
/// the run; each test has a company of its own.
public final class FakeHiBob {
  private static final FakeHiBob SHARED = started();
  private static final Pattern RANGE = Pattern.compile("from=([0-9-]{10})&to=([0-9-]{10})");
  private static final Pattern SINCE = Pattern.compile("since=([^&]+)");

  /// No status of HTTP: half the answer is sent.
  private static final int BREAKS_OFF = 0;

  private final HttpServer server;
  private final Map<String, Company> companies = new ConcurrentHashMap<>();

  private FakeHiBob() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("fake-hibob").factory()));
    server.createContext("/v1/", this::answer);
    server.start();
  }

  public static FakeHiBob shared() {
    return SHARED;
  }

  /// What points a server here.
  ///
  /// @param place of the entry in the egress register
  public String[] properties(int place) {
    String root = "http://127.0.0.1:" + server.getAddress().getPort();
    String entry = "bothy.egress.destinations[" + place + "].";
    return new String[] {
      "bothy.hibob.address=" + root + "/v1/",
      entry + "origin=" + root,
      entry + "owner=HiBob",
      entry + "purpose=A HiBob of the tests' own.",
      entry + "region=test"
    };
  }

  /// A company and its service user.
  public Company company() {
    Company company = new Company();
    companies.put(company.user, company);
    return company;
  }

  /// What one service user sees.
  public static final class Company {
    public final String user = "SERVICE-" + UUID.randomUUID().toString().substring(0, 8);
    public final String token = UUID.randomUUID().toString();
    private final List<Map<String, Object>> employees = new CopyOnWriteArrayList<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> timeOff = new ConcurrentHashMap<>();
    private final List<Map<String, Object>> changes = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Failure failure;

    /// @param path the answers that fail; empty for all
    private record Failure(String path, int status, String header, String value, String body) {}

    public void employee(String id, String email) {
      addresses.put(id, email);
      employees.add(
          Map.of("/root/id", Map.of("value", id), "/root/email", Map.of("value", email), "id", id));
    }

    /// Grants a request, or changes it.
    public void grants(String request, String employee, Map<String, Object> more) {
      Map<String, Object> entry = entry(request, employee, more);
      timeOff.put(request, entry);
      Object replaced = more.get("previousRequestId");
      if (replaced != null) {
        timeOff.remove(replaced.toString());
      }
      change("Created", entry);
    }

    public void cancels(String request) {
      Map<String, Object> entry = timeOff.remove(request);
      if (entry != null) {
        change("Canceled", entry);
      }
    }

    /// As if the change had got lost.
    public void losesTheChangesOf(Runnable what) {
      List<Map<String, Object>> before = List.copyOf(changes);
      what.run();
      changes.clear();
      changes.addAll(before);
    }

    public void fails(String path, int status, String header, String value, String body) {
      failure = new Failure(path, status, header, value, body);
    }

    /// Promises more of an answer than it sends.
    public void breaksOff(String path) {
      failure = new Failure(path, BREAKS_OFF, "", "", "");
    }

    /// The request is for work from elsewhere.
    public void works(String request) {
      working.add(request);
    }

    public void works() {
      failure = null;
    }

    /// The paths that were asked for, with their queries.
    public List<String> asked() {
      return asked;
    }

    private void change(String type, Map<String, Object> entry) {
      Map<String, Object> change = new LinkedHashMap<>(entry);
      change.put("changeType", type);
      change.put("createdOn", Instant.now().toString());
      changes.add(change);
    }

    private Map<String, Object> entry(String request, String employee, Map<String, Object> more) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("requestId", Long.valueOf(request));
      entry.put("employeeId", employee);
      entry.put("employeeDisplayName", "Somebody");
      entry.put("employeeEmail", addresses.getOrDefault(employee, ""));
      entry.put("policyTypeDisplayName", "Holiday");
      entry.put("visibility", "Public");
      entry.put("status", "approved");
      entry.put("type", "days");
      entry.putAll(more);
      return entry;
    }

    private Object answerTo(String path) {
      if (path.startsWith("/v1/people/search")) {
        return Map.of("employees", employees);
      }
      Matcher range = RANGE.matcher(path);
      if (path.startsWith("/v1/timeoff/whosout?") && range.find()) {
        LocalDate from = LocalDate.parse(range.group(1));
        LocalDate to = LocalDate.parse(range.group(2));
        return Map.of(
            "outs",
            timeOff.values().stream()
                .filter(each ->
                    !path.contains("includeWorkingRequests=false")
                        || !working.contains(String.valueOf(each.get("requestId"))))
                .filter(each -> !day(each, "startDate").isAfter(to))
                .filter(each -> !day(each, "endDate").isBefore(from))
                .toList());
      }
      Matcher since = SINCE.matcher(path);
      if (path.startsWith("/v1/timeoff/requests/changes?") && since.find()) {
        Instant.parse(since.group(1));
        return Map.of("changes", new ArrayList<>(changes));
      }
      throw new IllegalArgumentException(path);
    }

    private static LocalDate day(Map<String, Object> entry, String name) {
      Object day = entry.getOrDefault(name, entry.get("date"));
      return day == null ? LocalDate.of(2999, 1, 1) : LocalDate.parse(day.toString());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    exchange.getRequestBody().readAllBytes();
    Company company = company(exchange.getRequestHeaders().getFirst("Authorization"));
    if (company == null) {
      send(exchange, 401, "{\"error\":\"Unauthorized\"}");
      return;
    }
    company.asked.add(path);
    Company.Failure failure = company.failure;
    if (failure != null && path.startsWith("/v1/" + failure.path())) {
      if (failure.status() == BREAKS_OFF) {
        byte[] whole =
            JsonMapper.shared()
                .writeValueAsString(company.answerTo(path))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, whole.length);
        exchange.getResponseBody().write(whole, 0, whole.length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
        return;
      }
      if (!failure.header().isEmpty()) {
        exchange.getResponseHeaders().set(failure.header(), failure.value());
      }
      send(exchange, failure.status(), failure.body());
      return;
    }
    send(exchange, 200, JsonMapper.shared().writeValueAsString(company.answerTo(path)));
  }

  private @Nullable Company company(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith("Basic ")) {
      return null;
    }
    String[] parts =
        new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8)
            .split(":", 2);
    Company company = companies.get(parts[0]);
    return company != null && company.token.equals(parts[1]) ? company : null;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private static FakeHiBob started() {
    try {
      return new FakeHiBob();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
