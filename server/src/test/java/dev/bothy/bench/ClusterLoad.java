package dev.bothy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.chat.slack.FakeSlack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Signed deliveries at a constant rate for a Bothy that runs elsewhere, in a cluster, until told
/// to stop; then every acknowledged one is looked for in its database. A process of its own, for a
/// test that ends parts of the cluster meanwhile, and talks with it by lines.
///
/// | line | from | meaning |
/// |---|---|---|
/// | `SETTINGS {…}` | us | a workspace is connected; the servers need these settings to reach our Slack |
/// | `start <address>` | the test | they have them and listen at this address |
/// | `SENDING` | us | a few deliveries that do not count have warmed them up; now it begins |
/// | `PROGRESS sent=… acknowledged=… retried=… failed=…` | us | every five seconds |
/// | `stop` | the test | no more |
/// | `LEDGER {…}` | us | the end; the exit status is 0 if nothing failed, was lost or doubled |
///
/// Standard output has these lines alone, all else is on standard error. If standard input ends
/// early, so does the program, with status 1.
final class ClusterLoad {
  private static final int CONVERSATIONS = 16;
  private static final int PROGRESS_SECONDS = 5;

  private final PrintStream out;
  private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private final Clock clock = Clock.systemUTC();

  private ClusterLoad(PrintStream out) {
    this.out = out;
  }

  static void main(String[] arguments) {
    PrintStream lines = System.out;
    System.setOut(System.err);
    // Else the JDK's client tries a refused connection again by itself, uncounted.
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    Program.run(() -> {
      Map<String, String> defaults = new LinkedHashMap<>();
      defaults.put("database", "");
      defaults.put("app-password-file", "");
      defaults.put("migrate-password-file", "");
      defaults.put("vault", "");
      defaults.put("vault-token-file", "");
      defaults.put("slack-host", "127.0.0.1");
      defaults.put("per-second", "20");
      defaults.put("warm-up", "100");
      new ClusterLoad(lines).run(Options.read(arguments, defaults));
    });
  }

  private void run(Options options) throws Exception {
    String migratePassword = password(options, "migrate-password-file");
    try (FakeSlack slack =
        FakeSlack.start(clock, InetAddress.getByName(options.text("slack-host")))) {
      SlackScene scene =
          SlackScene.set(
              clock,
              slack,
              List.of(
                  "spring.datasource.url=" + options.text("database"),
                  "spring.datasource.username=bothy_app",
                  "spring.datasource.password=" + password(options, "app-password-file"),
                  "spring.flyway.enabled=false",
                  "bothy.keys.provider=vault",
                  "spring.cloud.vault.enabled=true",
                  "spring.cloud.vault.uri=" + options.text("vault"),
                  "spring.cloud.vault.authentication=KUBERNETES",
                  "spring.cloud.vault.kubernetes.role=bothy-server",
                  "spring.cloud.vault.kubernetes.service-account-token-file="
                      + options.path("vault-token-file"),
                  // Beside our Slack, which is on a list as well.
                  "bothy.egress.on-premises-hosts=" + options.text("vault")),
              CONVERSATIONS);
      say("SETTINGS " + settings(slack));
      URI service = URI.create(await("start ").strip());
      LoadRotations rotations = new LoadRotations(clock, scene, slack);
      URI address = service.resolve(scene.path("commands"));
      warmUp(address, rotations, options.number("warm-up"));
      SteadyDeliveries deliveries =
          new SteadyDeliveries(clock, address, scene.requests(), rotations::delivery);
      say("SENDING");
      send(deliveries, options.number("per-second"));
      ClusterLedger ledger =
          ClusterLedger.of(
              deliveries,
              rotations.awaitEffects(
                  options.text("database"), migratePassword, deliveries.acknowledged()));
      say("LEDGER " + ledger.json());
      if (!ledger.kept()) {
        throw new IllegalStateException("Not kept");
      }
    }
  }

  /// Servers that have just started get to know their work, one delivery after the other, each over
  /// a connection of its own so that all of them get some. Nothing of it counts.
  private static void warmUp(URI address, LoadRotations rotations, int count)
      throws InterruptedException {
    for (int number = 0; number < count; number++) {
      try (HttpClient client = Attempt.client()) {
        Attempt.of(client, address, rotations.warmUp(number));
      }
    }
  }

  private void send(SteadyDeliveries deliveries, int perSecond) throws Exception {
    ScheduledExecutorService others = Executors.newScheduledThreadPool(2);
    try {
      others.scheduleAtFixedRate(
          () -> {
            SteadyDeliveries.Count count = deliveries.count();
            say(
                "PROGRESS sent=%d acknowledged=%d retried=%d failed=%d"
                    .formatted(
                        count.sent(), count.acknowledged(), count.retried(), count.failed()));
          },
          PROGRESS_SECONDS,
          PROGRESS_SECONDS,
          TimeUnit.SECONDS);
      Future<String> listening =
          others.submit(() -> {
            try {
              return await("stop");
            } finally {
              deliveries.stop();
            }
          });
      deliveries.run(perSecond);
      listening.get();
    } finally {
      others.shutdownNow();
    }
  }

  /// What a server must be told to reach this Slack, whatever else it was told. Its sockets are not
  /// used.
  private static ObjectNode settings(FakeSlack slack) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String property : slack.properties()) {
      String[] parts = property.split("=", 2);
      all.put(parts[0], parts[1]);
    }
    ObjectNode settings = JsonMapper.shared().createObjectNode();
    String destinations = "bothy.egress.destinations";
    all.forEach((name, value) -> {
      if (!name.startsWith(destinations)) {
        settings.put(name, value);
      }
    });
    ArrayNode listed = settings.putArray(destinations);
    ArrayNode hosts = settings.putArray("bothy.egress.on-premises-hosts");
    new Binder(new MapConfigurationPropertySource(all))
        .bind(destinations, Bindable.listOf(Listed.class)).get().stream()
            .filter(each -> each.origin().startsWith("http://"))
            .forEach(each -> {
              listed.addPOJO(each);
              hosts.add(each.origin());
            });
    settings.putArray("bothy.egress.allowed-regions").add("us").add("test");
    return settings;
  }

  /// An entry of `bothy.egress.destinations`.
  record Listed(String origin, String owner, String purpose, String region) {}

  private static String password(Options options, String name) throws IOException {
    return Files.readString(options.path(name)).strip();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  /// The rest of the next line, which begins so.
  private String await(String beginning) throws IOException {
    @Nullable String line = in.readLine();
    if (line == null || !line.startsWith(beginning)) {
      throw new IOException("Expected \"" + beginning + "\", got " + line);
    }
    return line.substring(beginning.length());
  }
}
