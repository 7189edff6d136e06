package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Change;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// What people decide against the turns, for a time: overrides, temporary schedules, and what
/// becomes of swaps and covers. Each is undone by [#undo]: the plan is then as if it had never
/// been, from now on.
///
/// Every method works in a transaction of the workspace, joining the caller's if there is one.
@Service
public class PlanChanges {
  /// The longest, and the furthest ahead that one ends.
  static final Duration LONGEST = Duration.ofDays(366);

  private static final Duration FURTHEST = Duration.ofDays(2 * 366);

  /// How many changes of a rotation may be to come.
  private static final int MOST = 500;

  private static final int MOST_SHIFTS = 500;

  private final RotationTable rotations;
  private final ChangeTable table;
  private final Duty duty;
  private final Foresight foresight;
  private final RotationPeople people;
  private final RequestEnds requests;
  private final RotationLog log;
  private final Workspaces workspaces;
  private final Clock clock;

  PlanChanges(
      RotationTable rotations,
      ChangeTable table,
      Duty duty,
      Foresight foresight,
      RotationPeople people,
      RequestEnds requests,
      RotationLog log,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.table = table;
    this.duty = duty;
    this.foresight = foresight;
    this.people = people;
    this.requests = requests;
    this.log = log;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// The changes of a rotation that are not over, in the order in which they were made.
  public List<PlanChange> of(WorkspaceId workspace, UUID rotation) {
    return workspaces.inWorkspace(workspace, () -> table.of(rotation, clock.instant()));
  }

  /// Makes a change.
  public ChangeOutcome make(WorkspaceId workspace, Actor actor, UUID rotation, ChangeInput input) {
    return make(workspace, actor, rotation, input, Why.REPLACE, Set.of());
  }

  /// Makes a change that came to be in some other way than by an override.
  ///
  /// @param why of a replacement, how it came to be
  /// @param told who is told in another way
  ChangeOutcome make(
      WorkspaceId workspace,
      Actor actor,
      UUID rotation,
      ChangeInput input,
      Why why,
      Set<Participant> told) {
    return make(workspace, actor, rotation, input, new Origin(why, told, null));
  }

  /// How a change came to be.
  ///
  /// @param why of a replacement
  /// @param told who is told in another way
  /// @param noted notes whence it came, in the audit log as well, by its id; called before anything
  ///   follows from the change. Null when it is a change and nothing else
  record Origin(Why why, Set<Participant> told, @Nullable Consumer<UUID> noted) {}

  ChangeOutcome make(
      WorkspaceId workspace, Actor actor, UUID rotation, ChangeInput input, Origin origin) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<RotationEntity> found = living(rotation);
          if (found.isEmpty()) {
            return new ChangeOutcome.NotFound();
          }
          RotationEntity entity = found.get();
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          List<Problem> problems = new ArrayList<>();
          Optional<Change> change = checked(entity, input, origin.why(), now, problems);
          if (change.isEmpty()) {
            return new ChangeOutcome.Refused(problems);
          }
          PlanChange made = new PlanChange(rotation, change.get(), now);
          Duty.Pending pending = duty.changing(entity, now);
          table.add(made);
          Consumer<UUID> noted = origin.noted();
          if (noted == null) {
            log.planChanged(actor, entity, made.change().id());
          } else {
            noted.accept(made.change().id());
          }
          pending.done(actor, origin.told());
          return new ChangeOutcome.Done(made, foresight.view(entity));
        });
  }

  /// What a rotation that is yet to be stored is to begin with.
  ///
  /// @param inputs the first of those that overlap counts
  /// @param problems what is wrong with them is added
  /// @return in the order in which they are made
  List<PlanChange> beginning(
      RotationEntity rotation, List<ChangeInput> inputs, Instant now, List<Problem> problems) {
    if (inputs.size() > MOST) {
      problems.add(
          wrong(
              "changes",
              "Single shifts",
              inputs.size() + " are to come",
              "at most " + MOST + ". Make the rotation without them, or shorten the file"));
      return List.of();
    }
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    List<PlanChange> made = new ArrayList<>();
    for (ChangeInput input : inputs.reversed()) {
      List<Problem> own = new ArrayList<>();
      Optional<Change> change = read(rotation, input, Why.REPLACE, now, own);
      own.stream().filter(each -> !problems.contains(each)).forEach(problems::add);
      // What was made last counts.
      Instant madeAt = at.plus(made.size(), ChronoUnit.MICROS);
      change.ifPresent(read -> made.add(new PlanChange(rotation.id(), read, madeAt)));
    }
    return made;
  }

  /// Stores what [#beginning] read, for a rotation that has been stored. The entry of the rotation
  /// stands for them in the audit log, and nobody is told of them one by one.
  void begin(List<PlanChange> made) {
    made.forEach(table::add);
  }

  /// Takes a change back: one that has begun ends now. A request that it came from is closed.
  public ChangeOutcome undo(WorkspaceId workspace, Actor actor, UUID rotation, UUID change) {
    return undo(workspace, actor, rotation, change, null);
  }

  /// The same; a request that it came from is open again if whoever had taken it gives it back
  /// before its time.
  ///
  /// @param by who gives it back; null when somebody decided about the plan
  ChangeOutcome undo(
      WorkspaceId workspace, Actor actor, UUID rotation, UUID change, @Nullable Participant by) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          Optional<RotationEntity> found = living(rotation);
          Optional<PlanChange> made =
              table.find(rotation, change).filter(each -> each.change().span().end().isAfter(now));
          if (found.isEmpty() || made.isEmpty()) {
            return new ChangeOutcome.NotFound();
          }
          RotationEntity entity = found.get();
          Duty.Pending pending = duty.changing(entity, now);
          takeBack(made.get(), now);
          requests.undone(actor, entity, change, by);
          pending.done(actor);
          return new ChangeOutcome.Done(made.get(), foresight.view(entity));
        });
  }

  /// Whom the changes that are not over put on duty or take off it.
  Set<Participant> people(RotationEntity rotation, Instant now) {
    Set<Participant> people = new LinkedHashSet<>();
    table.of(rotation.id(), now).forEach(each -> people.addAll(each.change().people()));
    return people;
  }

  /// Takes back all that is to come of somebody who leaves. The caller plans anew.
  void forget(RotationEntity rotation, Participant person, Instant now) {
    table.of(rotation.id(), now).stream()
        .filter(each -> each.change().people().contains(person))
        .forEach(each -> takeBack(each, now));
  }

  private void takeBack(PlanChange made, Instant now) {
    if (made.change().span().start().isBefore(now)) {
      table.endAt(made.change().id(), now);
    } else {
      table.delete(made.change().id());
    }
  }

  /// The change that would be made now by an override; empty when something is wrong with it, which
  /// the problems say then.
  Optional<Change> checked(
      RotationEntity rotation, ChangeInput input, Instant now, List<Problem> problems) {
    return checked(rotation, input, Why.REPLACE, now, problems);
  }

  private Optional<Change> checked(
      RotationEntity rotation, ChangeInput input, Why why, Instant now, List<Problem> problems) {
    Optional<Change> change = read(rotation, input, why, now, problems);
    if (table.of(rotation.id(), now).size() >= MOST) {
      problems.add(wrong("change", "Changes", MOST + " are to come", "fewer: undo one first"));
    }
    return problems.isEmpty() ? change : Optional.empty();
  }

  private Optional<Change> read(
      RotationEntity rotation, ChangeInput input, Why why, Instant now, List<Problem> problems) {
    Optional<Span> span = span(input.from(), input.until(), now, problems);
    @Nullable String role = role(rotation, input.role(), problems);
    String first = rotation.layers().getFirst().role();
    UUID id = Ids.next(clock);
    if (span.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (input) {
          case ChangeInput.Set(var _, var _, var _, String account) ->
              new Change.Set(
                  id,
                  span.get(),
                  role == null ? first : role,
                  person(rotation, "account", account, problems));
          case ChangeInput.Add(var _, var _, var _, String account) ->
              new Change.Add(
                  id,
                  span.get(),
                  role == null ? first : role,
                  person(rotation, "account", account, problems));
          case ChangeInput.Remove(var _, var _, var _, String account) ->
              new Change.Remove(id, span.get(), role, new Participant(account.strip()));
          case ChangeInput.Replace(var _, var _, var _, String out, String in) -> {
            if (out.strip().equals(in.strip())) {
              problems.add(wrong("in", "Who serves", "it is the same person", "somebody else"));
            }
            yield new Change.Replace(
                id,
                span.get(),
                role,
                new Participant(out.strip()),
                person(rotation, "in", in, problems),
                why);
          }
          case ChangeInput.Temporary(var _, var _, List<ChangeInput.Piece> pieces) ->
              new Change.Temporary(id, span.get(), shifts(rotation, span.get(), pieces, problems));
        });
  }

  /// The shifts of a temporary schedule, clamped to it.
  private List<Change.TemporaryShift> shifts(
      RotationEntity rotation, Span span, List<ChangeInput.Piece> pieces, List<Problem> problems) {
    List<Change.TemporaryShift> shifts = new ArrayList<>();
    if (pieces.size() > MOST_SHIFTS) {
      problems.add(
          wrong("shifts", "Shifts", pieces.size() + " were given", "at most " + MOST_SHIFTS));
      return shifts;
    }
    for (int number = 0; number < pieces.size(); number++) {
      ChangeInput.Piece piece = pieces.get(number);
      String field = "shifts[" + number + "]";
      Participant person = person(rotation, field + ".account", piece.account(), problems);
      @Nullable String role = role(rotation, piece.role(), problems);
      Instant from = minute(piece.from());
      Instant until = minute(piece.until());
      if (!from.isBefore(until)) {
        problems.add(inverted(field + ".until"));
        continue;
      }
      new Span(from, until)
          .and(span)
          .ifPresent(clamped ->
              shifts.add(
                  new Change.TemporaryShift(
                      clamped, role == null ? rotation.layers().getFirst().role() : role, person)));
    }
    return shifts;
  }

  private static Optional<Span> span(
      Instant from, Instant until, Instant now, List<Problem> problems) {
    Instant start = minute(from);
    Instant end = minute(until);
    if (!start.isBefore(end)) {
      problems.add(inverted("until"));
      return Optional.empty();
    }
    if (!end.isAfter(now)) {
      problems.add(
          wrong(
              "until", "Until", "it is over already", "a time to come: what was stays as it was"));
      return Optional.empty();
    }
    if (Duration.between(start, end).compareTo(LONGEST) > 0
        || Duration.between(now, end).compareTo(FURTHEST) > 0) {
      problems.add(
          wrong(
              "until",
              "Until",
              "it is too far away",
              "at most " + LONGEST.toDays() + " days long, and ending within two years"));
      return Optional.empty();
    }
    return Optional.of(new Span(start.isBefore(now) ? now : start, end));
  }

  private @Nullable String role(
      RotationEntity rotation, @Nullable String typed, List<Problem> problems) {
    if (typed == null || typed.isBlank()) {
      return null;
    }
    List<String> roles = rotation.layers().stream().map(layer -> layer.role()).distinct().toList();
    return roles.stream()
        .filter(role -> role.equalsIgnoreCase(typed.strip()))
        .findFirst()
        .orElseGet(() -> {
          problems.add(wrong("role", "Role", RotationInput.typed(typed), String.join(", ", roles)));
          return null;
        });
  }

  private Participant person(
      RotationEntity rotation, String field, String account, List<Problem> problems) {
    String stripped = account.strip();
    people
        .problem(rotation.connection(), stripped)
        .ifPresent(found ->
            problems.add(wrong(field, "Person", found, "somebody with an active account here")));
    return new Participant(stripped);
  }

  private Optional<RotationEntity> living(UUID id) {
    return rotations.byId(id).filter(rotation -> rotation.deletedAt().isEmpty());
  }

  private static Instant minute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES);
  }

  private static Problem inverted(String field) {
    return wrong(field, "Until", "it is not after the begin", "a time after the begin");
  }

  private static Problem wrong(String field, String label, String found, String allowed) {
    return RotationInput.wrong(field, label, found, allowed);
  }
}
