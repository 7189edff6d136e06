package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.calendar.HolidayFilling;
import dev.bothy.platform.calendar.HolidayInput;
import dev.bothy.platform.calendar.HolidayOutcome;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Free days of a holiday calendar, layers that are added, and what a preview says of both.
@BothyTest
class RotationHolidaysTest {
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Rotations rotations;
  @Autowired RotationPreviews previews;
  @Autowired HolidayCalendars calendars;
  @Autowired HolidayFilling filling;
  @Autowired List<ScheduleHandler> handlers;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;

  private WorkspaceId workspace = new WorkspaceId(new UUID(0, 0));
  private ConnectionId connection = new ConnectionId(new UUID(0, 0));

  @BeforeEach
  void aRoomWithTwoPeople() {
    workspace = TestWorkspaces.fresh(workspaces).id();
    connection =
        workspaces.inWorkspace(
            workspace,
            () -> {
              ChatConnection made =
                  connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]);
              for (String account : List.of("ada", "ben")) {
                jdbc.sql(
                        "insert into chat_account (workspace_id, connection_id, account, name,"
                            + " zone, active, bot, looked_up_at)"
                            + " values (?, ?, ?, ?, 'UTC', true, false, now())")
                    .params(workspace.value(), made.id().value(), account, account)
                    .update();
              }
              return made.id();
            });
  }

  @Test
  void aFreeDayTakesNobodysTurn() {
    LocalDate free = today().plusDays(2);
    UUID calendar = calendar(free);
    Rotation rotation = make(layer("", calendar.toString()));
    List<Shift> coming = coming(rotation);
    assertThat(coming).noneMatch(shift -> covers(shift, free));
    List<Participant> people = coming.stream().map(Shift::person).toList();
    assertThat(people.subList(0, 3))
        .containsExactly(new Participant("ben"), new Participant("ada"), new Participant("ben"));
  }

  @Test
  void rotationsFollowTheirCalendarWhenItChangesGoesAndComesBack() {
    UUID calendar = calendar(today().plusDays(2));
    Rotation rotation = make(layer("", calendar.toString()));
    List<Shift> before = coming(rotation);
    assertThat(find(rotation).onDuty()).isEqualTo(new Participant("ada"));

    done(() -> calendars.change(SYSTEM, calendar, free(today(), today().plusDays(3))));
    assertThat(find(rotation).onDuty()).isNull();
    assertThat(find(rotation).next()).isNotNull();
    assertThat(coming(rotation)).noneMatch(shift -> covers(shift, today().plusDays(3)));

    done(() -> calendars.delete(SYSTEM, calendar));
    assertThat(find(rotation).onDuty()).isNotNull();
    assertThat(coming(rotation)).anyMatch(shift -> covers(shift, today().plusDays(2)));

    done(() -> calendars.restore(SYSTEM, calendar));
    assertThat(coming(rotation)).noneMatch(shift -> covers(shift, today().plusDays(3)));
    assertThat(before).isNotEmpty();
  }

  /// Japan has a holiday in nearly every month.
  @Test
  void rotationsFollowTheHolidaysThatAreAddedEachYear() {
    UUID calendar = calendar();
    Rotation rotation = make(layer("", calendar.toString()));
    done(() -> filling.add(SYSTEM, calendar, "JP", Set.of(today().getYear()), true));
    List<Shift> filled = coming(rotation);
    Set<LocalDate> free =
        workspaces.inWorkspace(
            workspace, () -> calendars.find(calendar).orElseThrow().days().keySet());
    assertThat(filled).noneMatch(shift -> free.stream().anyMatch(day -> covers(shift, day)));

    // As it was before these years were added.
    done(() -> calendars.change(SYSTEM, calendar, free()));
    assertThat(find(rotation).onDuty()).isNotNull();
    workspaces.inWorkspace(
        workspace, () -> jdbc.sql("update holiday_region set until_year = 2000").update());
    ScheduleHandler years =
        handlers.stream()
            .filter(each -> each.kind().equals("calendar.holiday-years"))
            .findFirst()
            .orElseThrow();
    Instant now = clock.instant();
    assertThat(
            workspaces.inWorkspace(
                workspace, () -> years.run(new ScheduleHandler.Due(calendar, now, now))))
        .isPresent();
    assertThat(coming(rotation))
        .noneMatch(shift -> free.stream().anyMatch(day -> covers(shift, day)));
  }

  @Test
  void aLayerThatIsAddedBeginsWithItsFirstPersonAtOnce() {
    Rotation rotation = make(layer("", ""));
    RotationInput two = new RotationInput("Desk", List.of(layer("", ""), layer("Secondary", "")));
    RotationPreview.Foreseen preview =
        (RotationPreview.Foreseen) previews.ofChange(workspace, rotation.id(), two);
    assertThat(find(rotation)).isEqualTo(rotation);

    rotations.change(workspace, SYSTEM, rotation.id(), two);
    RoleDuty second = find(rotation).duties().get(1);
    assertThat(second.role()).isEqualTo("Secondary");
    assertThat(second.person()).isEqualTo(new Participant("ada"));
    assertThat(second.next()).containsExactly(new Participant("ben"));
    List<Participant> foreseen =
        preview.shifts().stream()
            .filter(shift -> shift.role().equals("Secondary"))
            .limit(2)
            .map(Shift::person)
            .toList();
    assertThat(foreseen).containsExactly(second.person(), second.next().getFirst());
    assertThat(Objects.requireNonNull(preview.difference()).pieces())
        .allMatch(piece -> piece.role().equals("Secondary"));
  }

  @Test
  void whatIsPreviewedIsWhatIsSaved() {
    RotationInput input = new RotationInput("Desk", List.of(layer("", "")));
    RotationPreview.Foreseen preview =
        (RotationPreview.Foreseen) previews.ofNew(workspace, connection, input);
    assertThat(rotations.all(workspace)).isEmpty();
    Rotation rotation = make(layer("", ""));
    List<Shift> later = preview.shifts().subList(1, preview.shifts().size() - 1);
    assertThat(coming(rotation).subList(0, later.size()))
        .extracting(Shift::person, Shift::start, Shift::end)
        .isEqualTo(
            later.stream()
                .map(shift -> tuple(shift.person(), shift.start(), shift.end()))
                .toList());
  }

  @Test
  void aRotationThatBeginsOnAFreeDayBeginsWithItsFirstPerson() {
    Rotation rotation = make(layer("", calendar(today()).toString()));
    assertThat(find(rotation).onDuty()).isNull();
    assertThat(find(rotation).next()).isEqualTo(new Participant("ada"));
    assertThat(find(rotation).layers()).extracting(Layer::role).containsExactly("Primary");
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static boolean covers(Shift shift, LocalDate day) {
    Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    return !shift.start().isAfter(noon) && noon.isBefore(shift.end());
  }

  private static HolidayInput free(LocalDate... days) {
    List<String> lines = new ArrayList<>();
    for (LocalDate day : days) {
      lines.add(day + " Free");
    }
    return new HolidayInput("Free days", String.join("\n", lines));
  }

  private UUID calendar(LocalDate... days) {
    return done(() -> calendars.create(SYSTEM, free(days)));
  }

  private UUID done(Supplier<HolidayOutcome> change) {
    return workspaces.inWorkspace(
        workspace, () -> ((HolidayOutcome.Done) change.get()).calendar().id());
  }

  private Rotation make(LayerInput layer) {
    RotationOutcome made =
        rotations.create(
            workspace, SYSTEM, connection, "general", new RotationInput("Desk", List.of(layer)));
    return ((RotationOutcome.Done) made).rotation();
  }

  private Rotation find(Rotation rotation) {
    return rotations.find(workspace, rotation.id()).orElseThrow();
  }

  private List<Shift> coming(Rotation rotation) {
    Instant until = clock.instant().plus(RotationPreviews.AHEAD);
    return rotations.coming(workspace, rotation.id(), until, 100);
  }

  /// Handed on at midnight, so that a day of duty is a day.
  private static LayerInput layer(String role, String holidays) {
    return new LayerInput(
        role,
        "daily",
        List.of(),
        "",
        "",
        "00:00",
        "UTC",
        List.of(),
        "",
        holidays,
        "",
        "",
        List.of(LayerInput.Seat.of("ada"), LayerInput.Seat.of("ben")));
  }
}
