package dev.bothy.bench;

import dev.bothy.BothyServer;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keymanagement.KeyCare;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// `scripts/bench keys`: what sealing and opening cost, beside bare AES-256-GCM and beside a call
/// of Transit for each record; and what keys in memory take.
final class KeyUse implements AutoCloseable {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("records", "200000");
    DEFAULTS.put("bytes", "1024");
    DEFAULTS.put("rounds", "5");
    DEFAULTS.put("transit-calls", "2000");
    DEFAULTS.put("workspaces", "1000");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("report", "-");
  }

  private static final String BARE_SEAL = "bare AES-256-GCM, encrypt";
  private static final String BARE_OPEN = "bare AES-256-GCM, decrypt";
  private static final String SEAL = "Bothy, seal";
  private static final String OPEN = "Bothy, open";
  private static final String TRANSIT = "Transit, one encrypt call each";
  private static final String TRANSIT_OPEN = "Transit, one decrypt call each";
  private static final Purpose PURPOSE = new Purpose("rotations", "rotations.bench");
  private static final String TRANSIT_KEY = "bothy-bench";
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int IN_USE = 20;
  private static final Duration USE = Duration.ofSeconds(20);
  private static final Duration SOFT_LIFE = Duration.ofSeconds(2);

  private final Options options;
  private final BenchDatabase database;
  private final TestVault vault = TestVault.shared(Product.OPENBAO);
  private final ConfigurableApplicationContext context;
  private final Keys keys;
  private final Workspaces workspaces;
  private final WorkspaceId workspace;
  private final byte[] record;
  private final Map<String, Series> rates = new LinkedHashMap<>();
  private long checked;

  private KeyUse(Options options) throws Exception {
    this.options = options;
    database = BenchDatabase.start(options.path("folder"));
    context = start();
    keys = context.getBean(Keys.class);
    workspaces = context.getBean(Workspaces.class);
    workspace = workspaces.create("bench", "Bench").id();
    record = new byte[options.number("bytes")];
    new SecureRandom().nextBytes(record);
    vault.call("POST", "transit/keys/" + TRANSIT_KEY, "{}");
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (KeyUse use = new KeyUse(Options.read(arguments, DEFAULTS))) {
        use.measure();
        use.report();
      }
    });
  }

  private ConfigurableApplicationContext start() {
    List<String> settings = new ArrayList<>(database.settings(BenchDatabase.NAME));
    settings.addAll(
        List.of(
            "server.port=0",
            "logging.level.root=warn",
            "bothy.installation.mode=embedded",
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*"));
    settings.addAll(vault.serverSettings());
    settings.add("bothy.keys.soft-life=" + SOFT_LIFE.toSeconds() + "s");
    return new SpringApplicationBuilder(BothyServer.class)
        .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  /// The first round warms up and is not counted.
  private void measure() throws Exception {
    for (int round = 0; round <= options.number("rounds"); round++) {
      List<String> order =
          new ArrayList<>(List.of(BARE_SEAL, SEAL, BARE_OPEN, OPEN, TRANSIT, TRANSIT_OPEN));
      Collections.rotate(order, -round);
      for (String subject : order) {
        double rate = rate(subject);
        System.err.printf(
            "%s, %s: %s/s%n",
            round == 0 ? "warm-up" : "round " + round, subject, Series.number(rate));
        if (round > 0) {
          rates.computeIfAbsent(subject, _ -> new Series()).add(rate);
        }
      }
    }
  }

  private double rate(String subject) throws Exception {
    int records = options.number("records");
    return switch (subject) {
      case BARE_SEAL -> bare(records, Cipher.ENCRYPT_MODE);
      case BARE_OPEN -> bare(records, Cipher.DECRYPT_MODE);
      case SEAL -> within(() -> sealing(records));
      case OPEN -> within(() -> opening(records));
      case TRANSIT -> transit(options.number("transit-calls"), "encrypt", "plaintext", plaintext());
      default -> transit(options.number("transit-calls"), "decrypt", "ciphertext", ciphertext());
    };
  }

  private double within(Supplier<Double> work) {
    return workspaces.inWorkspace(workspace, work);
  }

  private double sealing(int records) {
    UUID row = UUID.randomUUID();
    long begin = System.nanoTime();
    for (int number = 0; number < records; number++) {
      checked += keys.seal(PURPOSE, row, record).bytes().length;
    }
    return perSecond(records, begin);
  }

  private double opening(int records) {
    UUID row = UUID.randomUUID();
    Sealed sealed = keys.seal(PURPOSE, row, record);
    long begin = System.nanoTime();
    for (int number = 0; number < records; number++) {
      checked += keys.open(PURPOSE, row, sealed).length;
    }
    return perSecond(records, begin);
  }

  /// What nobody can do with less: a fresh IV, and the cipher.
  private double bare(int records, int mode) throws GeneralSecurityException {
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[32];
    random.nextBytes(key);
    SecretKeySpec secret = new SecretKeySpec(key, "AES");
    byte[] iv = new byte[IV_BYTES];
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(TAG_BITS, iv));
    byte[] sealed = cipher.doFinal(record);
    long begin = System.nanoTime();
    for (int number = 0; number < records; number++) {
      if (mode == Cipher.ENCRYPT_MODE) {
        iv = new byte[IV_BYTES];
        random.nextBytes(iv);
      }
      cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, iv));
      checked += cipher.doFinal(mode == Cipher.ENCRYPT_MODE ? record : sealed).length;
    }
    return perSecond(records, begin);
  }

  private String plaintext() {
    return Base64.getEncoder().encodeToString(record);
  }

  private String ciphertext() {
    return vault
        .call("POST", "transit/encrypt/" + TRANSIT_KEY, "{\"plaintext\":\"" + plaintext() + "\"}")
        .at("/data/ciphertext")
        .asString();
  }

  private double transit(int calls, String operation, String field, String value) {
    String body = "{\"" + field + "\":\"" + value + "\"}";
    long begin = System.nanoTime();
    for (int number = 0; number < calls; number++) {
      checked += vault.call("POST", "transit/" + operation + "/" + TRANSIT_KEY, body).size();
    }
    return perSecond(calls, begin);
  }

  private static double perSecond(int count, long begin) {
    return count / ((System.nanoTime() - begin) / 1e9);
  }

  /// Bytes of heap for each workspace whose key is in memory.
  private double heapOfAKey() {
    int count = options.number("workspaces");
    List<WorkspaceId> all = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      all.add(workspaces.create("memory-" + number, "Memory").id());
    }
    long before = heap();
    for (WorkspaceId each : all) {
      workspaces.inWorkspace(each, () -> keys.seal(PURPOSE, UUID.randomUUID(), record));
    }
    return (heap() - before) / (double) count;
  }

  private record Calls(int workspaces, long seconds, long unwraps) {}

  /// All of some workspaces seal all the time.
  private Calls callsWhileInUse() throws InterruptedException {
    List<WorkspaceId> some = new ArrayList<>();
    for (int number = 0; number < IN_USE; number++) {
      some.add(workspaces.create("in-use-" + number, "In use").id());
    }
    Runnable round =
        () ->
            some.forEach(each ->
                workspaces.inWorkspace(each, () -> keys.seal(PURPOSE, UUID.randomUUID(), record)));
    round.run();
    double before = unwraps();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < USE.toNanos()) {
      round.run();
      Thread.sleep(10);
    }
    return new Calls(IN_USE, USE.toSeconds(), Math.round(unwraps() - before));
  }

  private double unwraps() {
    return context
        .getBean(PrometheusRegistry.class)
        .scrape(name -> name.startsWith("bothy_cipher_operations"))
        .stream()
        .flatMap(metric -> metric.getDataPoints().stream())
        .filter(point -> "unwrap".equals(point.getLabels().get("operation")))
        .map(CounterDataPointSnapshot.class::cast)
        .mapToDouble(CounterDataPointSnapshot::getValue)
        .sum();
  }

  private record Rewrapped(int keys, double seconds) {}

  /// Of all workspaces that there are by now.
  private Rewrapped rewrapping() {
    vault
        .call("GET", "transit/keys?list=true", null)
        .at("/data/keys")
        .forEach(name -> vault.call("POST", "transit/keys/" + name.asString() + "/rotate", "{}"));
    KeyCare care = context.getBean(KeyCare.class);
    long begin = System.nanoTime();
    KeyCare.Round round = care.round();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (round.failed() > 0) {
      throw new IllegalStateException("Not all were wrapped anew: " + round);
    }
    return new Rewrapped(round.rewrapped(), seconds);
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void report() throws Exception {
    Report report = new Report();
    report.text(
        "%d rounds of %,d records of %,d bytes on one thread, %,d calls of Transit of %s; %s."
            .formatted(
                options.number("rounds"),
                options.number("records"),
                options.number("bytes"),
                options.number("transit-calls"),
                "OpenBao on the same machine",
                Machine.describe()));
    List<List<String>> rows = new ArrayList<>();
    rates.forEach((subject, series) -> {
      String peer =
          List.of(OPEN, BARE_OPEN, TRANSIT_OPEN).contains(subject) ? BARE_OPEN : BARE_SEAL;
      rows.add(
          List.of(
              subject,
              series.text(),
              Series.number(rates.getOrDefault(peer, series).median() / series.median())));
    });
    report.table(List.of("", "per second", "time, with bare AES as 1"), rows);
    report.text(
        "A workspace whose key is in memory takes %s bytes of heap."
            .formatted(Series.number(heapOfAKey())));
    Calls calls = callsWhileInUse();
    report.text(
        "%d workspaces in use for %d s with a soft life of %d s: %d calls of Vault to unwrap, %s for each key and soft life."
            .formatted(
                calls.workspaces(),
                calls.seconds(),
                SOFT_LIFE.toSeconds(),
                calls.unwraps(),
                Series.number(
                    calls.unwraps()
                        / ((double) calls.workspaces()
                            * calls.seconds()
                            / SOFT_LIFE.toSeconds()))));
    Rewrapped rewrapped = rewrapping();
    report.text(
        "After a rotation in Transit the data keys of %,d workspaces were wrapped anew in %.1f s, %s each second."
            .formatted(
                rewrapped.keys(),
                rewrapped.seconds(),
                Series.number(rewrapped.keys() / rewrapped.seconds())));
    report.finish(options.text("report"));
    if (checked == 0) {
      throw new IllegalStateException("Nothing was done");
    }
  }

  @Override
  public void close() throws Exception {
    context.close();
    database.close();
  }
}
