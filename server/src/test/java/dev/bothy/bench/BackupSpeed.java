package dev.bothy.bench;

import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.testkit.S3Server;
import dev.bothy.testkit.ServerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `scripts/bench backup`: how fast backups and restores are beside PostgreSQL's own tools, what
/// memory they take, and what a backup costs those who wait for an answer.
final class BackupSpeed {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("parts", "speed,acks");
    DEFAULTS.put("sizes", "1");
    DEFAULTS.put("rounds", "3");
    DEFAULTS.put("subjects", "plain,uncompressed,folder,s3");
    DEFAULTS.put("parallel", "2");
    DEFAULTS.put("per-second", "500");
    DEFAULTS.put("ack-rounds", "5");
    DEFAULTS.put("seconds", "20");
    DEFAULTS.put("warm-up", "20");
    // Those of the image, and what the operator adds for such a Job.
    DEFAULTS.put(
        "java",
        "-XX:+UseSerialGC -Xms64m -Xmx88m -XX:AOTMode=off -XX:+UseCompactObjectHeaders -XX:-UsePerfData"
            + " --enable-native-access=ALL-UNNAMED");
    DEFAULTS.put("folder", "target/bench/backup");
    DEFAULTS.put("report", "-");
  }

  private BackupSpeed() {}

  static void main(String[] arguments) {
    Program.run(() -> {
      Options options = Options.read(arguments, DEFAULTS);
      Path folder = options.path("folder");
      List<String> parts = Arrays.asList(options.text("parts").split(","));
      Report report = new Report();
      PostgresTools tools = PostgresTools.find();
      try (FakeSlack slack = FakeSlack.start(Clock.systemUTC());
          BenchDatabase database = BenchDatabase.start(folder.resolve("postgres"));
          S3Server s3 =
              S3Server.start(folder.resolve("s3"), ServerProcess.freePort(), List.of("-Xmx512m"))) {
        SlackScene scene =
            SlackScene.set(
                Clock.systemUTC(),
                slack,
                database.settings(BenchDatabase.NAME),
                folder.resolve("key"),
                200);
        BackupRows rows = new BackupRows(database, scene.workspace());
        BackupRun run = new BackupRun(options, scene, s3, folder);
        for (String size : options.text("sizes").split(",")) {
          long bytes = rows.fill(Double.parseDouble(size));
          if (parts.contains("speed")) {
            new BackupRounds(options, database, run, tools, bytes).run(report);
          }
        }
        if (parts.contains("acks")) {
          try (BackupBesideAcks acks = new BackupBesideAcks(options, database, scene, run)) {
            acks.run(report);
          }
        }
      }
      report.finish(options.text("report"));
    });
  }
}
