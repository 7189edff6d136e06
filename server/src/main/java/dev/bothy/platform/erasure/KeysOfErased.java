package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keymanagement.KeyDestruction;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Destroys the keys of what was erased, so that no copy in a backup can be read.
@Component
class KeysOfErased {
  private static final Logger LOG = LoggerFactory.getLogger(KeysOfErased.class);

  private static final String AWAY =
      "The key provider has not destroyed the keys yet. It is asked again and again.";

  /// Who asked, where Bothy did.
  private static final PersonId NOBODY = new PersonId(new UUID(0, 0));

  private final KeyDestructions destructions;
  private final DataKeys dataKeys;
  private final Workspaces workspaces;
  private final Clock clock;

  KeysOfErased(
      KeyDestructions destructions, DataKeys dataKeys, Workspaces workspaces, Clock clock) {
    this.destructions = destructions;
    this.dataKeys = dataKeys;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// Asks the provider for what was begun. The schedule does too, but not while a restored database
  /// is not served yet.
  void prepare(WorkspaceId workspace, @Nullable String owner) {
    for (KeyDestruction each : workspaces.inWorkspace(workspace, () -> pending(owner))) {
      Instant now = clock.instant();
      Due due = new Due(each.id(), now, now);
      try {
        destructions.prepare(workspace, due);
        workspaces.inWorkspace(workspace, () -> destructions.run(due));
      } catch (OutOfReach e) {
        LOG.info("The keys of {} are not destroyed yet", each.owner(), e);
      }
    }
  }

  /// @param owner null for the workspace and all its apps
  Steps.Progress run(ErasureRow row, @Nullable String owner) {
    PersonId by = row.requestedBy() == null ? NOBODY : row.requestedBy();
    boolean lives =
        dataKeys.list().stream()
            .filter(key -> owner == null || key.owner().equals(owner))
            .anyMatch(key -> key.state() == DataKey.State.LIVES);
    if (lives) {
      if (owner == null) {
        destructions.startAll(by);
      } else {
        destructions.start(owner, by);
      }
      return new Steps.Progress.More();
    }
    return pending(owner).isEmpty() ? new Steps.Progress.Next() : new Steps.Progress.Wait(AWAY);
  }

  private List<KeyDestruction> pending(@Nullable String owner) {
    return destructions.list().stream()
        .filter(each -> each.destroyedAt() == null)
        .filter(each -> owner == null || each.owner().equals(owner))
        .toList();
  }
}
