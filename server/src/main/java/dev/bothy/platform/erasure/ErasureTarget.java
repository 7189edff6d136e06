package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import java.util.UUID;

/// What is erased.
public sealed interface ErasureTarget {
  /// A person, from one workspace.
  record OfPerson(PersonId person) implements ErasureTarget {}

  /// All that an app holds in one workspace.
  ///
  /// @param app its module id, such as `rotations`
  record OfApp(String app) implements ErasureTarget {}

  /// A workspace with everything in it.
  record OfWorkspace() implements ErasureTarget {}

  /// `person`, `app` or `workspace`.
  default String kind() {
    return switch (this) {
      case OfPerson _ -> "person";
      case OfApp _ -> "app";
      case OfWorkspace _ -> "workspace";
    };
  }

  /// Its id among those of its kind.
  default String id(WorkspaceId workspace) {
    return switch (this) {
      case OfPerson(PersonId person) -> person.toString();
      case OfApp(String app) -> app;
      case OfWorkspace _ -> workspace.toString();
    };
  }

  /// What [#kind] and [#id] say.
  static ErasureTarget of(String kind, String id) {
    return switch (kind) {
      case "person" -> new OfPerson(new PersonId(UUID.fromString(id)));
      case "app" -> new OfApp(id);
      case "workspace" -> new OfWorkspace();
      default -> throw new IllegalArgumentException("Not a kind of erasure: " + kind);
    };
  }
}
