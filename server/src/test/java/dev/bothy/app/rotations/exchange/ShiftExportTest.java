package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShiftExportTest {
  private static final NamedShift COVERED =
      new NamedShift(
          UUID.randomUUID(),
          "Support desk",
          "Ada, Countess",
          "Grace \"Amazing\"",
          new Assignment(
              "Secondary",
              new Participant("U1"),
              Instant.parse("2026-11-27T08:00:00Z"),
              Instant.parse("2026-11-27T12:20:00Z"),
              Instant.parse("2026-11-27T08:00:00Z"),
              Why.TAKE_OVER,
              new Participant("U2"),
              UUID.randomUUID()));

  @Test
  void aTableHasALineOfNamesAndALineForEachShift() {
    NamedShift nobody =
        CalendarFeedTest.shift("Support desk", "Primary", null, "2026-11-28T08:00:00Z", 8);
    assertThat(ShiftExport.csv(List.of(COVERED, nobody)))
        .isEqualTo(
            """
            rotation,role,person,account,start,end,why,instead_of,hours
            Support desk,Secondary,"Ada, Countess",U1,2026-11-27T08:00:00Z,2026-11-27T12:20:00Z,take_over,"Grace ""Amazing\""",4.33
            Support desk,Primary,,,2026-11-28T08:00:00Z,2026-11-28T16:00:00Z,nobody,,8.00
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void jsonHasTheSameNames() {
    JsonNode shift =
        JsonMapper.shared().readTree(ShiftExport.json(List.of(COVERED))).at("/shifts/0");
    assertThat(shift.propertyNames()).containsExactlyElementsOf(ShiftExport.COLUMNS);
    assertThat(shift.get("person").asString()).isEqualTo("Ada, Countess");
    assertThat(shift.get("hours").asDouble()).isEqualTo(4.33);
    JsonNode nobody =
        JsonMapper.shared()
            .readTree(
                ShiftExport.json(
                    List.of(
                        CalendarFeedTest.shift("x", "Primary", null, "2026-11-28T08:00:00Z", 8))))
            .at("/shifts/0");
    assertThat(nobody.get("person").isNull()).isTrue();
    assertThat(nobody.get("account").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
  void noCellIsAFormula(String name) {
    String line =
        ShiftExport.csv(
                List.of(CalendarFeedTest.shift(name, "Primary", name, "2026-11-28T08:00:00Z", 8)))
            .split("\r\n", 2)[1];
    assertThat(line).matches("(?s)\"?'.*");
    assertThat(line).containsAnyOf("'" + name + ",Primary,'", "'" + name + "\",Primary,\"'");
  }
}
