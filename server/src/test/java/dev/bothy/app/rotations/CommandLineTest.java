package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HourBlock;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.platform.kernel.Problem;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @Test
  void aDailyRotation() {
    CommandLine line = CommandLine.read("new \"Support desk\" daily 09:00 Europe/Berlin @a @b", "");
    assertThat(line)
        .isEqualTo(
            new CommandLine.New(
                RotationInput.of(
                    "Support desk",
                    "daily",
                    List.of(),
                    "",
                    "",
                    "09:00",
                    "Europe/Berlin",
                    List.of("@a", "@b"))));
    LayerSettings layer = layer(line);
    assertThat(layer.role()).isEqualTo("Primary");
    assertThat(layer.cadence()).isEqualTo(new Cadence.Daily());
    assertThat(layer.at()).isEqualTo(LocalTime.of(9, 0));
    assertThat(layer.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(layer.activity()).isEqualTo(Activity.ALWAYS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Desk weekly mon,thu 9:00 europe/berlin @a",
        "new “Desk” weekly Monday thursday 09:00 Europe/Berlin <@U1|ada>, <@U2>",
        "NEW \"Desk\" Weekly on mon and thu 09:00 Europe/Berlin @a",
      })
  void aWeeklyRotation(String text) {
    LayerSettings plan = layer(CommandLine.read(text, ""));
    assertThat(plan.cadence())
        .isEqualTo(new Cadence.Weekly(Set.of(DayOfWeek.MONDAY, DayOfWeek.THURSDAY)));
    assertThat(plan.at()).isEqualTo(LocalTime.of(9, 0));
    assertThat(plan.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @ParameterizedTest
  @CsvSource({
    "every 2 weeks mon 09:00, 2, WEEKS, MONDAY",
    "every week fri 09:00, 1, WEEKS, FRIDAY",
    "every 8 hours 09:00, 8, HOURS,",
    "every 3 days 09:00, 3, DAYS,",
  })
  void aCustomRotation(String cadence, int every, Cadence.Unit unit, DayOfWeek day) {
    LayerSettings plan = layer(CommandLine.read("new Desk " + cadence + " UTC @a", ""));
    assertThat(plan.cadence()).isEqualTo(new Cadence.Custom(every, unit));
    assertThat(plan.firstDay()).isEqualTo(Optional.ofNullable(day));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Desk daily 09:00 UTC weekdays hours 09:00-17:00 balanced @a @b",
        "new Desk daily on mon-fri 09:00 hours mon-sun 09:00-17:00 balanced UTC @a @b",
        "new Desk daily Weekdays 09:00 UTC Balanced Hours 09:00-17:00 <@a> <@b>",
        "new Desk daily 09:00 on mon,tue wed thu and fri balanced hours 09:00-17:00 @a @b",
      })
  void daysOfDutyHoursAndTheOrderMayBeSaidToo(String text) {
    CommandLine line = CommandLine.read(text, "UTC");
    LayerSettings plan = layer(line);
    assertThat(plan.at()).isEqualTo(LocalTime.of(9, 0));
    assertThat(plan.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(plan.activity().days()).isEqualTo(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    assertThat(plan.activity().hours())
        .containsExactly(
            new HourBlock(EnumSet.allOf(DayOfWeek.class), LocalTime.of(9, 0), LocalTime.of(17, 0)));
    assertThat(plan.order()).isEqualTo(Order.BALANCED);
    assertThat(plan.roster().people()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"every month, 1", "every 3 months, 3"})
  void turnsOfMonths(String cadence, int every) {
    LayerSettings plan = layer(CommandLine.read("new Desk " + cadence + " 09:00 UTC @a", ""));
    assertThat(plan.cadence()).isEqualTo(new Cadence.Custom(every, Cadence.Unit.MONTHS));
  }

  @Test
  void aWeeklyRotationKeepsItsDaysApartFromTheDaysOfDuty() {
    LayerSettings plan =
        layer(CommandLine.read("new Desk weekly weekdays mon 09:00 on mon-thu @a", "UTC"));
    assertThat(plan.cadence()).isEqualTo(new Cadence.Weekly(Set.of(DayOfWeek.MONDAY)));
    assertThat(plan.activity().days()).contains(DayOfWeek.FRIDAY);
  }

  @Test
  void withoutAZoneThePersonsOwnIsTaken() {
    LayerSettings plan = layer(CommandLine.read("new Desk daily 09:00 @a", "Asia/Tokyo"));
    assertThat(plan.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "new Desk daily 09:00 Europe/Berln @a | time-zone | Time zone: \"Europe/Berln\" is not"
            + " allowed. Allowed: a name such as Europe/Berlin. Did you mean Europe/Berlin",
        "new Desk daily 09:00 Berlin @a | time-zone | Europe/Berlin",
        "new Desk daily 09:00 CET @a | time-zone | \"CET\" is not allowed",
        "new Desk daily 09:00 @a | time-zone | nothing was typed",
        "new Desk daily 25:00 UTC @a | time | Hand-off time: \"25:00\" is not allowed. Allowed:"
            + " HH:MM from 00:00 to 23:59",
        "new Desk daily nine UTC @a | time | \"nine\"",
        "new Desk daily UTC @a | time | nothing was typed",
        "new Desk daily 09:00 UTC | people | People: nobody was chosen. Allowed: 1 to 100 people",
        "new Desk hourly 09:00 UTC @a | cadence | \"hourly\"",
        "new Desk weekly 09:00 UTC @a | days | no day was chosen",
        "new Desk weekly mnday 09:00 UTC @a | days | \"mnday\" is not allowed. Allowed: mon, tue",
        "new Desk every 53 weeks 09:00 UTC @a | every | from 1 to 52 weeks",
        "new Desk every 0 days 09:00 UTC @a | every | \"0\"",
        "new Desk every 2 fortnights 09:00 UTC @a | unit | \"fortnights\"",
        "new Desk daily 09:00 on UTC @a | active-days | nothing was typed",
        "new Desk daily 09:00 UTC hours 9-17 @a | hours | \"9-17\" is not allowed",
        "new \"\" daily 09:00 UTC @a | name | Allowed: 1 to 80 characters",
      })
  void aProblemNamesTheFieldWhatWasTypedAndWhatIsAllowed(
      String text, String field, String message) {
    assertThat(problems(CommandLine.read(text, "")))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo(field);
          assertThat(problem.code()).isEqualTo("rotations." + field);
          assertThat(problem.message()).contains(message);
        });
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    assertThat(problems(CommandLine.read("new " + "x".repeat(81) + " daily 9 Mars/Base", "")))
        .extracting(Problem::field)
        .containsExactly("name", "time", "time-zone", "people");
  }

  @Test
  void aNameIsCountedInCharactersAsPeopleSeeThem() {
    String emoji = "🦊".repeat(80);
    assertThat(plan(CommandLine.read("new " + emoji + " daily 09:00 UTC @a", "")).name())
        .isEqualTo(emoji);
    assertThat(problems(CommandLine.read("new " + emoji + "🦊 daily 09:00 UTC @a", ""))).hasSize(1);
  }

  @Test
  void atMostAHundredPeople() {
    StringBuilder people = new StringBuilder();
    for (int number = 0; number < 101; number++) {
      people.append(" @p").append(number);
    }
    assertThat(problems(CommandLine.read("new Desk daily 09:00 UTC" + people, "")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("101 were chosen"));
  }

  @Test
  void theOtherCommands() {
    assertThat(CommandLine.read("", "")).isEqualTo(new CommandLine.Help());
    assertThat(CommandLine.read(" help ", "")).isEqualTo(new CommandLine.Help());
    assertThat(CommandLine.read("new", "")).isEqualTo(new CommandLine.OpenForm());
    assertThat(CommandLine.read("list", "")).isEqualTo(new CommandLine.ListAll());
    assertThat(CommandLine.read("show Support desk", ""))
        .isEqualTo(new CommandLine.Show("Support desk"));
    assertThat(CommandLine.read("pause \"Support desk\"", ""))
        .isEqualTo(new CommandLine.Pause("Support desk"));
    assertThat(CommandLine.read("resume x", "")).isEqualTo(new CommandLine.Resume("x"));
    assertThat(CommandLine.read("delete x", "")).isEqualTo(new CommandLine.Delete("x"));
  }

  @Test
  void anUnknownCommandNamesThoseThatThereAre() {
    assertThat(CommandLine.read("destroy x", ""))
        .isInstanceOfSatisfying(
            CommandLine.NotUnderstood.class,
            wrong ->
                assertThat(wrong.problem().message())
                    .contains("\"destroy\"")
                    .contains("new, list, show, pause, resume, delete, note, notes, override"));
  }

  @Test
  void aCommandThatNeedsANameSaysSo() {
    assertThat(CommandLine.read("show", "")).isInstanceOf(CommandLine.NotUnderstood.class);
  }

  /// Whatever is typed, the answer is a command or a problem, never an exception.
  @Test
  void nothingThatCanBeTypedThrows() {
    List<String> words =
        List.of(
            "new",
            "\"",
            "\"\"",
            "“x",
            "daily",
            "weekly",
            "every",
            "9:00",
            "@",
            "<@",
            ",",
            "/",
            "UTC",
            "mon",
            "-1",
            "99999999999",
            "🦊",
            " ",
            "Europe/");
    Random random = new Random(1);
    for (int trial = 0; trial < 5_000; trial++) {
      StringBuilder text = new StringBuilder("new ");
      for (int count = 0; count < random.nextInt(9); count++) {
        text.append(words.get(random.nextInt(words.size())))
            .append(random.nextBoolean() ? " " : "");
      }
      CommandLine line = CommandLine.read(text.toString(), "");
      if (line instanceof CommandLine.New(RotationInput input)) {
        assertThat(input.read()).isNotNull();
      }
    }
  }

  private static LayerSettings layer(CommandLine line) {
    return plan(line).layers().getFirst();
  }

  private static RotationPlan plan(CommandLine line) {
    return ((RotationInput.Reading.Plan) ((CommandLine.New) line).input().read()).plan();
  }

  private static List<Problem> problems(CommandLine line) {
    return ((RotationInput.Reading.Wrong) ((CommandLine.New) line).input().read()).problems();
  }

  @Test
  void whoServesWhen() {
    assertThat(shifts("override Support desk <@U1> from tomorrow 14:00 to 18:00"))
        .isEqualTo(
            new ShiftLine.Override(
                "Support desk", "<@U1>", List.of("from", "tomorrow", "14:00", "to", "18:00")));
    assertThat(shifts("take Support desk")).isEqualTo(new ShiftLine.Take("Support desk"));
    assertThat(shifts("move “Support desk” @ada"))
        .isEqualTo(new ShiftLine.Move("Support desk", "@ada"));
    assertThat(shifts("cover \"Support desk\" tuesday for @ada"))
        .isEqualTo(
            new ShiftLine.Ask(ShiftRequest.Kind.COVER, "Support desk", "@ada", List.of("tuesday")));
    assertThat(shifts("swap Desk"))
        .isEqualTo(new ShiftLine.Ask(ShiftRequest.Kind.SWAP, "Desk", null, List.of()));
    assertThat(shifts("away 2026-12-24 2026-12-26"))
        .isEqualTo(new ShiftLine.Away(List.of("2026-12-24", "to", "2026-12-26")));
    assertThat(shifts("away today 14:00-18:00"))
        .isEqualTo(new ShiftLine.Away(List.of("today", "14:00-18:00")));
    assertThat(shifts("back")).isEqualTo(new ShiftLine.Back());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "override",
        "override Desk",
        "override @ada Desk",
        "take",
        "move Desk",
        "move @ada",
        "move Desk @ada tomorrow",
        "swap",
        "cover",
      })
  void whatIsMissingIsSaidWithAnExample(String text) {
    assertThat(shifts(text))
        .isInstanceOfSatisfying(
            ShiftLine.NotUnderstood.class,
            wrong -> assertThat(wrong.problem().message()).contains("Allowed: "));
  }

  private static ShiftLine shifts(String text) {
    return ((CommandLine.OfShifts) CommandLine.read(text, "")).line();
  }
}
