package dev.bothy.platform.retention;

import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// What is held, why, for how long, and how it is protected: made of what the modules declare and
/// of what the schema says, and of nothing else.
@Service
public class DataMap {
  private final Held held;
  private final SchemaComments comments;

  DataMap(Held held, SchemaComments comments) {
    this.held = held;
    this.comments = comments;
  }

  /// What one module holds about people.
  ///
  /// @param tables those with personal data
  public record Module(String id, List<Line> tables) {}

  /// A table with personal data.
  ///
  /// @param what it is
  /// @param why it is held
  /// @param personal what of it is personal data
  /// @param kept until when, as the schema says
  /// @param rules when rows go by themselves, one each
  /// @param sealed columns of ciphertext, one each
  /// @param hashes columns of which only a hash or the like is there
  /// @param erasure what an erasure of a person does
  /// @param exported whether an export shows it
  /// @param customersOwn whether the customer's directory or sign-on sent it
  public record Line(
      String table,
      String what,
      String why,
      String personal,
      String kept,
      List<String> rules,
      List<String> sealed,
      List<String> hashes,
      String erasure,
      boolean exported,
      boolean customersOwn) {}

  /// A table without personal data.
  public record Other(String table, String what) {}

  /// By module. Called outside of any transaction.
  ///
  /// @param settings what counts in a workspace; null names the clocks alone
  public List<Module> modules(@Nullable List<ClockSetting> settings) {
    List<Module> modules = new ArrayList<>();
    for (Holdings holdings : held.all()) {
      List<Line> lines =
          holdings.tables().stream()
              .filter(table -> comment(table).isPersonal())
              .map(table -> line(table, comment(table), settings))
              .toList();
      if (!lines.isEmpty()) {
        modules.add(new Module(holdings.module(), lines));
      }
    }
    return modules;
  }

  /// Every other table, by name. Called outside of any transaction.
  public List<Other> others() {
    Set<String> shown =
        held.tables()
            .filter(table -> comment(table).isPersonal())
            .map(HeldTable::table)
            .collect(Collectors.toSet());
    return comments.all().values().stream()
        .filter(comment -> !shown.contains(comment.table()))
        .map(comment -> new Other(comment.table(), comment.what()))
        .toList();
  }

  /// What a table is, as the schema says: `What a network delivered.` Called outside of any
  /// transaction.
  public String what(HeldTable table) {
    return comment(table).what();
  }

  private TableComment comment(HeldTable table) {
    return Objects.requireNonNull(comments.all().get(table.table()), table.table());
  }

  private static Line line(
      HeldTable table, TableComment comment, @Nullable List<ClockSetting> settings) {
    Map<Boolean, List<String>> bytes =
        comment.columns().stream()
            .collect(
                Collectors.partitioningBy(
                    TableComment.Bytes::isSealed,
                    Collectors.mapping(
                        column -> column.column() + ": " + column.how(), Collectors.toList())));
    return new Line(
        table.table(),
        comment.what(),
        table.why(),
        comment.personal(),
        comment.kept(),
        table.expiries().stream().map(rule -> RetentionWords.rule(rule, settings)).toList(),
        bytes.getOrDefault(true, List.of()),
        bytes.getOrDefault(false, List.of()),
        RetentionWords.erasure(table.onErasure()),
        table.exported(),
        comment.isCustomersOwn());
  }
}
