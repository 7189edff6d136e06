package dev.bothy;

import dev.bothy.backuptool.BackupTool;
import dev.bothy.backuptool.ReleaseTool;
import dev.bothy.breakglass.BreakGlassCommand;
import dev.bothy.command.BackupCommand;
import dev.bothy.command.Command;
import dev.bothy.database.PrepareDatabase;
import dev.bothy.drill.Drill;
import dev.bothy.migrate.Migration;
import dev.bothy.preflight.Preflight;
import dev.bothy.realm.PrepareRealm;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/// The server's entry point: one process that carries every app and the platform under them. Its
/// first argument makes it one of the tools instead that prepare a server's place.
@EnableScheduling
@SpringBootApplication
@ConfigurationPropertiesScan
public class BothyServer {
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  public static void main(String[] args) {
    switch (Command.parse(args)) {
      case Command.Serve serve ->
          SpringApplication.run(BothyServer.class, serve.settings().toArray(String[]::new));
      case Command.Migrate migrate -> System.exit(Migration.run(migrate.settings()));
      case Command.PrepareDatabase prepare ->
          System.exit(PrepareDatabase.run(prepare.adminUser(), prepare.settings()));
      case Command.Preflight preflight -> {
        // What is wrong is said in findings; the logs would stand between them.
        System.setProperty("logging.threshold.console", "off");
        System.exit(
            Preflight.run(
                preflight.report(),
                preflight.service(),
                preflight.settings(),
                Clock.systemUTC(),
                System.out));
      }
      case Command.BreakGlass breakGlass -> {
        System.setProperty("logging.threshold.console", "off");
        System.exit(
            BreakGlassCommand.run(
                breakGlass.username(), breakGlass.settings(), Clock.systemUTC(), System.out));
      }
      case Command.Realm realm -> {
        // What is so is said in lines; the logs would stand between them.
        System.setProperty("logging.threshold.console", "off");
        System.exit(PrepareRealm.run(realm.apply(), realm.report(), realm.settings(), System.out));
      }
      case Command.RealmClient client -> {
        System.setProperty("logging.threshold.console", "off");
        System.exit(PrepareRealm.clientJson(client.settings(), System.out));
      }
      case Command.OfBackup(BackupCommand.Drill drill) -> {
        System.setProperty("logging.threshold.console", "off");
        System.exit(Drill.run(drill, BothyServer.class, Clock.systemUTC(), System.out));
      }
      case Command.OfBackup(BackupCommand.Release release) -> {
        System.setProperty("logging.threshold.console", "off");
        System.exit(ReleaseTool.run(release, Clock.systemUTC(), System.out));
      }
      case Command.OfBackup(BackupCommand.OfStore command) -> {
        System.setProperty("logging.threshold.console", "off");
        System.exit(BackupTool.run(command, Clock.systemUTC(), System.out));
      }
      case Command.Wrong wrong -> {
        System.err.println(wrong.why());
        System.exit(Command.WRONG_USE);
      }
    }
  }
}
