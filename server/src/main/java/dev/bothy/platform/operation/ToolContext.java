package dev.bothy.platform.operation;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/// What a program beside the server runs in: the same settings from the same places, the same logs,
/// and of the beans only those that its configuration names. It opens no port.
public final class ToolContext {
  private ToolContext() {}

  /// Reads the settings and makes the beans. A wrong setting has been logged, with its key, when
  /// this throws.
  ///
  /// @param configuration names its beans by `@Import` and its settings by
  ///   `@EnableConfigurationProperties`; without a stereotype, so that the server does not find it
  /// @param fixed settings that hold whatever the files and the arguments say
  /// @param settings from the command line, each `--name=value`
  public static ConfigurableApplicationContext start(
      Class<?> configuration, Map<String, String> fixed, List<String> settings) {
    return start(configuration, fixed, settings, null);
  }

  /// The same with the clock as a bean, for beans that ask for one.
  public static ConfigurableApplicationContext start(
      Class<?> configuration,
      Map<String, String> fixed,
      List<String> settings,
      @Nullable Clock clock) {
    SpringApplication application = new SpringApplication(configuration);
    if (clock != null) {
      application.addInitializers(
          context -> context.getBeanFactory().registerSingleton("clock", clock));
    }
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLogStartupInfo(false);
    // Given twice, a setting would be a list: the later one holds.
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String setting : settings) {
      arguments.put(setting.substring(0, setting.indexOf('=')), setting);
    }
    fixed.forEach((name, value) -> arguments.put("--" + name, "--" + name + "=" + value));
    return application.run(arguments.values().toArray(String[]::new));
  }
}
