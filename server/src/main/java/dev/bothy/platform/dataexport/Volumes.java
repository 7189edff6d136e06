package dev.bothy.platform.dataexport;

import dev.bothy.platform.dataexport.ExportTable.Progress;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.AccountsOfPerson;
import dev.bothy.platform.privacy.DataSubject;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Selection;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The files of an archive: those of the tables, a volume at a time, and those that describe it.
@Component
class Volumes {
  /// A table with more rows has several files: each is made in memory.
  static final int MOST_ROWS = 10_000;

  /// The same, in characters.
  static final long MOST_CHARACTERS = 8L * 1024 * 1024;

  private final TableReader reader;
  private final Held held;
  private final AccountsOfPerson accounts;
  private final Workspaces workspaces;
  private final JsonMapper json;

  Volumes(
      TableReader reader,
      Held held,
      AccountsOfPerson accounts,
      Workspaces workspaces,
      JsonMapper json) {
    this.reader = reader;
    this.held = held;
    this.accounts = accounts;
    this.workspaces = workspaces;
    this.json = json;
  }

  /// Which tables an export shows, as `module.table`: all that may be exported, or those with rows
  /// of a person.
  List<String> plan(@Nullable PersonId about) {
    return held.all().stream()
        .flatMap(module ->
            module.tables().stream()
                .filter(HeldTable::exported)
                .filter(table -> about == null ? !table.installation() : !table.people().isEmpty())
                .map(table -> module.module() + "." + table.table()))
        .toList();
  }

  /// A volume that was read.
  ///
  /// @param files none when there was no row left
  /// @param after where the next one begins; null when the table is done
  record Volume(List<Piece> files, @Nullable String after) {}

  /// The next rows of the table whose turn it is.
  ///
  /// @param workspace whose; the caller's transaction may be the workspace's or the installation's,
  ///   whichever the table belongs to
  /// @param subject whom it is about; null for all
  Volume read(Progress now, @Nullable DataSubject subject) {
    String source = now.plan().get(now.place());
    Optional<HeldTable> table = table(source);
    Optional<Selection> which =
        subject == null
            ? Optional.of(new Selection("true", Map.of()))
            : table.flatMap(known -> known.rowsOf(subject));
    if (table.isEmpty() || which.isEmpty()) {
      return new Volume(List.of(), null);
    }
    TableReader.Rows rows =
        reader.read(table.get(), which.get(), now.after(), MOST_ROWS, MOST_CHARACTERS);
    if (rows.rows().isEmpty()) {
      return new Volume(List.of(), null);
    }
    String name = source.replace('.', '/') + (now.volume() == 1 ? "" : "-" + now.volume());
    String lines =
        rows.rows().stream()
            .map(ObjectNode::toString)
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    int count = rows.rows().size();
    Instant at = now.requestedAt();
    return new Volume(
        List.of(
            piece("json/" + name + ".json", lines, source, count, at),
            piece("csv/" + name + ".csv", Csv.of(rows.columns(), rows.rows()), source, count, at)),
        rows.after());
  }

  boolean isOfInstallation(Progress now) {
    return table(now.plan().get(now.place())).filter(HeldTable::installation).isPresent();
  }

  /// Whose rows the export shows. Called within a transaction of the workspace.
  @Nullable DataSubject subject(Progress now) {
    PersonId about = now.about();
    return about == null ? null : new DataSubject(about, accounts.everyAccountOf(about));
  }

  /// The files that describe the archive.
  List<Piece> description(Progress now, List<Manifest.File> files) {
    String workspace = workspaces.describeCurrent().slug();
    WorkspaceId id = workspaces.current();
    Map<String, Long> rows =
        files.stream()
            .filter(file -> file.name().startsWith("json/"))
            .collect(
                Collectors.groupingBy(
                    Manifest.File::table, Collectors.summingLong(Manifest.File::rows)));
    PersonId about = now.about();
    Manifest manifest =
        new Manifest(
            1,
            workspace + " (" + id + ")",
            about == null ? null : about.toString(),
            now.requestedAt(),
            now.plan().stream()
                .map(source ->
                    new Manifest.Table(
                        source,
                        table(source).map(HeldTable::why).orElse(""),
                        rows.getOrDefault(source, 0L)))
                .toList(),
            files);
    return List.of(
        piece("README.txt", Readme.of(manifest), "", 0, now.requestedAt()),
        piece(
            "manifest.json",
            json.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n",
            "",
            0,
            now.requestedAt()));
  }

  private Optional<HeldTable> table(String source) {
    return held.tables()
        .filter(table -> table.table().equals(source.substring(source.indexOf('.') + 1)))
        .findFirst();
  }

  private static Piece piece(String name, String text, String source, long rows, Instant at) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return new Piece(ZipPart.pack(name, content, at), source, rows, sha256(content));
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
