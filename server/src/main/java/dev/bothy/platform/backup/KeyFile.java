package dev.bothy.platform.backup;

import dev.bothy.platform.keys.BackupKeys;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Whose backup it is, and its key, wrapped by the key provider.
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyFile(UUID installation, String provider, byte[] wrapped) {
  private static final JsonMapper JSON = JsonMapper.shared();

  byte[] json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /// @return empty if it is none
  static Optional<KeyFile> read(byte[] json) {
    try {
      KeyFile read = JSON.readValue(json, KeyFile.class);
      return read == null || read.installation() == null || read.wrapped() == null
          ? Optional.empty()
          : Optional.of(read);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  BackupKeys.Wrapped key() {
    return new BackupKeys.Wrapped(provider, wrapped);
  }
}
