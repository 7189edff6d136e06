package dev.bothy.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `scripts/bench privacy`: what the sweep costs those who wait for an answer, what an export takes
/// in time and memory, and how long it takes to erase somebody.
final class Privacy {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("parts", "sweep,export,erasure");
    DEFAULTS.put("rows", "10000000");
    DEFAULTS.put("per-second", "500");
    DEFAULTS.put("rounds", "5");
    DEFAULTS.put("seconds", "20");
    DEFAULTS.put("warm-up", "20");
    DEFAULTS.put("export-rows", "100000,1000000");
    DEFAULTS.put("person-rows", "1000000");
    DEFAULTS.put("other-rows", "1000000");
    DEFAULTS.put("large-rounds", "3");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("report", "-");
  }

  private Privacy() {}

  static void main(String[] arguments) {
    Program.run(() -> {
      Options options = Options.read(arguments, DEFAULTS);
      List<String> parts = Arrays.asList(options.text("parts").split(","));
      Report report = new Report();
      if (parts.contains("sweep")) {
        try (PrivacySweep sweep = new PrivacySweep(options)) {
          sweep.run(report);
        }
      }
      if (parts.contains("export") || parts.contains("erasure")) {
        try (PrivacyServer server = new PrivacyServer(options.path("folder"))) {
          if (parts.contains("export")) {
            new PrivacyExport(options, server).run(report);
          }
          if (parts.contains("erasure")) {
            new PrivacyErasure(options, server).run(report);
          }
        }
      }
      report.finish(options.text("report"));
    });
  }
}
