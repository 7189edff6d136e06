package dev.bothy.platform.backup;

import dev.bothy.platform.keys.BackupKeys;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Whose backup it is, and its key, wrapped by the key provider.
///
/// @param sha256 of the rest, so that a damaged file is told from one of other keys
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyFile(UUID installation, String provider, byte[] wrapped, String sha256) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static KeyFile of(UUID installation, BackupKeys.Wrapped key) {
    return new KeyFile(
        installation,
        key.provider(),
        key.bytes(),
        summedUp(installation, key.provider(), key.bytes()));
  }

  private static String summedUp(UUID installation, String provider, byte[] wrapped) {
    String all = installation + "\n" + provider + "\n" + HexFormat.of().formatHex(wrapped);
    return Parts.sha256(all.getBytes(StandardCharsets.UTF_8));
  }

  byte[] json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /// @return empty if it is none, or not as it was written
  static Optional<KeyFile> read(byte[] json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, KeyFile.class))
          .filter(read ->
              Objects.requireNonNull(read.sha256())
                  .equals(summedUp(read.installation(), read.provider(), read.wrapped())));
    } catch (JacksonException | NullPointerException e) {
      return Optional.empty();
    }
  }

  BackupKeys.Wrapped key() {
    return new BackupKeys.Wrapped(provider, wrapped);
  }
}
