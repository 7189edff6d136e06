package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes heads into the log, which the customer's IT collects, and into files of the ledger's
/// volume, one for each day: `audit-heads/<workspace>/<day>.json`. Without a ledger there is the
/// log alone, and nothing to compare a chain with.
@Component
class LedgerHeads implements AuditHeads {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerHeads.class);
  private static final String ENDING = ".json";

  private final String ledger;
  private final JsonMapper json;
  private final Clock clock;

  /// @param ledger a folder outside of the database and its backups; empty for none
  @Autowired
  LedgerHeads(@Value("${bothy.privacy.ledger:}") String ledger, JsonMapper json, Clock clock) {
    this.ledger = ledger.strip();
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
    if (ledger.isEmpty()) {
      return;
    }
    try {
      Path folder = Files.createDirectories(folder(workspace));
      Path file = folder.resolve(head.at().atZone(ZoneOffset.UTC).toLocalDate() + ENDING);
      Path begun = folder.resolve("." + UUID.randomUUID());
      try (FileChannel channel =
          FileChannel.open(begun, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer text =
            ByteBuffer.wrap(
                (json.writeValueAsString(head) + "\n").getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      // The name is on disk once the folder is.
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Head> newestKept(WorkspaceId workspace) {
    if (ledger.isEmpty() || !Files.isDirectory(folder(workspace))) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder(workspace))) {
      Optional<Path> newest =
          files
              .filter(file -> file.getFileName().toString().matches("\\d{4}-\\d\\d-\\d\\d\\.json"))
              .filter(this::isNotOfTheFuture)
              .max(Comparator.comparing(file -> file.getFileName().toString()));
      return newest.isEmpty()
          ? Optional.empty()
          : Optional.of(json.readValue(Files.readString(newest.get()), Head.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file of a day to come, as from a clock that was wrong, would hide all that are kept before
  /// that day.
  private boolean isNotOfTheFuture(Path file) {
    String name = file.getFileName().toString();
    try {
      LocalDate day = LocalDate.parse(name.substring(0, name.length() - ENDING.length()));
      if (!day.isAfter(clock.instant().atZone(ZoneOffset.UTC).toLocalDate())) {
        return true;
      }
    } catch (DateTimeParseException e) {
      // No day.
    }
    LOG.warn("The audit head {} is of no day that has been: it is not compared with", file);
    return false;
  }

  private Path folder(WorkspaceId workspace) {
    return Path.of(ledger, "audit-heads", workspace.toString());
  }
}
