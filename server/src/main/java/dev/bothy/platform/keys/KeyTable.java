package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.operation.Metrics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The wrapped keys in the database, and their way in and out through the provider. Called within a
/// transaction of the owner's workspace, or of the installation.
@Component
class KeyTable {
  private final JdbcClient jdbc;
  private final KeyProviders providers;
  private final Clock clock;
  private final Metrics metrics;
  private volatile @Nullable Instant lastContact;

  KeyTable(JdbcClient jdbc, KeyProviders providers, Clock clock, Metrics metrics) {
    this.jdbc = jdbc;
    this.providers = providers;
    this.clock = clock;
    this.metrics = metrics;
  }

  /// A wrapped key as it is stored.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Wrapped(KeyName name, String provider, int wrappingVersion, byte[] bytes) {}

  /// The unwrapped keys of this owner; empty if it has none that live. One that does not unwrap
  /// takes none of the others with it.
  Optional<KeyRing> ofOwner(KeyOwner owner) {
    List<Wrapped> rows = wrapped(owner);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, SecretKey> keys = new HashMap<>();
    Map<Integer, KeyUnusable> unusable = new HashMap<>();
    for (Wrapped row : rows) {
      try {
        byte[] key = unwrap(row);
        keys.put(row.name().version(), Envelope.toKey(key));
        Arrays.fill(key, (byte) 0);
      } catch (KeyUnusable e) {
        unusable.put(row.name().version(), e);
      }
    }
    return Optional.of(new KeyRing(rows.getLast().name().version(), keys, unusable));
  }

  /// Whether there is a key of this version that lives.
  boolean lives(KeyOwner owner, int version) {
    return wrapped(owner).stream().anyMatch(row -> row.name().version() == version);
  }

  /// The wrapped keys of this owner that live, oldest first.
  List<Wrapped> wrapped(KeyOwner owner) {
    return owner.workspace() == null
        ? jdbc.sql(
                "select version, provider, wrapping_version, wrapped from installation_key"
                    + " order by version")
            .query((row, _) -> toWrapped(owner, row))
            .list()
        : jdbc.sql(
                "select version, provider, wrapping_version, wrapped from data_key"
                    + " where owner = ? and wrapped is not null order by version")
            .param(owner.name())
            .query((row, _) -> toWrapped(owner, row))
            .list();
  }

  /// The data keys of the current workspace, also those that live no more.
  List<DataKey> list() {
    return jdbc.sql(
            "select owner, version, provider, moved_from, wrapping_version, created_at,"
                + " wrapped_at, wrapped is not null as lives, destroyed_at from data_key"
                + " order by owner, version")
        .query(KeyTable::toDataKey)
        .list();
  }

  /// Why there is no such key.
  CannotOpen absence(String owner, int version) {
    boolean gone =
        jdbc.sql(
                "select exists (select from data_key where owner = ? and version = ?"
                    + " and wrapped is null)")
            .params(owner, version)
            .query(Boolean.class)
            .single();
    return gone
        ? new KeyDestroyed("The data key %d of %s was destroyed".formatted(version, owner))
        : new CannotOpen("There is no data key %d of %s".formatted(version, owner));
  }

