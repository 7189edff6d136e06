package dev.bothy.bench;

import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.chat.slack.SlackRequests;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// `scripts/vault-outage`: two warm servers whose keys are in Vault take signed deliveries while
/// Vault is sealed for longer than any unwrapped key lives, and finish their work when it is back.
final class VaultOutage {
  private static final List<String> JAVA =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  private static final int CONVERSATIONS = 16;
  private static final int WARM_UP = 40;
  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final Duration AFTER = Duration.ofSeconds(5);
  private static final Duration FINISH = Duration.ofMinutes(15);

  private VaultOutage() {}

  /// What is tried.
  ///
  /// @param outage for how long Vault is sealed
  /// @param perSecond deliveries, half of them to each server
  /// @param hardLife of an unwrapped key; far less than the outage, so that it is noticed
  record Plan(Duration outage, int perSecond, Duration hardLife) {}

  /// What came of it.
  ///
  /// @param refused attempts that were not acknowledged, with their answer
  /// @param waiting deliveries that were stored and not done when the outage ended
  /// @param settled how long after the outage all was done
  record Ledger(
      int sent,
      int acknowledged,
      int retried,
      int failed,
      Map<String, Long> answers,
      Set<Integer> lost,
      Set<Integer> doubled,
      long waiting,
      Duration settled,
      long slowest) {
    /// Whether a server refused a delivery, even if it took it at the retry. That a busy machine
    /// let an answer wait is something else.
    boolean refused() {
      return answers.keySet().stream()
          .anyMatch(answer -> !answer.equals("200") && !answer.startsWith("no answer in"));
    }

    String words() {
      return ("sent %d, acknowledged at once %d, after one retry %d, never %d; answers %s; lost %s,"
              + " doubled %s; %d waited when Vault came back, all done %.1f s later; slowest"
              + " acknowledgement %d ms")
          .formatted(
              sent,
              acknowledged,
              retried,
              failed,
              answers,
              lost,
              doubled,
              waiting,
              settled.toMillis() / 1e3,
              slowest);
    }
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      Map<String, String> defaults = new LinkedHashMap<>();
      defaults.put("seconds", "1800");
      defaults.put("per-second", "20");
      defaults.put("hard-life-seconds", "60");
      defaults.put("folder", "target/vault-outage");
      Options options = Options.read(arguments, defaults);
      Ledger ledger =
          run(
              new Plan(
                  Duration.ofSeconds(options.number("seconds")),
                  options.number("per-second"),
                  Duration.ofSeconds(options.number("hard-life-seconds"))),
              options.path("folder").toAbsolutePath());
      System.out.println(ledger.words());
      if (!ledger.lost().isEmpty()
          || !ledger.doubled().isEmpty()
          || ledger.failed() > 0
          || ledger.refused()) {
        throw new IllegalStateException("Not kept; logs are in " + options.path("folder"));
      }
    });
  }

  static Ledger run(Plan plan, Path folder) throws Exception {
    Clock clock = Clock.systemUTC();
    Files.createDirectories(folder);
    TestVault vault = TestVault.shared(Product.OPENBAO);
    try (FakeSlack slack = FakeSlack.start(clock);
        BenchDatabase database = BenchDatabase.start(folder.resolve("postgres"))) {
      List<String> services = new ArrayList<>(database.settings(BenchDatabase.NAME));
      services.addAll(vault.serverSettings());
      services.add("bothy.egress.on-premises-hosts=http://127.0.0.1:*");
      services.add("bothy.keys.hard-life=" + plan.hardLife().toSeconds() + "s");
      services.add("bothy.keys.soft-life=" + Math.max(1, plan.hardLife().toSeconds() / 4) + "s");
      SlackScene scene = SlackScene.set(clock, slack, services, CONVERSATIONS);
      List<String> java = new ArrayList<>(JAVA);
      java.addAll(BenchServer.withFeature(CrashFeature.class, folder));
      int[] ports = {ServerProcess.freePort(), ServerProcess.freePort()};
      try (BenchServer one = start(java, ports[0], scene, folder.resolve("server-1.log"));
          BenchServer two = start(java, ports[1], scene, folder.resolve("server-2.log"))) {
        System.err.printf("%s and %s are up%n", one, two);
        return outage(plan, clock, vault, database, scene, ports);
      } finally {
        vault.unseal();
      }
    }
  }

  private static BenchServer start(List<String> java, int port, SlackScene scene, Path log)
      throws Exception {
    return BenchServer.start(java, port, scene.settings(), log);
  }

  private static Ledger outage(
      Plan plan,
      Clock clock,
      TestVault vault,
      BenchDatabase database,
      SlackScene scene,
      int[] ports)
      throws Exception {
    // Every number once, whichever server it goes to.
    List<SteadyDeliveries> networks = new ArrayList<>();
    for (int server = 0; server < ports.length; server++) {
      int place = server;
      networks.add(
          new SteadyDeliveries(
              clock,
              URI.create("http://127.0.0.1:" + ports[server] + scene.path("events")),
              scene.requests(),
              number -> message(scene, number * ports.length + place)));
    }
    warmUp(clock, scene, ports);
    List<Thread> threads = new ArrayList<>();
    for (SteadyDeliveries network : networks) {
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              network.run(Math.max(1, plan.perSecond() / ports.length));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }));
    }
    Thread.sleep(BEFORE);
    vault.seal();
    Thread.sleep(plan.outage());
    vault.unseal();
    long back = System.nanoTime();
    long waiting = database.number("select count(*) from inbox_item where state = 'waiting'");
    Thread.sleep(AFTER);
    networks.forEach(SteadyDeliveries::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    await()
        .atMost(FINISH)
        .pollInterval(Duration.ofMillis(500))
        .until(() ->
            database.number(
                    "select (select count(*) from inbox_item where state = 'waiting')"
                        + " + (select count(*) from outbox_item where state in ('waiting',"
                        + " 'sending'))")
                == 0);
    return ledger(networks, database, waiting, Duration.ofNanos(System.nanoTime() - back));
  }

  /// Both servers have seen the connection, and the workspace has its keys.
  private static void warmUp(Clock clock, SlackScene scene, int[] ports) throws Exception {
    for (int port : ports) {
      URI events = URI.create("http://127.0.0.1:" + port + scene.path("events"));
      for (int number = 0; number < WARM_UP; number++) {
        Attempt attempt =
            Attempt.of(
                Attempt.client(),
                events,
                scene.message(
                    900_000_000L + port * 1_000L + number,
                    scene.channels().get(number % CONVERSATIONS),
                    CrashFeature.WORD + "warm-" + port + "-" + number));
        if (!attempt.acknowledged() && number > WARM_UP / 2) {
          throw new IllegalStateException("Warming up at " + clock.instant() + ": " + attempt);
        }
      }
    }
  }

  private static SlackRequests.Request message(SlackScene scene, int number) {
    return scene.message(
        number, scene.channels().get(number % CONVERSATIONS), CrashFeature.WORD + number);
  }

  private static Ledger ledger(
      List<SteadyDeliveries> networks, BenchDatabase database, long waiting, Duration settled)
      throws Exception {
    Map<String, Integer> effects = new HashMap<>();
    database
        .texts("select subject_id from audit_entry where action = '" + CrashFeature.ACTION + "'")
        .forEach(number -> effects.merge(number, 1, Integer::sum));
    Set<Integer> lost = new TreeSet<>();
    Set<Integer> doubled = new TreeSet<>();
    int sent = 0;
    int acknowledged = 0;
    int retried = 0;
    int failed = 0;
    long slowest = 0;
    Map<String, Long> answers = new HashMap<>();
    for (int server = 0; server < networks.size(); server++) {
      SteadyDeliveries network = networks.get(server);
      for (int number : network.acknowledged()) {
        int whole = number * networks.size() + server;
        int times = effects.getOrDefault(Integer.toString(whole), 0);
        if (times == 0) {
          lost.add(whole);
        } else if (times > 1) {
          doubled.add(whole);
        }
      }
      SteadyDeliveries.Count count = network.count();
      sent += count.sent();
      acknowledged += count.acknowledged();
      retried += count.retried();
      failed += count.failed();
      slowest = Math.max(slowest, (long) network.latencies().milliseconds(1));
      network.answers().forEach((answer, times) -> answers.merge(answer, times, Long::sum));
    }
    return new Ledger(
        sent, acknowledged, retried, failed, answers, lost, doubled, waiting, settled, slowest);
  }
}
