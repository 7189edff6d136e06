package dev.bothy.platform.calendar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.AbsenceRights;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.AbsenceTimes;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.NewAbsence;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.ui.ExtendedModelMap;

/// Which day is today where the viewer is.
@BothyTest
class TodayTest {
  /// In Berlin the new year is half an hour old, in Auckland half a day; in London and New York it
  /// is New Year's Eve.
  private static final Instant MIDNIGHT = Instant.parse("2026-12-31T23:30:00Z");

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired JdbcClient jdbc;
  @Autowired TestPeople people;
  @Autowired Absences absences;
  @Autowired AbsenceDesk desk;
  @Autowired AbsenceRights rights;
  @Autowired AbsencePeople persons;
  @Autowired ChatLinks links;
  @Autowired ViewerZone zones;

  private CalendarWorld world;
  private Viewer viewer;

  @BeforeEach
  void open() {
    world = CalendarWorld.fresh(workspaces, connections, jdbc);
    TestPeople.Someone someone = people.signedIn(world.workspace(), "Ada", Role.MEMBER);
    viewer =
        new Viewer(
            someone.id(),
            someone.name(),
            world.workspace().id(),
            world.workspace().slug(),
            Set.of(Role.MEMBER));
  }

  @Test
  void itIsTheDayOnTheViewersOwnClock() {
    world.link("ada", viewer.person());
    assertThat(month().title()).isEqualTo("January 2027");
    assertThat(today()).isEqualTo(1);

    live("ada", "America/New_York");
    assertThat(month().title()).isEqualTo("December 2026");
    assertThat(today()).isEqualTo(31);

    live("ada", "Pacific/Auckland");
    assertThat(today()).isEqualTo(1);
  }

  @Test
  void whoseAccountIsNotKnownSeesTheDayOfMostPeople() {
    assertThat(month().title()).isEqualTo("January 2027");
    live("ada", "America/New_York");
    live("ben", "America/New_York");
    assertThat(month().title()).isEqualTo("December 2026");
    workspaces.inWorkspace(
        viewer.workspace(), () -> jdbc.sql("update chat_account set active = false").update());
    assertThat(month().title()).isEqualTo("December 2026");
    assertThat(workspaces.inWorkspace(viewer.workspace(), () -> zones.of(viewer)))
        .isEqualTo(ZoneId.of("UTC"));
  }

  @Test
  void anAbsenceIsInTheMonthOfItsPerson() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    LocalDate newYear = LocalDate.of(2027, 1, 1);
    workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            absences.add(
                new Actor.System(),
                new NewAbsence(
                    world.connection(),
                    "ada",
                    AbsenceTimes.ofDays(newYear, newYear, berlin),
                    AbsenceSource.CONSOLE)));
    // It begins on 31 December, 23:00 UTC.
    assertThat(month().lines()).hasSize(1);
    for (String account : Set.of("ada", "ben", "chen")) {
      live(account, "America/New_York");
    }
    assertThat(month().title()).isEqualTo("December 2026");
    assertThat(month().lines()).hasSize(1);
    live("ada", "Europe/Berlin");
    assertThat(month().lines()).isEmpty();
  }

  private int today() {
    return month().days().stream()
        .filter(AbsenceMonth.Day::today)
        .mapToInt(AbsenceMonth.Day::number)
        .findFirst()
        .orElse(0);
  }

  private AbsenceMonth month() {
    AbsencesController controller =
        new AbsencesController(
            absences,
            desk,
            rights,
            persons,
            links,
            zones,
            workspaces,
            Clock.fixed(MIDNIGHT, ZoneOffset.UTC));
    ExtendedModelMap model = new ExtendedModelMap();
    controller.list(viewer, "", "", model);
    return (AbsenceMonth) Objects.requireNonNull(model.get("month"));
  }

  private void live(String account, String zone) {
    workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            jdbc.sql("update chat_account set zone = ? where account = ?")
                .params(zone, account)
                .update());
  }
}
