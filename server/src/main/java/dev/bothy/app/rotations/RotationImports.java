package dev.bothy.app.rotations;

import dev.bothy.app.rotations.exchange.ImportOutcome;
import dev.bothy.app.rotations.exchange.ImportedLayer;
import dev.bothy.app.rotations.exchange.ImportedPerson;
import dev.bothy.app.rotations.exchange.ImportedSchedule;
import dev.bothy.app.rotations.exchange.ScheduleFiles;
import dev.bothy.app.rotations.exchange.ShiftPlan;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Plans of other products, taken over. Of a file nothing is stored but the rotation that comes of
/// it: names and addresses of people are compared in memory.
@Service
public class RotationImports {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private final RotationChecks checks;
  private final PlanChanges changes;
  private final Duty duty;
  private final Foresight foresight;
  private final RotationLog log;
  private final Workspaces workspaces;
  private final Clock clock;

  RotationImports(
      RotationChecks checks,
      PlanChanges changes,
      Duty duty,
      Foresight foresight,
      RotationLog log,
      Workspaces workspaces,
      Clock clock) {
    this.checks = checks;
    this.changes = changes;
    this.duty = duty;
    this.foresight = foresight;
    this.log = log;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What is in a file, counted from now on.
  public ImportOutcome read(byte[] file) {
    return ScheduleFiles.read(file, clock.instant());
  }

  /// Everybody of the layers, then of the single shifts, each once, in the order in which they
  /// first come.
  public static List<ImportedPerson> people(ImportedSchedule schedule) {
    Set<ImportedPerson> people = new LinkedHashSet<>();
    for (ImportedLayer layer : schedule.layers()) {
      layer.people().stream().filter(person -> !person.isNobody()).forEach(people::add);
    }
    ShiftPlan.people(schedule).forEach(people::add);
    return List.copyOf(people);
  }

  /// What is left of a plan with these accounts: single shifts of whoever has none are left out,
  /// and the turns stand.
  public static ImportedSchedule known(
      ImportedSchedule schedule, Map<ImportedPerson, String> accounts) {
    return schedule.withOverrides(
        schedule.overrides().stream()
            .filter(shift -> !accounts.getOrDefault(shift.person(), "").isEmpty())
            .toList());
  }

  /// Makes a rotation of a plan: whose turn it is in the file has it here, and single shifts are
  /// changes of the plan. All of it is made, or nothing.
  ///
  /// @param conversation where its cards go, the network's own id
  /// @param accounts of its people; the place of whoever has none is kept empty, and their single
  ///   shifts are left out
  public RotationOutcome create(
      WorkspaceId workspace,
      Actor actor,
      ConnectionId connection,
      String conversation,
      String name,
      ImportedSchedule schedule,
      Map<ImportedPerson, String> accounts) {
    Instant now = clock.instant();
    ImportedSchedule known = known(schedule, accounts);
    List<ImportedLayer> layers =
        schedule.layers().isEmpty() ? ShiftPlan.layers(known, now) : schedule.layers();
    if (layers.isEmpty()) {
      return new RotationOutcome.Refused(List.of(nobodyIsKnown(0)));
    }
    List<Problem> problems = nobodyIn(schedule.layers(), accounts);
    if (!problems.isEmpty()) {
      return new RotationOutcome.Refused(problems);
    }
    RotationInput input =
        new RotationInput(name, layers.stream().map(layer -> input(layer, accounts)).toList());
    List<ChangeInput> single = ImportedChanges.of(known, accounts, now);
    return workspaces.inWorkspace(
        workspace,
        () ->
            switch (checks.check(connection, input, Optional.empty())) {
              case RotationChecks.Checked.Wrong(List<Problem> wrong) ->
                  new RotationOutcome.Refused(wrong);
              case RotationChecks.Checked.Good(RotationPlan plan) -> {
                RotationEntity rotation =
                    new RotationEntity(
                        new WorkspaceKey(workspace.value(), Ids.next(clock)),
                        plan.name(),
                        connection,
                        conversation,
                        counted(plan.beginningAt(now), layers),
                        () -> Ids.next(clock),
                        now);
                List<Problem> wrong = new ArrayList<>();
                List<PlanChange> made = changes.beginning(rotation, single, now, wrong);
                if (!wrong.isEmpty()) {
                  yield new RotationOutcome.Refused(wrong);
                }
                duty.begin(rotation, starts(rotation, layers), () -> changes.begin(made), now);
                log.created(actor, rotation);
                yield new RotationOutcome.Done(foresight.view(rotation));
              }
            });
  }

  /// A layer whose people all have no account would never hand over.
  private static List<Problem> nobodyIn(
      List<ImportedLayer> layers, Map<ImportedPerson, String> accounts) {
    List<Problem> problems = new ArrayList<>();
    for (int position = 0; position < layers.size(); position++) {
      if (layers.get(position).people().stream()
          .allMatch(person -> accounts.getOrDefault(person, "").isEmpty())) {
        problems.add(nobodyIsKnown(position));
      }
    }
    return problems;
  }

  /// The same layers, their turns counted from where the file's are and not from today.
  private static List<LayerPlan> counted(List<LayerPlan> plans, List<ImportedLayer> layers) {
    List<LayerPlan> counted = new ArrayList<>();
    for (LayerPlan plan : plans) {
      counted.add(
          new LayerPlan(
              plan.role(),
              layers.get(counted.size()).times(),
              plan.activity(),
              plan.holidays(),
              plan.order(),
              plan.absences(),
              plan.roster()));
    }
    return counted;
  }

  /// Where each layer stands before the turn that runs in the file.
  private static Map<UUID, Cursor> starts(RotationEntity rotation, List<ImportedLayer> layers) {
    Map<UUID, Cursor> starts = new HashMap<>();
    for (Layer layer : rotation.layers()) {
      starts.put(layer.id(), layers.get(starts.size()).start());
    }
    return starts;
  }

  /// As somebody would have typed it.
  private static LayerInput input(ImportedLayer layer, Map<ImportedPerson, String> accounts) {
    Cadence cadence = layer.times().cadence();
    return new LayerInput(
        layer.role(),
        switch (cadence) {
          case Cadence.Daily _ -> "daily";
          case Cadence.Weekly _ -> "weekly";
          case Cadence.Custom _ -> "custom";
        },
        cadence instanceof Cadence.Weekly(Set<DayOfWeek> days) ? words(days) : List.of(),
        cadence instanceof Cadence.Custom custom ? Integer.toString(custom.every()) : "",
        cadence instanceof Cadence.Custom custom ? custom.unit().plural() : "",
        TIME.format(layer.times().at()),
        layer.times().zone().getId(),
        words(layer.activity().days()),
        HourLines.write(layer.activity().hours()),
        "",
        "",
        "",
        seats(layer, accounts));
  }

  private static List<LayerInput.Seat> seats(
      ImportedLayer layer, Map<ImportedPerson, String> accounts) {
    String joins = day(layer.from(), layer);
    String leaves = day(layer.until(), layer);
    List<LayerInput.Seat> seats = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (ImportedPerson person : layer.people()) {
      String account = person.isNobody() ? "" : accounts.getOrDefault(person, "");
      if (account.isEmpty() || taken.add(account)) {
        seats.add(new LayerInput.Seat(account, joins, leaves));
      }
    }
    return seats;
  }

  private static String day(@Nullable Instant at, ImportedLayer layer) {
    LocalDate day = at == null ? null : at.atZone(layer.times().zone()).toLocalDate();
    return day == null ? "" : day.toString();
  }

  private static List<String> words(Set<DayOfWeek> days) {
    return days.stream().map(WeekDays::shortName).toList();
  }

  /// @param position of the layer
  private static Problem nobodyIsKnown(int position) {
    return RotationInput.prefixed(
        RotationInput.prefix(position),
        RotationInput.wrong(
            RotationInput.PEOPLE,
            position == 0 ? "People" : "People of layer " + (position + 1),
            "nobody of the file has an account here",
            "an account for at least one of them"));
  }
}
