package dev.bothy.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// `scripts/crash-test`.
final class Crash {
  private Crash() {}

  static void main(String[] arguments) {
    Program.run(() -> {
      Map<String, String> defaults = new LinkedHashMap<>();
      defaults.put("deliveries", "2000");
      defaults.put("kills", "12");
      defaults.put("conversations", "32");
      defaults.put("rotation-every", "50");
      defaults.put("compression", "60");
      defaults.put("seed", String.valueOf(ThreadLocalRandom.current().nextLong(1, 1_000_000)));
      defaults.put("folder", "target/crash");
      defaults.put("report", "-");
      Options options = Options.read(arguments, defaults);
      CrashPlan plan =
          new CrashPlan(
              options.number("deliveries"),
              options.number("kills"),
              options.number("conversations"),
              options.number("rotation-every"),
              Long.parseLong(options.text("seed")),
              options.number("compression"));
      System.out.println("Seed " + plan.seed());
      CrashLedger ledger = CrashRun.run(plan, Path.of(options.text("folder")).toAbsolutePath());
      ledger.report().finish(options.text("report"));
      if (!ledger.kept()) {
        throw new IllegalStateException("Not kept; logs are in " + options.path("folder"));
      }
    });
  }
}
