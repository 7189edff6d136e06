package dev.bothy.platform.erasure;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.privacy.AccountsOfPerson;
import dev.bothy.platform.privacy.ChatAccount;
import dev.bothy.platform.privacy.DataSubject;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.PersonErased;
import dev.bothy.platform.privacy.Selection;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// Erases a person from a workspace. First, in one transaction, their place and what identifies
/// them; then what there may be much of, a step for each module; then what the installation knows
/// of them, unless another workspace needs it; at last a look whether anything is left.
@Component
class PersonSteps implements Steps {
  static final String IDENTITY = "identity";
  static final String ROWS = "rows:";
  static final String INSTALLATION = "installation";
  static final String CHECK = "check";

  /// Entries stay; from where they did what they did goes.
  private static final String ADDRESSES = "audit_entry.address";

  private final Held held;
  private final RowEraser eraser;
  private final InstallationEraser installation;
  private final ErasureTable table;
  private final AccountsOfPerson accounts;
  private final Members members;
  private final ApiTokens tokens;
  private final Audit audit;
  private final Workspaces workspaces;
  private final ApplicationEventPublisher events;

  PersonSteps(
      Held held,
      RowEraser eraser,
      InstallationEraser installation,
      ErasureTable table,
      AccountsOfPerson accounts,
      Members members,
      ApiTokens tokens,
      Audit audit,
      Workspaces workspaces,
      ApplicationEventPublisher events) {
    this.held = held;
    this.eraser = eraser;
    this.installation = installation;
    this.table = table;
    this.accounts = accounts;
    this.members = members;
    this.tokens = tokens;
    this.audit = audit;
    this.workspaces = workspaces;
    this.events = events;
  }

  @Override
  public String kind() {
    return "person";
  }

  @Override
  public List<String> names(ErasureTarget target) {
    return Stream.of(
            Stream.of(IDENTITY),
            held.all().stream()
                .filter(module -> module.tables().stream().anyMatch(PersonSteps::isBulk))
                .map(module -> ROWS + module.module()),
            Stream.of(INSTALLATION, CHECK))
        .flatMap(steps -> steps)
        .toList();
  }

  @Override
  public void prepare(WorkspaceId workspace, ErasureRow row) {
    if (row.step().equals(INSTALLATION)) {
      InstallationEraser.Outcome outcome = installation.erase(person(row), workspace);
      workspaces.inWorkspace(
          workspace,
          () -> {
            table.countOnce(row.id(), outcome.rows());
            outcome.notes().forEach(note -> table.note(row.id(), note));
          });
    }
  }

  @Override
  public Progress run(ErasureRow row, Instant now) {
    return switch (row.step()) {
      case IDENTITY -> identity(row);
      case INSTALLATION -> new Progress.Next();
      case CHECK -> check(row);
      default -> rows(row);
    };
  }

  /// Whoever links an account in the last moment is written down again before anything goes.
  private Progress identity(ErasureRow row) {
    DataSubject subject = subject(row);
    List<ChatAccount> known = known(subject);
    if (!known.equals(subject.accounts())) {
      table.know(row.id(), known);
      return new Progress.More();
    }
    Map<HeldTable, Long> before = new LinkedHashMap<>();
    goingNow(subject)
        .forEach(each -> before.put(each.table(), eraser.count(each.name(), each.rows())));

    tokens.endAllOf(subject.person());
    Members.Outcome ended = members.erase(subject.person(), new Actor.System(), false);
    if (ended instanceof Members.Outcome.LastOwner) {
      workspaces.rollBack();
      return new Progress.Wait("They are the last owner of the workspace now. Make another one.");
    }
    workspaces.flush();
    goingNow(subject)
        .forEach(each -> {
          if (each.table().onErasure() instanceof OnErasure.AtOnce(var change)) {
            eraser.all(each.name(), change, each.rows());
          }
        });
    Map<String, Long> gone = new LinkedHashMap<>();
    before.forEach((each, rows) -> gone.put(each.table(), rows));
    goingNow(subject)
        .forEach(
            each -> gone.merge(each.name(), -eraser.count(each.name(), each.rows()), Long::sum));
    gone.put(ADDRESSES, audit.forgetAddressesOf(subject.person()));
    gone.values().removeIf(rows -> rows == 0);
    table.count(row.id(), gone);
    events.publishEvent(new PersonErased(row.workspace(), subject.person()));
    return new Progress.Next();
  }

