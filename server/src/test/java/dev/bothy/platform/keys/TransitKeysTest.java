package dev.bothy.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.vault.VaultClients;
import dev.bothy.platform.vault.VaultRefused;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// With the policy that the documentation hands out, and no other right.
@Tag("real")
class TransitKeysTest {
  private final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
  private final KeyOwner owner = new KeyOwner(workspace, "rotations");
  private final KeyName name = new KeyName(owner, 1);
  private final byte[] key = Envelope.newKey();

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void whatWasWrappedUnwraps(Product product) {
    TransitKeys transit = transit(product);
    byte[] wrapped = transit.wrap(name, key);
    assertThat(new String(wrapped)).startsWith("vault:v1:");
    assertThat(transit.unwrap(name, wrapped)).isEqualTo(key);
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void underAnotherNameItDoesNotUnwrap(Product product) {
    TransitKeys transit = transit(product);
    byte[] wrapped = transit.wrap(name, key);
    assertThatThrownBy(() -> transit.unwrap(new KeyName(owner, 2), wrapped))
        .isInstanceOf(KeyUnusable.class)
        .hasMessageContaining("rotations");
    KeyName other = new KeyName(new KeyOwner(workspace, "moderation"), 1);
    transit.wrap(other, key);
    assertThatThrownBy(() -> transit.unwrap(other, wrapped)).isInstanceOf(KeyUnusable.class);
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aTransitKeyThatIsGoneOpensNothing(Product product) {
    TransitKeys transit = transit(product);
    byte[] wrapped = transit.wrap(name, key);
    TestVault server = TestVault.shared(product);
    String path = "transit/keys/" + TransitKeys.nameOf(owner);
    server.call("POST", path + "/config", "{\"deletion_allowed\":true}");
    server.call("DELETE", path, null);
    assertThatThrownBy(() -> transit.unwrap(name, wrapped)).isInstanceOf(KeyUnusable.class);
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void theTransitKeyNeverComesOut(Product product) {
    transit(product).wrap(name, key);
    TestVault server = TestVault.shared(product);
    assertThat(
            server
                .call("GET", "transit/keys/" + TransitKeys.nameOf(owner), null)
                .at("/data/exportable")
                .asBoolean())
        .isFalse();
    assertThatThrownBy(() ->
            server.call("GET", "transit/export/encryption-key/" + TransitKeys.nameOf(owner), null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not exportable");
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void afterARotationTheNewVersionWrapsAndTheOldOneUnwrapsUntilItIsRefused(Product product) {
    TransitKeys transit = transit(product);
    byte[] first = transit.wrap(name, key);
    transit.rotate(owner);
    byte[] second = transit.wrap(name, key);
    assertThat(transit.wrappingVersion(first)).isEqualTo(1);
    assertThat(transit.wrappingVersion(second)).isEqualTo(2);
    assertThat(transit.unwrap(name, first)).isEqualTo(key);

    transit.refuseOlder(owner, 2);
    assertThat(transit.wrappingKey(owner))
        .contains(new WrappingKey("vault", TransitKeys.nameOf(owner), 2, 2, true));
    assertThat(transit.unwrap(name, second)).isEqualTo(key);
    assertThatThrownBy(() -> transit.unwrap(name, first)).isInstanceOf(KeyUnusable.class);
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aKeyThatIsDestroyedIsGoneAndIsMadeAnewAsAnotherOne(Product product) {
    TransitKeys transit = transit(product);
    transit.wrap(new KeyName(KeyOwner.INSTALLATION, 1), key);
    byte[] wrapped = transit.wrap(name, key);
    transit.destroy(owner);
    assertThat(transit.wrappingKey(owner)).isEmpty();
    assertThatThrownBy(() -> transit.unwrap(name, wrapped)).isInstanceOf(KeyUnusable.class);
    transit.destroy(owner);

    transit.wrap(name, key);
    assertThatThrownBy(() -> transit.unwrap(name, wrapped)).isInstanceOf(KeyUnusable.class);
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void whereTheInstallationsKeysAreNotNothingCountsAsDestroyed(Product product) {
    TestVault server = TestVault.shared(product);
    String mount = "another-" + Long.toString(System.nanoTime(), 36);
    server.policy(
        mount,
        "path \"%1$s/keys/bothy-*\" { capabilities = [\"read\", \"update\", \"delete\"] }"
            .formatted(mount));
    Vault vault = VaultClients.of(server, server.role(mount));
    assertThatThrownBy(() -> new TransitKeys(vault, mount).destroy(owner))
        .isInstanceOf(VaultRefused.class)
        .hasMessageContaining("GET " + mount + "/keys/");
    server.mount(mount);
    assertThatThrownBy(() -> new TransitKeys(vault, mount).destroy(owner))
        .isInstanceOf(KeyUnusable.class)
        .hasMessageContaining("Nothing was destroyed");
  }

  private static TransitKeys transit(Product product) {
    TestVault server = TestVault.shared(product);
    return new TransitKeys(VaultClients.of(server, server.role()), "transit");
  }
}
