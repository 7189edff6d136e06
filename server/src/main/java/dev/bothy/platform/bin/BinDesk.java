package dev.bothy.platform.bin;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.keymanagement.KeyDestruction;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// What admins do with the bin and auditors see, from its page and by the API alike; each change is
/// one transaction with one line in the audit log. Called outside of any transaction.
@Service
public class BinDesk {
  private final BinTable table;
  private final BinKinds kinds;
  private final BinWork work;
  private final KeyDestructions destructions;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final Clock clock;

  BinDesk(
      BinTable table,
      BinKinds kinds,
      BinWork work,
      KeyDestructions destructions,
      Schedule schedule,
      Workspaces workspaces,
      Clock clock) {
    this.table = table;
    this.kinds = kinds;
    this.work = work;
    this.destructions = destructions;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What became of it.
  public sealed interface Outcome {
    /// It is done.
    ///
    /// @param line as it is, or was before
    record Done(BinLine line) implements Outcome {}

    /// There is none in this workspace, or somebody else was faster.
    record Unknown() implements Outcome {}

    /// Nothing was changed.
    record Refused(Problem problem) implements Outcome {}

    /// What it sealed can be read by nobody: it can be deleted only.
    record KeysDestroyed() implements Outcome {}

    /// Its end has begun.
    record Going() implements Outcome {}

    /// What was typed is not its name; nothing was changed.
    record NotConfirmed(BinLine line) implements Outcome {}
  }

  /// What is in the bin; what goes first comes first.
  public List<BinLine> list(Viewer viewer) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          List<KeyDestruction> destroyed = destructions.list();
          return table.all().stream()
              .flatMap(item -> line(viewer, item, destroyed).stream())
              .toList();
        });
  }

  /// One of them.
  public Optional<BinLine> find(Viewer viewer, UUID id) {
    return list(viewer).stream().filter(line -> line.item().id().equals(id)).findFirst();
  }

  /// The workspace itself, if it is in the bin; every member may know.
  public Optional<BinLine> workspaceIn(Viewer viewer) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            table
                .find(Bin.WORKSPACE, viewer.workspace().toString())
                .flatMap(item -> line(viewer, item, destructions.list())));
  }

  /// The module ids of the apps that this person may put into the bin.
  public List<String> removableApps(Viewer viewer) {
    if (kinds.find(Bin.APP).filter(kind -> may(viewer, kind)).isEmpty()) {
      return List.of();
    }
    List<String> in = resting(viewer).stream().map(BinItem::subject).toList();
    return kinds.find(Bin.APP).map(BinKind::apps).orElse(List.of()).stream()
        .filter(app -> !in.contains(app))
        .toList();
  }

  /// The apps that are in the bin as a whole, and the workspace; they do nothing meanwhile.
  public List<BinItem> resting(Viewer viewer) {
    return workspaces.inWorkspace(viewer.workspace(), table::resting);
  }

  /// Puts something into the bin.
  ///
  /// @param kind of a [BinKind]
  public Outcome putAway(Viewer viewer, String kind, String subject) {
    Optional<BinKind> found = kinds.find(kind).filter(_ -> isSubject(kind, subject));
    if (found.isEmpty()) {
      viewer.require(Role.ADMIN);
      return new Outcome.Unknown();
    }
    require(viewer, found.get());
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          if (isWorkspaceIn(viewer)) {
            return new Outcome.Refused(workspaceRests());
          }
          return switch (found.get().putAway(subject, actor(viewer))) {
            case BinKind.Moved.Done _ ->
                new Outcome.Done(
                    table
                        .find(kind, subject)
                        .flatMap(item -> line(viewer, item, List.of()))
                        .orElseThrow());
            case BinKind.Moved.Unknown _ -> new Outcome.Unknown();
            case BinKind.Moved.Refused(Problem problem) -> new Outcome.Refused(problem);
          };
        });
  }

  /// Brings something back as it was.
  public Outcome restore(Viewer viewer, UUID id) {
    viewer.require(Role.ADMIN);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<BinLine> found = locked(viewer, id);
          if (found.isEmpty()) {
            return new Outcome.Unknown();
          }
          BinLine line = found.get();
          BinKind kind = kinds.find(line.item().kind()).orElseThrow();
          require(viewer, kind);
          if (line.isGoing()) {
            return new Outcome.Going();
          }
          if (line.keysDestroyed()) {
            return new Outcome.KeysDestroyed();
          }
          if (!line.item().kind().equals(Bin.WORKSPACE) && isWorkspaceIn(viewer)) {
            return new Outcome.Refused(workspaceRests());
          }
          Outcome outcome =
              switch (kind.bringBack(line.item().subject(), actor(viewer))) {
                case BinKind.Moved.Done _ -> new Outcome.Done(line);
                case BinKind.Moved.Unknown _ -> new Outcome.Unknown();
                case BinKind.Moved.Refused(Problem problem) -> new Outcome.Refused(problem);
              };
          schedule.wake();
          return outcome;
        });
  }

  /// Ends something at once.
  ///
  /// @param typed its name, as somebody typed it
  public Outcome deleteNow(Viewer viewer, UUID id, String typed) {
    viewer.require(Role.ADMIN);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<BinLine> found = locked(viewer, id);
          if (found.isEmpty()) {
            return new Outcome.Unknown();
          }
          BinLine line = found.get();
          require(viewer, kinds.find(line.item().kind()).orElseThrow());
          if (line.isGoing()) {
            return new Outcome.Going();
          }
          if (!typed.strip().equals(line.name().strip())) {
            return new Outcome.NotConfirmed(line);
          }
          work.end(line.item(), actor(viewer), clock.instant())
              .ifPresentOrElse(
                  at -> schedule.set(BinWork.KIND, id, at), () -> schedule.clear(BinWork.KIND, id));
          return new Outcome.Done(line);
        });
  }

  private Optional<BinLine> locked(Viewer viewer, UUID id) {
    return table.lock(id).flatMap(item -> line(viewer, item, destructions.list()));
  }

  /// Empty for one of a module that this server does not have.
  private Optional<BinLine> line(Viewer viewer, BinItem item, List<KeyDestruction> destroyed) {
    return kinds
        .find(item.kind())
        .map(kind ->
            new BinLine(
                item,
                kind.noun(),
                kind.name(item.subject()).orElse("without a name"),
                kind.loss(),
                destroyed.stream()
                    .filter(each -> each.owner().equals(kind.keyOwner(item.subject())))
                    .anyMatch(each -> !each.requestedAt().isBefore(item.deletedAt())),
                may(viewer, kind)));
  }

  private boolean isWorkspaceIn(Viewer viewer) {
    return table.find(Bin.WORKSPACE, viewer.workspace().toString()).isPresent();
  }

  private static Problem workspaceRests() {
    return Problem.ofUser(
        "bin.workspace-in-bin", "The workspace itself is in the bin. Bring it back first.");
  }

  /// An id of ours, except for what modules name.
  private static boolean isSubject(String kind, String subject) {
    return kind.equals(Bin.APP)
        ? subject.matches("[a-z]{2,30}")
        : subject.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  private static boolean may(Viewer viewer, BinKind kind) {
    return kind.onlyOwners() ? viewer.may() : viewer.may(Role.ADMIN);
  }

  private static void require(Viewer viewer, BinKind kind) {
    if (kind.onlyOwners()) {
      viewer.require();
    } else {
      viewer.require(Role.ADMIN);
    }
  }

  private static Actor actor(Viewer viewer) {
    return new Actor.Person(viewer.person());
  }
}
