package dev.bothy.platform.chat.slack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A Slack on a port of this machine: the part of the Web API that Bothy uses, and response URLs.
///
/// It gives nothing that Slack does not give: tokens carry scopes and a call without its scope is
/// refused, refusals are HTTP 200 with `ok: false`, triggers expire, Block Kit's limits hold. Time
/// is the clock it was started with. Slack's own SDKs are run against it in `SlackSdkTest` and
/// `BoltTest`.
public final class FakeSlack implements AutoCloseable {
  /// Methods that read form fields only: a JSON body's members are not seen
  /// (docs.slack.dev/apis/web-api, "POST bodies": reading methods take no JSON).
  private static final Set<String> FORM_ONLY =
      Set.of("users.info", "users.list", "usergroups.list");

  /// What the fake answers in place of the method, once.
  private sealed interface Failure {
    record Refusal(String error) implements Failure {}

    record TooManyRequests(int retryAfterSeconds) implements Failure {}

    record Status(int code) implements Failure {}
  }

  private final JsonMapper json = JsonMapper.builder().build();
  private final SlackArguments reader = new SlackArguments(json);
  private final Clock clock;
  private final SlackTeam team;
  private final SlackMethods methods;
  private final SlackResponseUrls responseUrls;
  private final SlackInstallations installations;
  private final HttpServer server;
  private final FakeSlackSockets sockets;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<SlackCall> calls = new ArrayList<>();
  private final Map<String, Set<String>> tokens = new LinkedHashMap<>();
  private final Set<String> revoked = new TreeSet<>();
  private final Map<String, Deque<Failure>> failures = new HashMap<>();
  private static final AtomicInteger APPS = new AtomicInteger(1000);

  private volatile Consumer<String> beforeAnswer = method -> {};

  private static final class Shared {
    static final FakeSlack SLACK = start(Clock.systemUTC());
  }

  /// The one that the running test server talks to. Its team is everybody's: a test uses channels
  /// and people of its own.
  public static FakeSlack shared() {
    return Shared.SLACK;
  }

  /// What makes a server talk to this fake, through the egress guard as to Slack itself, and faster
  /// than Slack would let it.
  public String[] properties() {
    return new String[] {
      "bothy.slack.api-address=" + api(),
      "bothy.slack.authorize-address=" + root() + "/oauth/v2/authorize",
      "bothy.slack.limit-factor=1000",
      "bothy.egress.destinations[0].origin=" + root(),
      "bothy.egress.destinations[0].owner=Slack Technologies",
      "bothy.egress.destinations[0].purpose=A Slack of the tests' own.",
      "bothy.egress.destinations[0].region=test",
      "bothy.egress.destinations[1].origin=" + sockets.origin(),
      "bothy.egress.destinations[1].owner=Slack Technologies",
      "bothy.egress.destinations[1].purpose=The sockets of the tests' own Slack.",
      "bothy.egress.destinations[1].region=test"
    };
  }

