package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The wrapped keys in the database, and their way in and out through the provider. Called within a
/// transaction.
@Component
class KeyTable {
  static final String INSTALLATION = "installation";

  private final JdbcClient jdbc;
  private final KeyProvider provider;
  private final Clock clock;
  private final Metrics metrics;

  KeyTable(JdbcClient jdbc, KeyProvider provider, Clock clock, Metrics metrics) {
    this.jdbc = jdbc;
    this.provider = provider;
    this.clock = clock;
    this.metrics = metrics;
  }

  /// The keys of this owner in the workspace of the transaction; empty if it has none yet.
  Optional<KeyRing> ofOwner(WorkspaceId workspace, String owner) {
    return unwrap(
        workspace,
        owner,
        jdbc.sql("select version, provider, wrapped from data_key where owner = ? order by version")
            .param(owner)
            .query(KeyTable::toWrapped)
            .list());
  }

  /// Makes the first key of this owner. Of two servers that do so at once the later waits for the
  /// earlier and takes its key.
  KeyRing firstOfOwner(WorkspaceId workspace, String owner) {
    KeyName name = new KeyName(workspace, owner, 1);
    jdbc.sql(
            "insert into data_key (workspace_id, id, owner, version, provider, wrapped, created_at)"
                + " values (?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (workspace_id, owner, version) do nothing")
        .params(
            workspace.value(),
            Ids.next(clock),
            owner,
            name.version(),
            provider.id(),
            newWrapped(name),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return ofOwner(workspace, owner).orElseThrow();
  }

  /// The installation's own keys; empty if it has none yet.
  Optional<KeyRing> ofInstallation() {
    return unwrap(
        null,
        INSTALLATION,
        jdbc.sql("select version, provider, wrapped from installation_key order by version")
            .query(KeyTable::toWrapped)
            .list());
  }

  /// Makes the installation's first key; see [#firstOfOwner].
  KeyRing firstOfInstallation() {
    KeyName name = new KeyName(null, INSTALLATION, 1);
    jdbc.sql(
            "insert into installation_key (version, provider, wrapped, created_at)"
                + " values (?, ?, ?, ?) on conflict (version) do nothing")
        .params(
            name.version(),
            provider.id(),
            newWrapped(name),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return ofInstallation().orElseThrow();
  }

  private byte[] newWrapped(KeyName name) {
    byte[] key = Envelope.newKey();
    try {
      byte[] wrapped = provider.wrap(name, key);
      metrics.cipher(Metrics.Cipher.WRAP, true);
      return wrapped;
    } catch (RuntimeException e) {
      metrics.cipher(Metrics.Cipher.WRAP, false);
      throw e;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private Optional<KeyRing> unwrap(
      @Nullable WorkspaceId workspace, String owner, List<Wrapped> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, SecretKey> keys = new HashMap<>();
    for (Wrapped row : rows) {
      if (!row.provider().equals(provider.id())) {
        throw new CannotOpen(
            "A data key was wrapped by the provider "
                + row.provider()
                + ", but bothy.keys.provider is "
                + provider.id());
      }
      byte[] key = unwrap(new KeyName(workspace, owner, row.version()), row.bytes());
      keys.put(row.version(), Envelope.toKey(key));
      Arrays.fill(key, (byte) 0);
    }
    return Optional.of(new KeyRing(rows.getLast().version(), keys));
  }

  private byte[] unwrap(KeyName name, byte[] wrapped) {
    try {
      byte[] key = provider.unwrap(name, wrapped);
      metrics.cipher(Metrics.Cipher.UNWRAP, true);
      return key;
    } catch (RuntimeException e) {
      metrics.cipher(Metrics.Cipher.UNWRAP, false);
      throw e;
    }
  }

  private static Wrapped toWrapped(ResultSet row, int number) throws SQLException {
    return new Wrapped(row.getInt("version"), row.getString("provider"), row.getBytes("wrapped"));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Wrapped(int version, String provider, byte[] bytes) {}
}
