package dev.bothy.platform.keymanagement.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.keymanagement.KeyCare;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keymanagement.Reencryptions;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/// What may be done with a workspace's keys, by page and by API: who may do it, and its line in the
/// audit log. An owner that has no keys is not found. While the provider is away it throws
/// [dev.bothy.platform.kernel.OutOfReach].
@Component
class KeyActions {
  private final DataKeys dataKeys;
  private final KeyCare care;
  private final Reencryptions reencryptions;
  private final KeyDestructions destructions;
  private final Audit audit;
  private final Workspaces workspaces;

  KeyActions(
      DataKeys dataKeys,
      KeyCare care,
      Reencryptions reencryptions,
      KeyDestructions destructions,
      Audit audit,
      Workspaces workspaces) {
    this.dataKeys = dataKeys;
    this.care = care;
    this.reencryptions = reencryptions;
    this.destructions = destructions;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  /// A new version of the wrapping key, and the data keys wrapped under it.
  ///
  /// @return how many were; empty, and nothing was done, if the provider has one key for all
  OptionalInt rotate(Viewer viewer, String owner) {
    viewer.require(Role.ADMIN);
    requireKeysOf(viewer, owner);
    if (dataKeys.ownWrappingKey(viewer.workspace(), owner).isEmpty()) {
      return OptionalInt.empty();
    }
    dataKeys.rotateWrappingKey(viewer.workspace(), owner);
    workspaces.inWorkspace(viewer.workspace(), () -> record(viewer, "rotated", owner));
    return OptionalInt.of(care.of(viewer.workspace()));
  }

  /// A new data key, and everything sealed anew under it.
  ///
  /// @return false if one is being brought in already
  boolean renew(Viewer viewer, String owner) {
    viewer.require(Role.ADMIN);
    requireKeysOf(viewer, owner);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          boolean begun = reencryptions.start(owner).isPresent();
          if (begun) {
            record(viewer, "renewed", owner);
          }
          return begun;
        });
  }

  /// Whether somebody who typed this means these keys.
  ///
  /// @param owner null for the workspace and all its apps
  static boolean isMeant(Viewer viewer, @Nullable String owner, String typed) {
    return typed.strip().equals(wordOf(viewer, owner));
  }

  /// What has to be typed.
  static String wordOf(Viewer viewer, @Nullable String owner) {
    return owner == null ? viewer.slug() : viewer.slug() + "/" + owner;
  }

  /// Asked before anything is shown of what would be lost.
  void requireMayDestroy(Viewer viewer, @Nullable String owner) {
    viewer.require();
    if (owner != null) {
      requireKeysOf(viewer, owner);
    }
  }

  /// Destroys the keys of this owner; null for the workspace and all its apps.
  ///
  /// @return whose keys there were
  List<String> destroy(Viewer viewer, @Nullable String owner) {
    requireMayDestroy(viewer, owner);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          List<String> begun =
              owner == null
                  ? destructions.startAll(viewer.person())
                  : destructions.start(owner, viewer.person()).stream().map(_ -> owner).toList();
          if (!begun.isEmpty()) {
            // One call, one entry, which names all of them.
            audit.record(
                new Actor.Person(viewer.person()),
                "keymanagement.destroyed",
                owner == null
                    ? Subject.of("keymanagement.workspace", viewer.workspace().value())
                    : new Subject("keymanagement.owner", owner),
                Map.of("owners", String.join("+", begun)));
          }
          return begun;
        });
  }

  private void requireKeysOf(Viewer viewer, String owner) {
    boolean known =
        workspaces.inWorkspace(
            viewer.workspace(),
            () -> dataKeys.list().stream().anyMatch(key -> key.owner().equals(owner)));
    if (!known) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }

  private void record(Viewer viewer, String what, String owner) {
    audit.record(
        new Actor.Person(viewer.person()),
        "keymanagement." + what,
        new Subject("keymanagement.owner", owner),
        Map.of());
  }
}
