package dev.bothy.platform.keymanagement.web;

import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keymanagement.ReencryptionProgress;
import dev.bothy.platform.keymanagement.Reencryptions;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Reencryption;
import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.keys.WrappingKey;
import dev.bothy.platform.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the page of keys shows.
@Component
class KeysPage {
  private final DataKeys dataKeys;
  private final Reencryptions reencryptions;
  private final Reencryption reencryption;
  private final Workspaces workspaces;

  KeysPage(
      DataKeys dataKeys,
      Reencryptions reencryptions,
      Reencryption reencryption,
      Workspaces workspaces) {
    this.dataKeys = dataKeys;
    this.reencryptions = reencryptions;
    this.reencryption = reencryption;
    this.workspaces = workspaces;
  }

  /// The keys of one owner.
  ///
  /// @param keys newest first
  /// @param wrapping what the provider said just now; null if it said nothing
  /// @param away why it said nothing; null if it answered
  /// @param progress the newest re-encryption; null if there was none
  /// @param sealed what these keys seal, as the tables' columns are called
  record OwnerKeys(
      String name,
      String title,
      List<DataKey> keys,
      @Nullable WrappingKey wrapping,
      @Nullable String away,
      @Nullable ReencryptionProgress progress,
      List<String> sealed) {
    /// The key that seals; null if all were destroyed.
    public @Nullable DataKey current() {
      return keys.stream()
          .filter(key -> key.state() == DataKey.State.LIVES)
          .findFirst()
          .orElse(null);
    }

    /// Whether a data key waits to be wrapped under the newest wrapping key.
    public long outdated() {
      WrappingKey key = wrapping;
      return key == null
          ? 0
          : keys.stream()
              .filter(each -> each.state() == DataKey.State.LIVES)
              .filter(each ->
                  !each.provider().equals(key.provider())
                      || each.wrappingVersion() < key.latestVersion())
              .count();
    }

    /// Whether something is under way that the page should be renewed for.
    public boolean isBusy() {
      return beingDestroyed() || (progress != null && progress.finishedAt() == null);
    }

    public boolean beingDestroyed() {
      return keys.stream().anyMatch(key -> key.state() == DataKey.State.BEING_DESTROYED);
    }
  }

  /// Asks the provider; called outside of any transaction.
  List<OwnerKeys> owners(WorkspaceId workspace) {
    record Known(List<DataKey> keys, List<ReencryptionProgress> progress) {}
    Known known =
        workspaces.inWorkspace(workspace, () -> new Known(dataKeys.list(), reencryptions.list()));
    Map<String, List<DataKey>> byOwner =
        known.keys().stream()
            .collect(Collectors.groupingBy(DataKey::owner, TreeMap::new, Collectors.toList()));
    List<OwnerKeys> owners = new ArrayList<>();
    byOwner.forEach((owner, keys) -> {
      WrappingKey wrapping = null;
      String away = null;
      try {
        Optional<WrappingKey> found = dataKeys.wrappingKey(workspace, owner);
        wrapping = found.orElse(null);
      } catch (OutOfReach e) {
        away = e.getMessage();
      }
      owners.add(
          new OwnerKeys(
              owner,
              title(owner),
              keys.reversed(),
              wrapping,
              away,
              known.progress().stream()
                  .filter(each -> each.owner().equals(owner))
                  .findFirst()
                  .orElse(null),
              sealed(owner)));
    });
    return owners;
  }

  List<String> sealed(String owner) {
    return reencryption.columnsOf(owner).stream().map(SealedColumn::words).toList();
  }

  /// What all keys of a workspace seal.
  List<String> sealed() {
    return reencryption.columns().stream().map(SealedColumn::words).toList();
  }

  static String title(String owner) {
    return owner.equals(Purpose.PLATFORM)
        ? "The workspace itself"
        : owner.substring(0, 1).toUpperCase(Locale.ROOT) + owner.substring(1);
  }
}
