package dev.bothy.platform.keys;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.vault.VaultClients;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.TestVault;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The keys of another server beside the running one, on its database, with a provider of its own.
public record TestServer(Keys keys, DataKeys dataKeys) {
  /// What wraps.
  public static final class Provider {
    private final KeyProvider provider;

    private Provider(KeyProvider provider) {
      this.provider = provider;
    }

    /// The running server's.
    public static Provider running(BeanFactory context) {
      return new Provider(context.getBean(KeyProviders.class).current());
    }

    /// A Transit engine, reached by this address.
    public static Provider transit(URI by, TestVault.AppRole role, String mount) {
      return new Provider(new TransitKeys(VaultClients.of(by, role), mount));
    }
  }

  /// @param other what this one wrapped is unwrapped too; null is none
  /// @param context of the running server
  public static TestServer of(Provider current, @Nullable Provider other, BeanFactory context) {
    KeyProviders providers =
        new KeyProviders(current.provider, other == null ? null : other.provider);
    Workspaces workspaces = context.getBean(Workspaces.class);
    JdbcClient jdbc = context.getBean(JdbcClient.class);
    Clock clock = context.getBean(Clock.class);
    Metrics metrics = context.getBean(Metrics.class);
    KeysProperties properties = context.getBean(KeysProperties.class);
    KeyTable table = new KeyTable(jdbc, providers, clock, metrics);
    KeyCache cache = new KeyCache(table, workspaces, properties, clock);
    KeyChanges changes = new KeyChanges(jdbc, workspaces, cache, _ -> {}, clock);
    return new TestServer(
        new EnvelopeKeys(cache, new InstallationKeys(table, workspaces), workspaces, metrics),
        new DataKeys(table, cache, changes, providers, workspaces, properties, jdbc));
  }
}
