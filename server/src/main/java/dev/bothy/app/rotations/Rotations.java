package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;

/// What can be done with rotations and asked about them, from chat and from the console alike.
///
/// Every method works in a transaction of the workspace, joining the caller's if there is one. A
/// [RotationOutcome] other than [RotationOutcome.Done] means that nothing was written.
@Service
public class Rotations {
  private final RotationTable table;
  private final ShiftTable shifts;
  private final Duty duty;
  private final Foresight foresight;
  private final Announcer announcer;
  private final RequestEnds requests;
  private final RotationPeople people;
  private final RotationChecks checks;
  private final Bin bin;
  private final RotationLog log;
  private final Workspaces workspaces;
  private final Clock clock;

  Rotations(
      RotationTable table,
      ShiftTable shifts,
      Duty duty,
      Foresight foresight,
      Announcer announcer,
      RequestEnds requests,
      RotationPeople people,
      RotationChecks checks,
      Bin bin,
      RotationLog log,
      Workspaces workspaces,
      Clock clock) {
    this.table = table;
    this.shifts = shifts;
    this.duty = duty;
    this.foresight = foresight;
    this.announcer = announcer;
    this.requests = requests;
    this.people = people;
    this.checks = checks;
    this.bin = bin;
    this.log = log;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// All rotations that are not deleted, by name.
  public List<Rotation> all(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace, () -> table.living().stream().map(foresight::view).toList());
  }

