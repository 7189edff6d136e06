package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.Storage;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes heads into the log, which the customer's IT collects, and into the ledger's folder or
/// else the store for backups, one for each day: `audit-heads/<workspace>/<day>.json`. Without
/// these there is the log alone, and nothing to compare a chain with.
@Component
class LedgerHeads implements AuditHeads {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerHeads.class);
  private static final String ENDING = ".json";
  private static final Pattern HEAD = Pattern.compile(".*/\\d{4}-\\d\\d-\\d\\d\\.json");

  private final @Nullable ObjectStore store;
  private final JsonMapper json;
  private final Clock clock;

  /// @param ledger a folder outside of the database and its backups; empty for none
  LedgerHeads(
      @Value("${bothy.privacy.ledger:}") String ledger,
      Storage storage,
      JsonMapper json,
      Clock clock) {
    this.store = storage.orFolder(Path.of(ledger.strip())).orElse(null);
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void keep(WorkspaceId workspace, Head head) {
    LOG.info(
        "Audit head of workspace {}: position {}, hash {}, at {}",
        workspace,
        head.position(),
        head.hash(),
        head.at());
    if (store != null) {
      LocalDate day = head.at().atZone(ZoneOffset.UTC).toLocalDate();
      store.put(
          below(workspace) + day + ENDING,
          (json.writeValueAsString(head) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public Optional<Head> newestKept(WorkspaceId workspace) {
    return newestFirst(workspace).findFirst().map(Kept::head);
  }

  @Override
  public Optional<Head> newestKept(WorkspaceId workspace, Instant until) {
    return newestFirst(workspace)
        .map(Kept::head)
        .filter(head -> !head.at().isAfter(until))
        .findFirst();
  }

  @Override
  public void putAside(WorkspaceId workspace, Instant after, String label) {
    if (store == null) {
      return;
    }
    List<Kept> later =
        newestFirst(workspace).takeWhile(kept -> kept.head().at().isAfter(after)).toList();
    for (Kept kept : later) {
      String name = kept.key().substring(0, kept.key().length() - ENDING.length());
      store.put(name + ".before-" + label + ENDING, store.get(kept.key()));
      try {
        store.delete(List.of(kept.key()));
      } catch (StorageException e) {
        // Object lock: a head of today, which is kept next, comes before it.
        LOG.info("The audit head {} stays where it is: {}", kept.key(), e.getMessage());
      }
    }
  }

  private record Kept(String key, Head head) {}

  /// Each is read when it is looked at.
  private Stream<Kept> newestFirst(WorkspaceId workspace) {
    ObjectStore all = store;
    if (all == null) {
      return Stream.empty();
    }
    return all.list(below(workspace)).stream()
        .map(StoredObject::key)
        .filter(key -> HEAD.matcher(key).matches())
        .filter(this::isNotOfTheFuture)
        .sorted(Comparator.reverseOrder())
        .map(key ->
            new Kept(
                key, json.readValue(new String(all.get(key), StandardCharsets.UTF_8), Head.class)));
  }

  /// One of a day to come, as from a clock that was wrong, would hide all that are kept before that
  /// day.
  private boolean isNotOfTheFuture(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    try {
      LocalDate day = LocalDate.parse(name.substring(0, name.length() - ENDING.length()));
      if (!day.isAfter(clock.instant().atZone(ZoneOffset.UTC).toLocalDate())) {
        return true;
      }
    } catch (DateTimeParseException e) {
      // No day.
    }
    LOG.warn("The audit head {} is of no day that has been: it is not compared with", key);
    return false;
  }

  private static String below(WorkspaceId workspace) {
    return "audit-heads/" + workspace + "/";
  }
}