  /// Until this transaction ends nobody else makes keys of this owner or destroys them.
  void lock(KeyOwner owner) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('data_key ' || ?, 0))")
        .param(owner.workspace() + " " + owner.name())
        .query(rows -> {});
  }

  /// Makes the first key of this owner, unless it has one. Of two servers that do so at once the
  /// later waits for the earlier and takes its key.
  ///
  /// @throws KeyBeingDestroyed while the wrapping key that would wrap it is being destroyed
  void addFirst(KeyOwner owner) {
    lock(owner);
    if (wrapped(owner).isEmpty()) {
      add(owner);
    }
  }

  /// Makes the next key of this owner.
  ///
  /// @return the version
  /// @throws KeyBeingDestroyed while the wrapping key that would wrap it is being destroyed
  int add(KeyOwner owner) {
    lock(owner);
    KeyName name = new KeyName(owner, newest(owner) + 1);
    byte[] wrapped = newWrapped(name);
    KeyProvider provider = providers.current();
    OffsetDateTime now = now();
    if (owner.workspace() == null) {
      jdbc.sql(
              "insert into installation_key (version, provider, wrapping_version, wrapped,"
                  + " created_at, wrapped_at) values (?, ?, ?, ?, ?, ?)")
          .params(
              name.version(), provider.id(), provider.wrappingVersion(wrapped), wrapped, now, now)
          .update();
    } else {
      jdbc.sql(
              "insert into data_key (workspace_id, id, owner, version, provider, wrapping_version,"
                  + " wrapped, created_at, wrapped_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .params(
              owner.workspace().value(),
              Ids.next(clock),
              owner.name(),
              name.version(),
              provider.id(),
              provider.wrappingVersion(wrapped),
              wrapped,
              now,
              now)
          .update();
    }
    return name.version();
  }

  /// Whether the installation's newest key was made longer ago than this.
  boolean isInstallationOlder(Duration age) {
    return jdbc.sql("select max(created_at) < ? from installation_key")
        .param(now().minus(age))
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /// When any of the installation's keys was wrapped anew last; empty if none ever was.
  Optional<Instant> installationRewrappedAt() {
    return jdbc.sql("select max(wrapped_at) from installation_key where wrapped_at > created_at")
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  private int newest(KeyOwner owner) {
    if (owner.workspace() == null) {
      return jdbc.sql("select coalesce(max(version), 0) from installation_key")
          .query(Integer.class)
          .single();
    }
    return jdbc.sql(
            "select coalesce(max(version), 0) as newest,"
                + " coalesce(bool_or(wrapped is null and destroyed_at is null), false) as ending"
                + " from data_key where owner = ?")
        .param(owner.name())
        .query((row, _) -> {
          if (row.getBoolean("ending")) {
            throw new KeyBeingDestroyed(owner.name());
          }
          return row.getInt("newest");
        })
        .single();
  }

  /// Stores a key that was wrapped anew, unless somebody else has changed it meanwhile.
  void replace(Wrapped old, byte[] wrapped) {
    KeyProvider provider = providers.current();
    KeyOwner owner = old.name().owner();
    if (owner.workspace() == null) {
      jdbc.sql(
              "update installation_key set provider = ?, wrapping_version = ?, wrapped = ?,"
                  + " wrapped_at = ? where version = ? and wrapped = ?")
          .params(
              provider.id(),
              provider.wrappingVersion(wrapped),
              wrapped,
              now(),
              old.name().version(),
              old.bytes())
          .update();
    } else {
      jdbc.sql(
              "update data_key set moved_from = case when provider = ? then moved_from"
                  + " else concat_ws(',', moved_from, provider) end,"
                  + " provider = ?, wrapping_version = ?, wrapped = ?, wrapped_at = ?"
                  + " where owner = ? and version = ? and wrapped = ?")
          .params(
              provider.id(),
              provider.id(),
              provider.wrappingVersion(wrapped),
              wrapped,
              now(),
              owner.name(),
              old.name().version(),
              old.bytes())
          .update();
    }
  }

  /// Forgets the keys of this owner below a version.
  int dropBelow(String owner, int version) {
    return jdbc.sql("delete from data_key where owner = ? and version < ? and wrapped is not null")
        .params(owner, version)
        .update();
  }

  /// Takes the keys of this owner away; their rows stay, so that no version comes twice.
  int beginDestruction(String owner) {
    return jdbc.sql("update data_key set wrapped = null where owner = ? and wrapped is not null")
        .param(owner)
        .update();
  }

  /// Whether what [#beginDestruction] began is not done yet.
  boolean isBeingDestroyed(String owner) {
    return jdbc.sql(
            "select exists (select from data_key where owner = ? and wrapped is null"
                + " and destroyed_at is null)")
        .param(owner)
        .query(Boolean.class)
        .single();
  }

  /// Notes that what [#beginDestruction] began is done.
  void endDestruction(String owner) {
    jdbc.sql(
            "update data_key set destroyed_at = ? where owner = ? and wrapped is null"
                + " and destroyed_at is null")
        .params(now(), owner)
        .update();
  }

  /// Unwraps by whichever provider wrapped it.
  byte[] unwrap(Wrapped row) {
    return counted(
        Metrics.Cipher.UNWRAP, () -> providers.of(row.provider()).unwrap(row.name(), row.bytes()));
  }

  /// Wraps by the provider that wraps now.
  byte[] wrap(KeyName name, byte[] key) {
    return counted(Metrics.Cipher.WRAP, () -> providers.current().wrap(name, key));
  }

  private byte[] newWrapped(KeyName name) {
    byte[] key = Envelope.newKey();
    try {
      return wrap(name, key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] counted(Metrics.Cipher operation, Supplier<byte[]> work) {
    boolean succeeded = false;
    try {
      byte[] result = answered(work);
      succeeded = true;
      return result;
    } finally {
      metrics.cipher(operation, succeeded);
    }
  }

  /// Asks the provider, and notes when it answered.
  <T> T answered(Supplier<T> question) {
    T answer = question.get();
    lastContact = clock.instant();
    return answer;
  }

  Optional<Instant> lastContact() {
    return Optional.ofNullable(lastContact);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Wrapped toWrapped(KeyOwner owner, ResultSet row) throws SQLException {
    return new Wrapped(
        new KeyName(owner, row.getInt("version")),
        row.getString("provider"),
        row.getInt("wrapping_version"),
        row.getBytes("wrapped"));
  }

  private static DataKey toDataKey(ResultSet row, int number) throws SQLException {
    OffsetDateTime destroyedAt = row.getObject("destroyed_at", OffsetDateTime.class);
    DataKey.State state =
        row.getBoolean("lives")
            ? DataKey.State.LIVES
            : destroyedAt == null ? DataKey.State.BEING_DESTROYED : DataKey.State.DESTROYED;
    return new DataKey(
        row.getString("owner"),
        row.getInt("version"),
        row.getString("provider"),
        row.getString("moved_from") == null
            ? List.of()
            : List.of(row.getString("moved_from").split(",")),
        row.getInt("wrapping_version"),
        Objects.requireNonNull(row.getObject("created_at", OffsetDateTime.class)).toInstant(),
        Objects.requireNonNull(row.getObject("wrapped_at", OffsetDateTime.class)).toInstant(),
        state,
        destroyedAt == null ? null : destroyedAt.toInstant());
  }
}