  /// The deleted rotations that can still be brought back, the latest first.
  public List<Rotation> deleted(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace, () -> table.deleted().stream().map(foresight::view).toList());
  }

  /// When a deleted rotation is gone for good; empty for one that is not in the bin.
  public Optional<Instant> goesAt(WorkspaceId workspace, UUID id) {
    return workspaces.inWorkspace(workspace, () -> bin.goesAt(RotationBin.KIND, id.toString()));
  }

  /// The rotation with this id, deleted or not.
  public Optional<Rotation> find(WorkspaceId workspace, UUID id) {
    return workspaces.inWorkspace(workspace, () -> table.byId(id).map(foresight::view));
  }

  /// The rotation of this name, in any case; never a deleted one.
  public Optional<Rotation> byName(WorkspaceId workspace, String name) {
    return workspaces.inWorkspace(workspace, () -> table.byName(name.strip()).map(foresight::view));
  }

  /// The shifts to come, as far as can be foreseen: in order, from the next hand-off on.
  ///
  /// @param until shifts that begin at or after this are left out
  /// @param atMost how many to return at most
  public List<Shift> coming(WorkspaceId workspace, UUID id, Instant until, int atMost) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            table
                .byId(id)
                .map(rotation -> foresight.coming(rotation, until, atMost))
                .orElse(List.of()));
  }

  /// The shifts that were, and the current one, the latest first.
  ///
  /// @param atMost how many to return at most
  public List<Shift> history(WorkspaceId workspace, UUID id, int atMost) {
    return workspaces.inWorkspace(
        workspace,
        () -> shifts.latestOf(id, Limit.of(atMost)).stream().map(ShiftEntity::toShift).toList());
  }

  /// Who was, is and is going to be on duty between two instants, by start: what really was as long
  /// as it is kept, then the plan. Shifts that reach out are given whole. This is what the
  /// calendar, the feeds and the API show alike. Empty for a rotation that is not there.
  ///
  /// @param until after `from`
  /// @param atMost how many to return at most of what was, and of what is to come
  public List<Shift> timeline(
      WorkspaceId workspace, UUID id, Instant from, Instant until, int atMost) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            table
                .byId(id)
                .map(rotation -> foresight.timeline(rotation, from, until, atMost))
                .orElse(List.of()));
  }

  /// All rotations that are not deleted, by name, each role with who has it and who comes next.
  public List<RotationNow> now(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            table.living().stream()
                .map(rotation ->
                    new RotationNow(
                        rotation.id(),
                        rotation.name(),
                        rotation.connection(),
                        rotation.paused(),
                        foresight.now(rotation)))
                .toList());
  }

  /// The names that people read for these people of a connection.
  public Map<Participant, String> names(
      WorkspaceId workspace, ConnectionId connection, Collection<Participant> persons) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Map<Participant, String> names = new HashMap<>();
          persons.forEach(person -> names.computeIfAbsent(person, people.names(connection)::apply));
          return names;
        });
  }

  /// The accounts that somebody means who types names or account ids, in order. What is neither
  /// stays as it was typed, to be refused by name. Must be called outside of a transaction: it may
  /// ask the network.
  ///
  /// @param typed each an account id, with or without `@`, or the name of somebody the directory
  ///   knows, in any case
  public List<String> accounts(WorkspaceId workspace, ConnectionId connection, List<String> typed) {
    return people.resolve(workspace, connection, typed);
  }

  /// Makes a rotation and puts its first available person on duty at once.
  ///
  /// @param conversation where its cards go, the network's own id
  /// @param input with people as account ids of the connection
  public RotationOutcome create(
      WorkspaceId workspace,
      Actor actor,
      ConnectionId connection,
      String conversation,
      RotationInput input) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            switch (checks.check(connection, input, Optional.empty())) {
              case RotationChecks.Checked.Wrong(List<Problem> problems) ->
                  new RotationOutcome.Refused(problems);
              case RotationChecks.Checked.Good(RotationPlan plan) -> {
                Instant now = clock.instant();
                RotationEntity rotation =
                    new RotationEntity(
                        new WorkspaceKey(workspace.value(), newId()),
                        plan.name(),
                        connection,
                        conversation,
                        plan.beginningAt(now),
                        this::newId,
                        now);
                duty.begin(rotation, now);
                log.created(actor, rotation);
                yield done(rotation);
              }
            });
  }

  /// Gives a rotation new settings and people.
  ///
  /// @param input with people as account ids of the rotation's connection
  public RotationOutcome change(WorkspaceId workspace, Actor actor, UUID id, RotationInput input) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<RotationEntity> found = living(id);
          if (found.isEmpty()) {
            return new RotationOutcome.NotFound();
          }
          RotationEntity rotation = found.get();
          return switch (checks.check(rotation.connection(), input, Optional.of(id))) {
            case RotationChecks.Checked.Wrong(List<Problem> problems) ->
                new RotationOutcome.Refused(problems);
            case RotationChecks.Checked.Good(RotationPlan plan) -> {
              Instant now = clock.instant();
              Duty.Pending pending = duty.changing(rotation, now);
              Set<UUID> before = rotation.cursors().keySet();
              rotation.change(
                  plan.name(), plan.replacing(rotation.layers(), now), this::newId, now);
              duty.beginOthers(rotation, before, now);
              pending.done(actor);
              log.changed(actor, rotation);
              yield done(rotation);
            }
          };
        });
  }

  /// Stops handing off: nobody is on duty until [#resume]. Of a paused one changes nothing.
  public RotationOutcome pause(WorkspaceId workspace, Actor actor, UUID id) {
    return onLiving(
        workspace,
        id,
        (rotation, now) -> {
          if (!rotation.paused()) {
            List<ShiftEntity> ended = duty.end(rotation, now);
            rotation.pause();
            announcer.paused(rotation, foresight.view(rotation), ended);
            requests.closeOpen(rotation, ShiftRequest.Reason.PAUSED);
            log.paused(actor, rotation);
          }
        });
  }

  /// Hands off again; whoever was on duty before the pause is on duty again. Of one that is not
  /// paused changes nothing.
  public RotationOutcome resume(WorkspaceId workspace, Actor actor, UUID id) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<RotationEntity> found = living(id);
          if (found.isEmpty()) {
            return new RotationOutcome.NotFound();
          }
          RotationEntity rotation = found.get();
          if (!people.reachable(rotation.connection())) {
            return new RotationOutcome.Refused(List.of(connectionIsGone()));
          }
          if (rotation.paused()) {
            rotation.resume();
            duty.begin(rotation, clock.instant());
            log.resumed(actor, rotation);
          }
          return done(rotation);
        });
  }

  /// Takes a rotation away, into the bin; [#restore] brings it back until it is gone.
  public RotationOutcome delete(WorkspaceId workspace, Actor actor, UUID id) {
    return onLiving(
        workspace,
        id,
        (rotation, now) -> {
          List<ShiftEntity> ended = duty.end(rotation, now);
          rotation.delete(now);
          Instant goesAt =
              bin.put(new Bin.Deleted(RotationBin.KIND, id.toString(), RotationBin.APP, actor));
          announcer.deleted(rotation, foresight.view(rotation), ended, goesAt);
          requests.closeOpen(rotation, ShiftRequest.Reason.DELETED);
          log.deleted(actor, rotation);
        });
  }

  /// Brings a deleted rotation back as it was. Refused when its name was given to another.
  public RotationOutcome restore(WorkspaceId workspace, Actor actor, UUID id) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<RotationEntity> found =
              table.byId(id).filter(rotation -> rotation.deletedAt().isPresent());
          if (found.isEmpty()) {
            return new RotationOutcome.NotFound();
          }
          RotationEntity rotation = found.get();
          if (table.byName(rotation.name()).isPresent()) {
            return new RotationOutcome.Refused(
                List.of(RotationChecks.nameIsTaken(rotation.name())));
          }
          if (!people.reachable(rotation.connection())) {
            return new RotationOutcome.Refused(List.of(connectionIsGone()));
          }
          Instant now = clock.instant();
          if (!bin.takeOut(RotationBin.KIND, id.toString())) {
            return new RotationOutcome.NotFound();
          }
          rotation.restore();
          if (rotation.paused()) {
            announcer.refresh(rotation, foresight.view(rotation), List.of());
          } else {
            duty.begin(rotation, now);
          }
          log.restored(actor, rotation);
          return done(rotation);
        });
  }

  private RotationOutcome onLiving(
      WorkspaceId workspace, UUID id, BiConsumer<RotationEntity, Instant> change) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<RotationEntity> found = living(id);
          if (found.isEmpty()) {
            return new RotationOutcome.NotFound();
          }
          change.accept(found.get(), clock.instant());
          return done(found.get());
        });
  }

  private UUID newId() {
    return Ids.next(clock);
  }

  private Optional<RotationEntity> living(UUID id) {
    return table.byId(id).filter(rotation -> rotation.deletedAt().isEmpty());
  }

  private RotationOutcome done(RotationEntity rotation) {
    return new RotationOutcome.Done(foresight.view(rotation));
  }

  private static Problem connectionIsGone() {
    return Problem.ofUser(
        "rotations.connection-removed",
        "The connection to the chat network that this rotation lives in was removed.");
  }
}
