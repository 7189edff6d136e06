package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Whether this workspace's secrets can be sealed and opened: does both with a word of its own.
@Component
class KeysHealth implements HealthReporter {
  private static final Logger LOG = LoggerFactory.getLogger(KeysHealth.class);
  private static final Purpose CANARY = new Purpose(Purpose.PLATFORM, "keys.health-check");
  private static final String NAME = "Keys";

  private final Keys keys;
  private final Workspaces workspaces;
  private final KeysProperties properties;

  KeysHealth(Keys keys, Workspaces workspaces, KeysProperties properties) {
    this.keys = keys;
    this.workspaces = workspaces;
    this.properties = properties;
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    UUID row = workspace.value();
    byte[] word = "canary".getBytes(StandardCharsets.UTF_8);
    try {
      boolean same =
          workspaces.inWorkspace(
              workspace,
              () -> Arrays.equals(word, keys.open(CANARY, row, keys.seal(CANARY, row, word))));
      return List.of(
          same
              ? PartHealth.ok(
                  NAME,
                  "A secret of this workspace was sealed and opened just now; the provider is "
                      + properties.provider()
                      + ".")
              : PartHealth.down(NAME, "What was sealed opened as something else.", null));
    } catch (RuntimeException failure) {
      LOG.warn("Sealing and opening failed for workspace {}", workspace, failure);
      return List.of(
          PartHealth.down(
              NAME,
              "This workspace's secrets cannot be opened. Work that needs them waits; look whether"
                  + " the key provider ("
                  + properties.provider()
                  + ") answers.",
              null));
    }
  }
}
