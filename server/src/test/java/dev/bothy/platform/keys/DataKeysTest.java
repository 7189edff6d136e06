package dev.bothy.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.vault.VaultClients;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The life of a workspace's keys, on a server of the test's own whose keys are in a real Vault,
/// and beside it another one.
@BothyTest
class DataKeysTest {
  private static final Purpose NOTE = new Purpose("rotations", "rotations.test-note");
  private static final byte[] TEXT = "runbook is in the drawer".getBytes(StandardCharsets.UTF_8);

  @Autowired Workspaces workspaces;
  @Autowired KeyProviders ofTheContext;
  @Autowired InstallationKeys installation;
  @Autowired KeysProperties properties;
  @Autowired Metrics metrics;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;

  private final UUID row = UUID.randomUUID();
  private final ApplicationEventPublisher nobody = _ -> {};
  private WorkspaceId workspace = new WorkspaceId(new UUID(0, 0));

  /// A server on the same database.
  private record Server(Keys keys, DataKeys dataKeys, KeyChanges changes) {}

  private static final class Away extends OutOfReach {
    private static final long serialVersionUID = 1L;

    Away() {
      super("nobody there", null);
    }
  }

  @BeforeEach
  void makeWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void afterARotationOfTheWrappingKeyTheDataKeysAreWrappedAnewAndAllOpens(Product product) {
    Server server = server(transit(product), null);
    Sealed sealed = seal(server);
    server.dataKeys().rotateWrappingKey(workspace, "rotations");

    assertThat(server.dataKeys().rewrap(workspace, "rotations")).isEqualTo(1);
    assertThat(server.dataKeys().rewrap(workspace, "rotations")).isZero();

    assertThat(list(server)).extracting(DataKey::wrappingVersion).containsExactly(2);
    assertThat(server.dataKeys().wrappingKey(workspace, "rotations"))
        .hasValueSatisfying(key -> assertThat(key.latestVersion()).isEqualTo(2));
    assertThat(open(server(transit(product), null), sealed)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void fromTheKeyFileToVaultAndBackAllOpensAllTheTime(Product product) {
    KeyProvider file = ofTheContext.current();
    Server before = server(file, null);
    Sealed sealed = seal(before);

    Server between = server(file, transit(product));
    Server towards = server(transit(product), file);
    assertThat(open(towards, sealed)).isEqualTo(TEXT);
    assertThat(towards.dataKeys().rewrap(workspace, "rotations")).isEqualTo(1);
    assertThat(list(towards)).extracting(DataKey::provider).containsExactly("vault");
    // One that was not told yet, of a rolling change, reads both.
    assertThat(open(between, sealed)).isEqualTo(TEXT);

    Server after = server(transit(product), null);
    assertThat(open(after, sealed)).isEqualTo(TEXT);
    // Nobody gives anything up for a setting.
    assertThatThrownBy(() -> open(server(file, null), sealed))
        .isInstanceOf(OutOfReach.class)
        .hasMessageContaining("by the provider vault, but bothy.keys.provider is local-file")
        .hasMessageContaining("set bothy.keys.other-provider to vault");

    assertThat(between.dataKeys().rewrap(workspace, "rotations")).isEqualTo(1);
    assertThat(list(between))
        .extracting(DataKey::movedFrom)
        .containsExactly(List.of("local-file", "vault"));
    assertThat(open(server(file, null), sealed)).isEqualTo(TEXT);
  }

  @Test
  void aNewDataKeySealsFromNowOnOnEveryServerAndTheOldOneOpens() {
    Server server = server(ofTheContext.current(), null);
    Server other = server(ofTheContext.current(), null);
    Sealed old = seal(server);
    assertThat(open(other, old)).isEqualTo(TEXT);

    workspaces.inWorkspace(workspace, () -> server.dataKeys().renew("rotations"));
    assertThat(open(other, seal(server))).isEqualTo(TEXT);
    other.changes().look();

    assertThat(Envelope.version(seal(server).bytes())).isEqualTo(2);
    assertThat(Envelope.version(seal(other).bytes())).isEqualTo(2);
    assertThat(open(server, old)).isEqualTo(TEXT);
    assertThat(open(other, seal(server))).isEqualTo(TEXT);
  }

  @Test
  void whileTheProviderIsAwayAServerThatHearsOfANewDataKeyKeepsThoseThatItHas() {
    AtomicBoolean away = new AtomicBoolean();
    Server server = server(ofTheContext.current(), null);
    Server other =
        server(
            new ForwardingProvider(ofTheContext.current()) {
              @Override
              public byte[] unwrap(KeyName name, byte[] wrapped) {
                if (away.get()) {
                  throw new Away();
                }
                return super.unwrap(name, wrapped);
              }
            },
            null);
    Sealed old = seal(server);
    assertThat(open(other, old)).isEqualTo(TEXT);
    away.set(true);
    workspaces.inWorkspace(workspace, () -> server.dataKeys().dropBelow("rotations", 1));
    workspaces.inWorkspace(workspace, () -> server.dataKeys().renew("rotations"));
    other.changes().look();
    assertThat(open(other, old)).isEqualTo(TEXT);
  }

  @Test
  void theInstallationGetsANewDataKeyOnceTheOneIsOldAndOpensWhatEachSealed() {
    Server server = server(ofTheContext.current(), null);
    KeyTable table = new KeyTable(jdbc, ofTheContext, clock, metrics);
    InstallationKeys own = new InstallationKeys(table, workspaces);
    InstallationKeys others = new InstallationKeys(table, workspaces);
    int before = own.forSealing().current();
    assertThat(others.forSealing().current()).isEqualTo(before);
    assertThat(server.dataKeys().renewInstallation(Duration.ofDays(10_000))).isFalse();
    clock.advance(Duration.ofSeconds(2));
    try {
      assertThat(server.dataKeys().renewInstallation(Duration.ofSeconds(1))).isTrue();
    } finally {
      clock.reset();
    }
    own.look();
    assertThat(own.forSealing().current()).isEqualTo(before + 1);
    assertThat(others.forOpening(before + 1).has(before)).isTrue();
    assertThat(others.forSealing().current()).isEqualTo(before + 1);
  }

  @Test
  void aNewDataKeyThatIsRolledBackNeverSealsWhatStays() {
    Server server = server(ofTheContext.current(), null);
    seal(server);
    workspaces.inWorkspace(
        workspace,
        () -> {
          server.dataKeys().renew("rotations");
          workspaces.rollBack();
        });
    assertThat(Envelope.version(seal(server).bytes())).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void whatDestroyedKeysSealedOpensNowhereNotEvenInARestoredCopy(Product product) {
    Server server = server(transit(product), null);
    Server other = server(transit(product), null);
    Sealed sealed = seal(server);
    assertThat(open(other, sealed)).isEqualTo(TEXT);
    byte[] backup =
        workspaces.inWorkspace(
            workspace, () -> jdbc.sql("select wrapped from data_key").query(byte[].class).single());

    boolean begun =
        workspaces.inWorkspace(workspace, () -> server.dataKeys().beginDestruction("rotations"));
    assertThat(begun).isTrue();
    other.changes().look();
    for (Server each : List.of(server, other)) {
      assertThatThrownBy(() -> open(each, sealed))
          .isInstanceOf(CannotOpen.class)
          .hasMessageContaining("rotations.test-note of " + row)
          .hasMessageContaining("was destroyed");
      // It would be sealed under the key that is about to be destroyed at the provider.
      assertThatThrownBy(() -> seal(each)).isInstanceOf(OutOfReach.class);
    }

    // As any Vault has one that serves an installation.
    transit(product).wrap(new KeyName(KeyOwner.INSTALLATION, 1), Envelope.newKey());
    destroyWrappingKey(server);
    destroyWrappingKey(server);
    workspaces.inWorkspace(workspace, () -> server.dataKeys().endDestruction("rotations"));

    Sealed fresh = seal(server);
    // One that was about to do the same and comes late finds nothing to do.
    destroyWrappingKey(server);
    assertThat(Envelope.version(fresh.bytes())).isEqualTo(2);
    assertThat(open(other, fresh)).isEqualTo(TEXT);

    workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("update data_key set wrapped = ?, destroyed_at = null where version = 1")
                .param(backup)
                .update());
    assertThatThrownBy(() -> open(server(transit(product), null), sealed))
        .isInstanceOf(OutOfReach.class)
        .hasMessageContaining("does not unwrap");
  }

  private void destroyWrappingKey(Server server) {
    workspaces.inWorkspace(workspace, () -> server.dataKeys().destroyWrappingKey("rotations"));
  }

  @Test
  void theRunningServerLearnsOfAChangeByItself(@Autowired Keys running) {
    Server server = server(ofTheContext.current(), null);
    Sealed sealed = seal(server);
    assertThat(workspaces.inWorkspace(workspace, () -> running.open(NOTE, row, sealed)))
        .isEqualTo(TEXT);
    workspaces.inWorkspace(workspace, () -> server.dataKeys().beginDestruction("rotations"));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThatThrownBy(
                    () -> workspaces.inWorkspace(workspace, () -> running.open(NOTE, row, sealed)))
                .isInstanceOf(CannotOpen.class));
  }

  private static KeyProvider transit(Product product) {
    TestVault vault = TestVault.shared(product);
    return new TransitKeys(VaultClients.of(vault, vault.role()), "transit");
  }

  private Server server(KeyProvider provider, @Nullable KeyProvider other) {
    KeyProviders providers = new KeyProviders(provider, other);
    KeyTable table = new KeyTable(jdbc, providers, clock, metrics);
    KeyCache cache = new KeyCache(table, workspaces, properties, clock);
    KeyChanges changes = new KeyChanges(jdbc, workspaces, cache, nobody, clock);
    return new Server(
        new EnvelopeKeys(cache, installation, workspaces, metrics),
        new DataKeys(table, cache, changes, providers, workspaces, properties, jdbc),
        changes);
  }

  private List<DataKey> list(Server server) {
    return workspaces.inWorkspace(workspace, server.dataKeys()::list);
  }

  private Sealed seal(Server server) {
    return workspaces.inWorkspace(workspace, () -> server.keys().seal(NOTE, row, TEXT));
  }

  private byte[] open(Server server, Sealed sealed) {
    return workspaces.inWorkspace(workspace, () -> server.keys().open(NOTE, row, sealed));
  }
}
