package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.ShiftRequest.Reason;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/// What becomes of a request, whatever happens to the plan around it.
@BothyTest
class RequestLifeTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00, Katherine on
  /// Wednesday.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  @Autowired ApplicationContext server;

  private RotationWorld world;
  private UUID rotation;
  private Actor ada;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>");
    rotation = world.rotation("Desk").id();
    ada = new Actor.Account(world.connection.id(), "ada");
  }

  /// What happens to a request of Grace's, and how it stands then.
  enum Happening {
    /// Nobody does anything.
    NOTHING(State.OPEN, null, State.TAKEN, null),
    WITHDRAWN(State.DELETED, Reason.WITHDRAWN, State.TAKEN, null),
    GIVEN_BACK_IN_CHAT(State.OPEN, null, State.OPEN, null),
    UNDONE_ELSEWHERE(State.OPEN, null, State.DELETED, Reason.UNDONE),
    EDITED(State.PAST_DUE, Reason.GONE, State.DELETED, Reason.UNDONE),
    OVERRIDDEN(State.PAST_DUE, Reason.GONE, State.TAKEN, null),
    PERSON_AWAY(State.PAST_DUE, Reason.GONE, State.DELETED, Reason.UNDONE),
    ITS_TIME(State.PAST_DUE, Reason.NOBODY, State.TAKEN, null);

    private final State open;
    private final @Nullable Reason openWhy;
    private final State taken;
    private final @Nullable Reason takenWhy;

    Happening(State open, @Nullable Reason openWhy, State taken, @Nullable Reason takenWhy) {
      this.open = open;
      this.openWhy = openWhy;
      this.taken = taken;
      this.takenWhy = takenWhy;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOpenRequestAfter(Happening what) {
    RecordingChat.Message asked = ask("swap Desk");
    UUID request = id(asked);
    happen(what, asked, request);
    check(request, asked, what.open, what.openWhy);
  }

  @ParameterizedTest
  @EnumSource
  void aTakenRequestAfter(Happening what) {
    RecordingChat.Message asked = ask("swap Desk");
    UUID request = id(asked);
    world.press("katherine", asked, RequestCards.TAKE);
    happen(what, asked, request);
    check(request, asked, what.taken, what.takenWhy);
  }

  private void happen(Happening what, RecordingChat.Message asked, UUID request) {
    switch (what) {
      case NOTHING -> {}
      case WITHDRAWN ->
          world.inWorkspace(() -> world.requests.withdraw(ada, request, new Participant("grace")));
      case GIVEN_BACK_IN_CHAT ->
          world.chat.direct("katherine").stream()
              .filter(message -> message.text().startsWith("You serve for Grace"))
              .findFirst()
              .ifPresent(message -> world.press("katherine", message, ShiftCards.UNDO));
      case UNDONE_ELSEWHERE ->
          world
              .changes
              .of(world.workspace, rotation)
              .forEach(made ->
                  assertThat(world.changes.undo(world.workspace, ada, rotation, made.change().id()))
                      .isInstanceOf(ChangeOutcome.Done.class));
      case EDITED -> edit(List.of("ada", "katherine"));
      case OVERRIDDEN ->
          assertThat(
                  world.changes.make(
                      world.workspace,
                      ada,
                      rotation,
                      new ChangeInput.Set(
                          Instant.parse("2026-11-24T08:00:00Z"),
                          Instant.parse("2026-11-25T08:00:00Z"),
                          null,
                          "ada")))
              .isInstanceOf(ChangeOutcome.Done.class);
      case PERSON_AWAY ->
          world.away(
              "grace",
              Instant.parse("2026-11-24T00:00:00Z"),
              Instant.parse("2026-11-26T00:00:00Z"));
      case ITS_TIME -> {
        world.clock.setTo(Instant.parse("2026-11-24T08:00:00Z"));
        world.runDue(ShiftRequests.KIND, request);
      }
    }
  }

  private void check(
      UUID request, RecordingChat.Message asked, State state, @Nullable Reason reason) {
    ShiftRequest now = world.request(request);
    assertThat(now.state()).isEqualTo(state);
    ShiftRequest.Closing closing = now.closing();
    assertThat(closing == null ? null : closing.reason()).isEqualTo(reason);
    assertThat(world.due(ShiftRequests.KIND, request).isPresent()).isEqualTo(state == State.OPEN);
    assertThat(asked.buttons().isEmpty()).isEqualTo(state != State.OPEN);
    boolean serves =
        world.changes.of(world.workspace, rotation).stream()
            .anyMatch(made -> made.change().id().equals(now.change()));
    assertThat(serves).isEqualTo(state == State.TAKEN);
    if (reason == Reason.UNDONE || reason == Reason.GONE) {
      assertThat(asked.text()).contains(" is closed: ");
    }
    if (state == State.DELETED || state == State.PAST_DUE) {
      // Never regenerated: neither the plan of before nor any answer brings it back.
      world.inWorkspace(() -> world.requests.take(ada, request, new Participant("katherine")));
      world.inWorkspace(() -> world.requests.giveBack(ada, request, null));
      edit(List.of("ada", "grace", "katherine"));
      assertThat(world.request(request).state()).isEqualTo(state);
      assertThat(world.due(ShiftRequests.KIND, request)).isEmpty();
    }
  }

  private void edit(List<String> people) {
    assertThat(
            world.rotations.change(
                world.workspace,
                ada,
                rotation,
                RotationInput.of(
                    "Desk", "daily", List.of(), "", "", "09:00", "Europe/Berlin", people)))
        .isInstanceOf(RotationOutcome.Done.class);
  }

  @Test
  void whoUndidItIsSaidWithTheirIdAndInTheLog() {
    RecordingChat.Message asked = ask("cover Desk tuesday");
    UUID request = id(asked);
    world.press("katherine", asked, RequestCards.TAKE);
    ShiftRequest taken = world.request(request);
    world.changes.undo(world.workspace, ada, rotation, Objects.requireNonNull(taken.change()));
    ShiftRequest.Closing closing = Objects.requireNonNull(world.request(request).closing());
    assertThat(closing.reason()).isEqualTo(Reason.UNDONE);
    assertThat(closing.by()).isEqualTo(new Participant("ada"));
    assertThat(asked.text())
        .isEqualTo(
            "Desk: the request for Grace, Tue 24 Nov, 09:00 to Wed 25 Nov, 09:00 (Europe/Berlin)"
                + " is closed: somebody had taken it, and that was undone by Ada.");
    assertThat(world.log().getFirst()).isEqualTo("rotations.plan-restored");
  }

  @Test
  void theChannelIsRemindedAtEachOfTheAgreedTimesAndAtNoOther() {
    Instant begin = Instant.parse("2027-01-04T08:00:00Z");
    String person = onDutyAt(begin);
    world.type(person, "swap Desk 2027-01-04");
    UUID request = id(last());
    List<Duration> before = new ArrayList<>();
    for (Instant due = due(request); due != null; due = due(request)) {
      before.add(Duration.between(due, begin));
      int messages = world.chat.channel("C1").size();
      world.clock.setTo(due);
      world.runDue(ShiftRequests.KIND, request);
      assertThat(world.chat.channel("C1")).hasSize(messages + 1);
    }
    assertThat(before)
        .containsExactly(
            Duration.ofDays(28),
            Duration.ofDays(21),
            Duration.ofDays(14),
            Duration.ofDays(7),
            Duration.ofDays(3),
            Duration.ofDays(2),
            Duration.ofDays(1),
            Duration.ofHours(12),
            Duration.ZERO);
    assertThat(world.request(request).state()).isEqualTo(State.PAST_DUE);
  }

  private @Nullable Instant due(UUID request) {
    return world.due(ShiftRequests.KIND, request).orElse(null);
  }

  private RecordingChat.Message ask(String line) {
    world.type("grace", line);
    return last();
  }

  private RecordingChat.Message last() {
    return world.chat.channel("C1").getLast();
  }

  private String onDutyAt(Instant start) {
    return world.rotations.coming(world.workspace, rotation, start.plusSeconds(1), 100).stream()
        .filter(shift -> shift.start().equals(start))
        .flatMap(shift -> Stream.ofNullable(shift.person()))
        .map(Participant::account)
        .findFirst()
        .orElseThrow();
  }

  private static UUID id(RecordingChat.Message asked) {
    return UUID.fromString(asked.buttons().getFirst().value());
  }
}
