package dev.bothy.backuptool;

import dev.bothy.platform.operation.Redaction;
import dev.bothy.realm.PrepareRealm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/// What goes into a backup beside the tables.
///
/// - `configuration`: the settings that the installation runs with, without secrets.
/// - `realm`: the client that the realm step wants in Keycloak, as a keeper of Keycloak may import
///   it. After a loss `realm --apply` plans it again from the same settings.
final class Documents {
  private static final String CONFIGURATION = "configuration";
  private static final String REALM = "realm";

  private Documents() {}

  /// @param arguments the settings that were given on the command line
  static Map<String, byte[]> of(Environment environment, List<String> arguments) {
    Map<String, byte[]> documents = new TreeMap<>();
    documents.put(CONFIGURATION, configuration(environment));
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    // Without a public address there is no client to plan.
    if (PrepareRealm.clientJson(arguments, new PrintStream(client, true, StandardCharsets.UTF_8))
        == 0) {
      documents.put(REALM, client.toByteArray());
    }
    return documents;
  }

  private static byte[] configuration(Environment environment) {
    Map<String, String> settings = new TreeMap<>();
    if (environment instanceof ConfigurableEnvironment all) {
      for (PropertySource<?> source : all.getPropertySources()) {
        if (source instanceof EnumerablePropertySource<?> named) {
          for (String name : named.getPropertyNames()) {
            if (isOurs(name) && !Redaction.isSecretName(name)) {
              settings.putIfAbsent(
                  name, Redaction.of(String.valueOf(environment.getProperty(name))));
            }
          }
        }
      }
    }
    StringBuilder text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isOurs(String name) {
    return name.startsWith("bothy.")
        || name.startsWith("spring.datasource.")
        || name.startsWith("spring.flyway.")
        || name.startsWith("spring.cloud.vault.");
  }
}
