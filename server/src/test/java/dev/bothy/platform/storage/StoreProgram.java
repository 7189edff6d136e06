package dev.bothy.platform.storage;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.ToolContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/// The store as a program beside the server has it: by the egress module, from the settings.
final class StoreProgram implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  @ComponentScan(basePackageClasses = {Egress.class, ObjectStore.class})
  @ConfigurationPropertiesScan(basePackageClasses = Egress.class)
  static class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }
  }

  /// @param settings each `name=value`, the later ones before the earlier
  StoreProgram(Clock clock, List<String> settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bothy.egress.region=test",
                "--bothy.egress.on-premises-hosts=http://127.0.0.1:*"));
    settings.forEach(setting -> all.add("--" + setting));
    this.context = ToolContext.start(Beans.class, Map.of(), all, clock);
  }

  ObjectStore store() {
    return context.getBean(Storage.class).store().orElseThrow();
  }

  Storage storage() {
    return context.getBean(Storage.class);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
