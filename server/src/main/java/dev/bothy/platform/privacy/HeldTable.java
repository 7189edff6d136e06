package dev.bothy.platform.privacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a module says of one of its tables. The table's comment in the schema says what it holds;
/// this says why, how a person's rows are found, when rows go, and what an export shows.
///
/// An export shows every column but those of type `bytea`, of which it opens the ones named here.
///
/// @param why it is held, one sentence for a data-protection officer
/// @param installation whether its rows belong to the installation and carry no workspace
/// @param people how a person's rows are found; empty where it holds nothing about a person
/// @param onErasure what becomes of them
/// @param expiries when rows go by themselves
/// @param opened columns of ciphertext whose text belongs into an export
/// @param exported whether an export shows it
public record HeldTable(
    String table,
    String why,
    boolean installation,
    List<PersonRows> people,
    OnErasure onErasure,
    List<Expiry> expiries,
    List<String> opened,
    boolean exported) {
  public HeldTable {
    if (!table.matches("[a-z_]+")) {
      throw new IllegalArgumentException("Not a table: " + table);
    }
    people = List.copyOf(people);
    expiries = List.copyOf(expiries);
    opened = List.copyOf(opened);
  }

  /// A table of the workspaces that holds nothing about a person, until the other methods say more.
  public static HeldTable of(String table, String why) {
    return new HeldTable(
        table, why, false, List.of(), new OnErasure.Nothing(), List.of(), List.of(), true);
  }

  /// Its rows belong to the installation.
  public HeldTable ofInstallation() {
    return new HeldTable(table, why, true, people, onErasure, expiries, opened, exported);
  }

  /// A person's rows meet this condition, in which `:person` is their id.
  public HeldTable person(String condition) {
    return with(new PersonRows.ByPerson(condition));
  }

  /// Rows about a person by another one's hand meet this condition, in which `:person` is their id;
  /// these columns say something of that other one.
  public HeldTable aboutPerson(String condition, String... othersOwn) {
    return with(new PersonRows.AboutPerson(condition, List.of(othersOwn)));
  }

  /// An account's rows meet this condition, in which `:connection` and `:account` are the account.
  public HeldTable account(String condition) {
    return with(new PersonRows.ByAccount(condition));
  }

  /// What an erasure does with a person's rows.
  public HeldTable onErasure(OnErasure what) {
    return new HeldTable(table, why, installation, people, what, expiries, opened, exported);
  }

  /// Rows go by themselves.
  public HeldTable kept(Expiry... rules) {
    return new HeldTable(
        table, why, installation, people, onErasure, List.of(rules), opened, exported);
  }

  /// The text of these columns of ciphertext belongs into an export.
  public HeldTable opens(String... columns) {
    return new HeldTable(
        table, why, installation, people, onErasure, expiries, List.of(columns), exported);
  }

  /// No export shows it: it says nothing that its person, or a workspace that moves away, could
  /// use.
  public HeldTable notExported() {
    return new HeldTable(table, why, installation, people, onErasure, expiries, opened, false);
  }

  /// The rows about this person; empty where the table holds none, as for one without an account.
  public Optional<Selection> rowsOf(DataSubject subject) {
    List<String> conditions = new ArrayList<>();
    List<String> byOthers = new ArrayList<>();
    Set<String> othersOwn = new TreeSet<>();
    Map<String, Object> parameters = new HashMap<>();
    for (PersonRows rows : people) {
      switch (rows) {
        case PersonRows.ByPerson(String condition) -> {
          conditions.add(condition);
          parameters.put("person", subject.person().value());
        }
        case PersonRows.AboutPerson(String condition, List<String> columns) -> {
          byOthers.add(condition);
          othersOwn.addAll(columns);
          parameters.put("person", subject.person().value());
        }
        case PersonRows.ByAccount(String condition) -> {
          for (int number = 0; number < subject.accounts().size(); number++) {
            ChatAccount account = subject.accounts().get(number);
            conditions.add(
                condition
                    .replace(":connection", ":connection" + number)
                    .replace(":account", ":account" + number));
            parameters.put("connection" + number, account.connection().value());
            parameters.put("account" + number, account.account());
          }
        }
      }
    }
    Map<String, String> shownWhere = new HashMap<>();
    othersOwn.forEach(column -> shownWhere.put(column, anyOf(conditions)));
    List<String> all = Stream.concat(conditions.stream(), byOthers.stream()).toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Selection(anyOf(all), parameters, shownWhere));
  }

  private static String anyOf(List<String> conditions) {
    return conditions.isEmpty() ? "(false)" : "((" + String.join(") or (", conditions) + "))";
  }

  private HeldTable with(PersonRows rows) {
    return new HeldTable(
        table,
        why,
        installation,
        Stream.concat(people.stream(), Stream.of(rows)).toList(),
        onErasure,
        expiries,
        opened,
        exported);
  }
}