  private FakeSlack(Clock clock, InetAddress host) throws IOException {
    this.clock = clock;
    this.team = new SlackTeam(clock);
    this.methods = new SlackMethods(json, team, clock);
    this.responseUrls = new SlackResponseUrls(team, methods, clock);
    this.installations = new SlackInstallations(json, clock);
    this.sockets = new FakeSlackSockets(host);
    this.server = HttpServer.create(new InetSocketAddress(host, 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static FakeSlack start(Clock clock) {
    return start(clock, InetAddress.getLoopbackAddress());
  }

  /// @param host the address of this machine's to listen on, which all addresses name that it gives
  ///   out
  public static FakeSlack start(Clock clock, InetAddress host) {
    try {
      return new FakeSlack(clock, host);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /// The base address of the Web API, ending in `/api/`, as SDKs and Bothy are told it.
  public URI api() {
    return URI.create(root() + "/api/");
  }

  /// The address that it listens on.
  public String host() {
    return server.getAddress().getAddress().getHostAddress();
  }

  public SlackTeam team() {
    return team;
  }

  /// What the user sees in the app's Home tab, with the hash of the view; empty before anything was
  /// published there.
  public Optional<JsonNode> homeOf(String user) {
    return methods.homeTabs().of(user);
  }

  /// Installs the app with these scopes and returns its bot token.
  public String install(String... scopes) {
    synchronized (tokens) {
      String token = "xoxb-" + (1000 + tokens.size()) + "-" + (2000 + tokens.size()) + "-Fake";
      tokens.put(token, new TreeSet<>(List.of(scopes)));
      return token;
    }
  }

  /// An app that OAuth can install. Its client id is new.
  ///
  /// @param rotating whether its tokens expire
  /// @param redirects where its installers may be sent back to
  public String app(String clientSecret, boolean rotating, String... redirects) {
    synchronized (tokens) {
      int number = APPS.incrementAndGet();
      String clientId = "2141029472." + number;
      installations.register(
          new SlackInstallations.App(
              clientId, clientSecret, "A0OAUTH" + number, List.of(redirects), rotating));
      return clientId;
    }
  }

  /// Whoever presses "Allow" next chooses this place.
  public void installNextInto(SlackPlace place) {
    installations.installNextInto(place);
  }

  /// Whoever comes to install next is sent back with this error instead of a code.
  public void refuseNextInstallation(String error) {
    installations.refuseNext(error);
  }

  /// Where a browser is sent that comes to this address of ours and whose owner presses "Allow"; or
  /// the error that it shows.
  public String authorize(URI address) {
    return installations.authorize(address.getRawQuery());
  }

  /// The tokens that OAuth gave out, oldest first.
  public List<String> issued() {
    return installations.issued();
  }

  /// From now on this token has expired.
  public void expire(String token) {
    installations.expire(token);
  }

  /// An app-level token of the app, which opens sockets and nothing else. Each is of an app of its
  /// own if the id is.
  ///
  /// @param app the app's id, e.g. [SlackTeam#APP_ID]
  public String appToken(String app) {
    synchronized (tokens) {
      String token = "xapp-1-" + app + "-" + (3000 + tokens.size()) + "-fa4e5lack0000000";
      tokens.put(token, Set.of());
      return token;
    }
  }

  /// The other end of Socket Mode.
  public FakeSlackSockets sockets() {
    return sockets;
  }

  public void revoke(String token) {
    synchronized (tokens) {
      revoked.add(token);
    }
  }

  /// A trigger id, as it comes with a command or a button press: good once, for three seconds.
  public String trigger(String user) {
    return methods.trigger(user);
  }

  /// A response URL as it comes with a command.
  public URI responseUrl(String channel, String user) {
    return URI.create(root() + responseUrls.issue(channel, user, null));
  }

  /// A response URL as it comes with a press of a button in the message `sourceTs`.
  public URI responseUrl(String channel, String user, String sourceTs) {
    return URI.create(root() + responseUrls.issue(channel, user, sourceTs));
  }

  /// From now on a second message to one channel within a second is answered with 429.
  public void limitChannelsToOneMessagePerSecond(boolean on) {
    methods.limitChannels(on);
  }

  /// The next call of the method is refused with this error code.
  public void refuseNext(String method, String error) {
    failNext(method, new Failure.Refusal(error));
  }

  /// The next call of the method is answered with 429 and this delay.
  public void limitNext(String method, int retryAfterSeconds) {
    failNext(method, new Failure.TooManyRequests(retryAfterSeconds));
  }

  /// The next call of the method meets a Slack in trouble: this HTTP status and no JSON.
  public void breakNext(String method, int status) {
    failNext(method, new Failure.Status(status));
  }

  /// Called with the method's name when a call has had its effect and is not answered yet.
  public void beforeAnswer(Consumer<String> listener) {
    beforeAnswer = listener;
  }

  public List<SlackCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  public List<SlackCall> calls(String method) {
    return calls().stream().filter(call -> call.method().equals(method)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    sockets.close();
    threads.close();
  }

  private String root() {
    return "http://" + host() + ":" + server.getAddress().getPort();
  }

  private void failNext(String method, Failure failure) {
    synchronized (failures) {
      failures.computeIfAbsent(method, key -> new ArrayDeque<>()).add(failure);
    }
  }

  private @Nullable Failure plannedFailure(String method) {
    synchronized (failures) {
      Deque<Failure> planned = failures.get(method);
      return planned == null ? null : planned.poll();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (responseUrls.knows(path)) {
        respondThroughUrl(exchange, path, body);
      } else if (path.startsWith("/api/") && exchange.getRequestMethod().equals("POST")) {
        callMethod(exchange, path.substring("/api/".length()), body);
      } else if (path.equals("/oauth/v2/authorize")) {
        showInstallation(exchange);
      } else {
        answer(exchange, 404, "text/html", "<html>not found</html>");
      }
    }
  }

  /// As a person who presses "Allow" at once.
  private void showInstallation(HttpExchange exchange) throws IOException {
    String where = installations.authorize(exchange.getRequestURI().getRawQuery());
    if (!where.startsWith("http")) {
      answer(exchange, 400, "text/html", "<html>" + where + "</html>");
      return;
    }
    exchange.getResponseHeaders().set("Location", where);
    answer(exchange, 302, "text/html", "<html>Back to the app</html>");
  }

  private void callMethod(HttpExchange exchange, String method, byte[] body) throws IOException {
    String contentType = header(exchange, "Content-Type");
    String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean isJson = mediaType.equals("application/json");
    ObjectNode arguments = json.createObjectNode();
    ObjectNode answer = null;
    if (isJson) {
      answer = refused(reader.json(body, arguments));
    } else if (mediaType.equals("application/x-www-form-urlencoded")) {
      answer = refused(reader.form(body, arguments));
    } else if (body.length > 0) {
      answer = methods.error(mediaType.isEmpty() ? "missing_post_type" : "invalid_post_type");
    }
    String token = token(exchange, isJson ? null : arguments.path("token").asString(null));
    arguments.remove("token");
    ObjectNode seen = isJson && FORM_ONLY.contains(method) ? json.createObjectNode() : arguments;

    Failure planned = plannedFailure(method);
    if (planned instanceof Failure.Status status) {
      record(method, seen, token, mediaType, "http_" + status.code());
      answer(exchange, status.code(), "text/html", "<html>Something went wrong</html>");
      return;
    }
    if (planned instanceof Failure.TooManyRequests limit) {
      exchange.getResponseHeaders().set("Retry-After", "" + limit.retryAfterSeconds());
      record(method, seen, token, mediaType, "ratelimited");
      answerJson(exchange, 429, methods.error("ratelimited"));
      return;
    }
    if (answer == null && planned instanceof Failure.Refusal refusal) {
      answer = methods.error(refusal.error());
    }
    if (answer == null && method.equals("oauth.v2.access")) {
      answer = installations.access(header(exchange, "Authorization"), seen);
    }
    if (answer == null) {
      answer = authorize(exchange, method, token);
    }
    if (answer == null) {
      answer =
          method.equals("auth.test")
              ? methods.authTest(place(token))
              : method.equals("apps.connections.open")
                  ? json.createObjectNode().put("ok", true).put("url", sockets.address())
                  : methods.call(method, seen, scopes(token));
    }
    String error = answer.path("error").asString(null);
    record(method, seen, token, mediaType, error);
    beforeAnswer.accept(method);
    if ("ratelimited".equals(error)) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      answerJson(exchange, 429, answer);
      return;
    }
    if (isJson && !contentType.contains("charset")) {
      answer.put("warning", "missing_charset");
      answer.withObject("/response_metadata").putArray("warnings").add("missing_charset");
    }
    answerJson(exchange, 200, answer);
  }

  /// Null when the token may call the method.
  private @Nullable ObjectNode authorize(
      HttpExchange exchange, String method, @Nullable String token) {
    String needed = SlackMethods.SCOPES.get(method);
    if (needed == null) {
      return methods.error("unknown_method").put("req_method", method);
    }
    if (token == null) {
      return methods.error("not_authed");
    }
    SlackInstallations.Token installed = installations.token(token);
    if (installed != null && installations.isExpired(installed)) {
      return methods.error("token_expired");
    }
    boolean forSockets = method.equals("apps.connections.open");
    if (forSockets && header(exchange, "Authorization").isEmpty()) {
      return methods.error("not_authed");
    }
    if (forSockets != token.startsWith("xapp-")) {
      return methods.error("not_allowed_token_type");
    }
    synchronized (tokens) {
      if (installed == null && !tokens.containsKey(token)) {
        return methods.error("invalid_auth");
      }
      if (revoked.contains(token)) {
        return methods.error("token_revoked");
      }
    }
    String provided = String.join(",", scopes(token));
    exchange.getResponseHeaders().set("x-oauth-scopes", provided);
    exchange.getResponseHeaders().set("x-accepted-oauth-scopes", needed);
    if (!needed.isEmpty() && !scopes(token).contains(needed)) {
      return methods.error("missing_scope").put("needed", needed).put("provided", provided);
    }
    return null;
  }

  private SlackPlace place(@Nullable String token) {
    SlackInstallations.Token installed = token == null ? null : installations.token(token);
    return installed == null ? SlackPlace.HOME : installed.place();
  }

  private Set<String> scopes(@Nullable String token) {
    SlackInstallations.Token installed = token == null ? null : installations.token(token);
    if (installed != null) {
      return installed.scopes();
    }
    synchronized (tokens) {
      return token == null ? Set.of() : tokens.getOrDefault(token, Set.of());
    }
  }

  private static @Nullable String token(HttpExchange exchange, @Nullable String parameter) {
    String header = header(exchange, "Authorization");
    return header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : parameter;
  }

  private @Nullable ObjectNode refused(@Nullable String error) {
    return error == null ? null : methods.error(error);
  }

  private void respondThroughUrl(HttpExchange exchange, String path, byte[] body)
      throws IOException {
    ObjectNode arguments = json.createObjectNode();
    String error = reader.json(body, arguments);
    int status = error == null ? 200 : 400;
    switch (plannedFailure("response_url")) {
      case null -> {
        if (error == null) {
          error = responseUrls.post(path, arguments).orElse(null);
          status = error == null ? 200 : error.endsWith("_url") ? 404 : 400;
        }
      }
      case Failure.Refusal refusal -> {
        error = refusal.error();
        status = 404;
      }
      case Failure.TooManyRequests limit -> {
        exchange.getResponseHeaders().set("Retry-After", "" + limit.retryAfterSeconds());
        error = "ratelimited";
        status = 429;
      }
      case Failure.Status broken -> {
        error = "http_" + broken.code();
        status = broken.code();
      }
    }
    record("response_url", arguments, null, "application/json", error);
    answerJson(
        exchange,
        status,
        error == null ? json.createObjectNode().put("ok", true) : methods.error(error));
  }

  private void record(
      String method,
      JsonNode arguments,
      @Nullable String token,
      String contentType,
      @Nullable String error) {
    synchronized (calls) {
      calls.add(new SlackCall(method, arguments, token, contentType, error, clock.instant()));
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private void answerJson(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    answer(exchange, status, "application/json; charset=utf-8", json.writeValueAsString(body));
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("x-slack-req-id", Integer.toHexString(body.hashCode()));
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
