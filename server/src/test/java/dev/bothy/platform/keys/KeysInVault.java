package dev.bothy.platform.keys;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.vault.VaultClients;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// [DataKeys] of a server whose keys are in a Vault, beside the running one, which has a key file.
public final class KeysInVault {
  private KeysInVault() {}

  /// @param context of the running server, whose database it shares
  public static DataKeys of(Product product, BeanFactory context) {
    TestVault vault = TestVault.shared(product);
    KeyProviders providers =
        new KeyProviders(new TransitKeys(VaultClients.of(vault, vault.role()), "transit"), null);
    Workspaces workspaces = context.getBean(Workspaces.class);
    JdbcClient jdbc = context.getBean(JdbcClient.class);
    Clock clock = context.getBean(Clock.class);
    KeysProperties properties = context.getBean(KeysProperties.class);
    KeyTable table = new KeyTable(jdbc, providers, clock, context.getBean(Metrics.class));
    KeyCache cache = new KeyCache(table, workspaces, properties, clock);
    KeyChanges changes = new KeyChanges(jdbc, workspaces, cache, _ -> {}, clock);
    return new DataKeys(table, cache, changes, providers, workspaces, properties, jdbc);
  }
}
