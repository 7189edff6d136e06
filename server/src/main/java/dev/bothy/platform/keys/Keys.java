package dev.bothy.platform.keys;

import java.util.UUID;

/// Seals and opens what must stay secret. AES-256-GCM with a fresh 96-bit IV for each record (NIST
/// SP 800-38D §8.2.2); the additional data is workspace, purpose and row id, so that a ciphertext
/// moved to another workspace, field or row does not open.
public interface Keys {
  /// Whether the installation's own key is here. Once it is it stays; until then nothing that
  /// networks deliver can be sealed or opened.
  boolean isReady();

  /// Seals under a data key of the current workspace. Call it within
  /// [dev.bothy.platform.workspace.Workspaces#inWorkspace].
  ///
  /// @param row the id of the row that will hold the ciphertext
  Sealed seal(Purpose purpose, UUID row, byte[] plaintext);

  /// Opens what [#seal] made in the current workspace for the same purpose and row.
  ///
  /// @throws CannotOpen if it was made for another workspace, purpose or row, was changed, or its
  ///   key is gone
  byte[] open(Purpose purpose, UUID row, Sealed sealed);

  /// Seals under the installation's inbox key, outside of any workspace: so that a webhook can be
  /// acknowledged however long the workspace's own keys are out of reach.
  Sealed sealForInstallation(Purpose purpose, UUID row, byte[] plaintext);

  /// Opens what [#sealForInstallation] made for the same purpose and row.
  byte[] openForInstallation(Purpose purpose, UUID row, Sealed sealed);
}
