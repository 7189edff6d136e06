package dev.bothy.platform.chat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormRulesTest {
  private static final List<RoomPerson> PEOPLE =
      List.of(
          new RoomPerson("ada", "Ada Byron", ZoneOffset.UTC, true, 0),
          new RoomPerson("ben", "Ben Okafor", ZoneOffset.UTC, true, 0));

  private static final Form FORM =
      new Form(
          "test.form",
          "Title",
          "Save",
          "",
          List.of(
              new Form.TextField("name", "Name", "", "", false, false, 5),
              new Form.TextField("note", "Note", "", "", true, true, 9),
              new Form.ChoiceField(
                  "rhythm",
                  "Rhythm",
                  List.of(new Content.Option("day", "Day"), new Content.Option("week", "Week")),
                  List.of(),
                  true,
                  false),
              new Form.PeopleField("roster", "Roster", "", List.of(), true, 1)));

  @Test
  void whatIsFilledInAsOfferedIsRight() {
    assertThat(
            check(
                Map.of("name", List.of("ok"), "rhythm", List.of("week"), "roster", List.of("ben"))))
        .isEmpty();
  }

  @Test
  void whatMustBeFilledInIsAskedFor() {
    assertThat(check(Map.of("name", List.of("  ")))).containsOnlyKeys("name");
  }

  @Test
  void boundsNameWhatIsAllowed() {
    Map<String, String> wrong =
        check(Map.of("name", List.of("longer"), "roster", List.of("ada", "ben")));
    assertThat(wrong).containsEntry("name", "At most 5 characters.");
    assertThat(wrong).containsEntry("roster", "At most 1 person.");
  }

  @Test
  void whatWasNotOfferedIsRefused() {
    assertThat(
            check(
                Map.of("name", List.of("ok"), "rhythm", List.of("year"), "roster", List.of("eve"))))
        .containsOnlyKeys("rhythm", "roster");
  }

  @Test
  void twoOfASingleChoiceAreRefused() {
    assertThat(check(Map.of("name", List.of("ok"), "rhythm", List.of("day", "week"))))
        .containsOnlyKeys("rhythm");
  }

  @Test
  void everyFieldComesBackAndOnlyTheForms() {
    assertThat(FormRules.complete(FORM, Map.of("name", List.of("ok"), "alien", List.of("x"))))
        .isEqualTo(
            Map.of(
                "name", List.of("ok"),
                "note", List.of(),
                "rhythm", List.of(),
                "roster", List.of()));
  }

  private static Map<String, String> check(Map<String, List<String>> values) {
    return FormRules.check(FORM, values, PEOPLE);
  }
}
