package dev.bothy.platform.keymanagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.keys.KeysInVault;
import dev.bothy.platform.keys.WrappingKey;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Leases;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestVault.Product;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

@BothyTest
class KeyCareTest {
  private static final String APP = "rotations";

  @Autowired BeanFactory context;
  @Autowired Workspaces workspaces;
  @Autowired Leases leases;
  @Autowired Metrics metrics;

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void afterSomebodyElsesRotationKeysAreWrappedAnewAndTheOldVersionGoesWithTheLastBackup(
      Product product) {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    DataKeys keys = KeysInVault.of(product, context);
    workspaces.inWorkspace(workspace, () -> keys.renew(APP));
    keys.rotateWrappingKey(workspace, APP);

    assertThat(care(keys, Duration.ZERO).of(workspace)).isEqualTo(1);
    assertThat(workspaces.inWorkspace(workspace, keys::list))
        .extracting(DataKey::wrappingVersion)
        .containsExactly(2);

    assertThat(care(keys, keys.backupsKept().minusHours(1)).of(workspace)).isZero();
    assertThat(oldest(keys, workspace)).as("while a backup may need it").isEqualTo(1);
    assertThat(care(keys, keys.backupsKept().plusHours(1)).of(workspace)).isZero();
    assertThat(oldest(keys, workspace)).as("when none is left").isEqualTo(2);
  }

  /// So long from now.
  private KeyCare care(DataKeys keys, Duration later) {
    return new KeyCare(keys, workspaces, leases, metrics, Clock.offset(Clock.systemUTC(), later));
  }

  private static int oldest(DataKeys keys, WorkspaceId workspace) {
    return keys.wrappingKey(workspace, APP).map(WrappingKey::oldestVersion).orElseThrow();
  }
}