  private Progress rows(ErasureRow row) {
    String module = row.step().substring(ROWS.length());
    DataSubject subject = subject(row);
    for (Found each : found(subject, module)) {
      if (each.table().onErasure() instanceof OnErasure.InSteps(var change)) {
        int done = eraser.batch(each.name(), change, each.rows());
        if (done > 0) {
          table.count(row.id(), Map.of(each.name(), (long) done));
          return new Progress.More();
        }
      }
    }
    return new Progress.Next();
  }

  /// Work that was under way while the erasure ran may have written once more.
  private Progress check(ErasureRow row) {
    DataSubject subject = subject(row);
    Map<String, Long> more = new LinkedHashMap<>();
    for (Found each : found(subject)) {
      long rows =
          switch (each.table().onErasure()) {
            case OnErasure.AtOnce(var change) -> eraser.all(each.name(), change, each.rows());
            case OnErasure.InSteps(var change) -> eraser.batch(each.name(), change, each.rows());
            case OnErasure.ByItself _, OnErasure.Kept _, OnErasure.Nothing _ -> 0;
          };
      if (rows > 0) {
        more.put(each.name(), rows);
      }
    }
    if (more.isEmpty()) {
      // An export that was asked for since may have rows that still stood there.
      events.publishEvent(new PersonErased(row.workspace(), subject.person()));
      return new Progress.Next();
    }
    table.count(row.id(), more);
    return new Progress.More();
  }

  /// The accounts that are known of, and those that have been linked since.
  private List<ChatAccount> known(DataSubject subject) {
    List<ChatAccount> known = new ArrayList<>(subject.accounts());
    accounts.everyAccountOf(subject.person()).stream()
        .filter(account -> !known.contains(account))
        .forEach(known::add);
    return known;
  }

  /// A table of the workspace with rows about the person.
  record Found(HeldTable table, Selection rows) {
    String name() {
      return table.table();
    }
  }

  /// Every table of the workspaces in which rows are looked for.
  List<Found> found(DataSubject subject) {
    return held.tables().flatMap(each -> found(each, subject).stream()).toList();
  }

  private List<Found> found(DataSubject subject, String module) {
    return held.all().stream()
        .filter(each -> each.module().equals(module))
        .map(Holdings::tables)
        .flatMap(List::stream)
        .flatMap(each -> found(each, subject).stream())
        .toList();
  }

  private List<Found> goingNow(DataSubject subject) {
    return found(subject).stream()
        .filter(each ->
            each.table().onErasure() instanceof OnErasure.AtOnce
                || each.table().onErasure() instanceof OnErasure.ByItself)
        .toList();
  }

  private static Optional<Found> found(HeldTable table, DataSubject subject) {
    return table.installation()
        ? Optional.empty()
        : table.rowsOf(subject).map(rows -> new Found(table, rows));
  }

  private static boolean isBulk(HeldTable table) {
    return table.onErasure() instanceof OnErasure.InSteps;
  }

  static DataSubject subject(ErasureRow row) {
    return new DataSubject(person(row), row.accounts());
  }

  private static PersonId person(ErasureRow row) {
    return switch (row.target()) {
      case ErasureTarget.OfPerson(PersonId person) -> person;
      case ErasureTarget.OfApp _, ErasureTarget.OfWorkspace _ ->
          throw new IllegalStateException("Not an erasure of a person: " + row.id());
    };
  }
}
