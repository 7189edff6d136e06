package dev.bothy.app.rotations.fairness;

import static dev.bothy.app.rotations.fairness.Shifts.ADA;
import static dev.bothy.app.rotations.fairness.Shifts.EDSGER;
import static dev.bothy.app.rotations.fairness.Shifts.GRACE;
import static dev.bothy.app.rotations.fairness.Shifts.hours;
import static dev.bothy.app.rotations.fairness.Shifts.range;
import static dev.bothy.app.rotations.fairness.Shifts.shift;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityReportTest {
  private static final UUID DESK = new UUID(0, 1);
  private static final UUID ESCALATION = new UUID(0, 2);
  private static final QualityReport.Place PRIMARY = new QualityReport.Place(DESK, "Primary");
  private static final Span DAY = range("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");

  private static QualityReport report(Assignment... assignments) {
    return QualityReport.of(
        List.of(new RotationShifts(DESK, List.of(assignments))), List.of(), List.of(), DAY);
  }

  @Test
  void aTimeWithNobodyIsAGap() {
    QualityReport report =
        report(
            shift(ADA, "2026-11-24T00:00:00Z", "2026-11-24T12:00:00Z"),
            shift((Participant) null, "2026-11-24T12:00:00Z", "2026-11-24T18:00:00Z"),
            shift(GRACE, "2026-11-24T18:00:00Z", "2026-11-25T06:00:00Z"));
    assertThat(report.gaps())
        .containsExactly(
            new QualityReport.Gap(PRIMARY, range("2026-11-24T12:00:00Z", "2026-11-24T18:00:00Z")));
    assertThat(report.gapScore()).isEqualTo(75);
    assertThat(report.balance().score()).isEqualTo(50);
    assertThat(report.score()).isEqualTo(63);
  }

  @Test
  void whereAnotherWasAddedThereIsNoGap() {
    QualityReport report =
        report(
            shift((Participant) null, "2026-11-24T12:00:00Z", "2026-11-24T18:00:00Z"),
            shift(GRACE, "2026-11-24T11:00:00Z", "2026-11-24T19:00:00Z"));
    assertThat(report.gaps()).isEmpty();
    assertThat(report.gapScore()).isEqualTo(100);
  }

  @Test
  void aPlaceThatIsEmptyOnPurposeIsNoGap() {
    Assignment empty =
        new Assignment("Primary", null, DAY.start(), DAY.end(), DAY.start(), Why.EMPTY, null, null);
    assertThat(report(empty).gaps()).isEmpty();
  }

  @Test
  void whatIsExpectedAndNotThereIsAGap() {
    QualityReport report =
        QualityReport.of(
            List.of(
                new RotationShifts(
                    DESK, List.of(shift(ADA, "2026-11-24T10:00:00Z", "2026-11-24T12:00:00Z")))),
            List.of(
                new QualityReport.Expected(
                    PRIMARY, range("2026-11-23T09:00:00Z", "2026-11-24T17:00:00Z"))),
            List.of(),
            DAY);
    assertThat(report.gaps())
        .extracting(QualityReport.Gap::span)
        .containsExactly(
            range("2026-11-24T00:00:00Z", "2026-11-24T10:00:00Z"),
            range("2026-11-24T12:00:00Z", "2026-11-24T17:00:00Z"));
    assertThat(report.gapScore()).isEqualTo(12);
  }

  @Test
  void aSmallGapIsNeverAFullScore() {
    QualityReport report =
        QualityReport.of(
            List.of(
                new RotationShifts(
                    DESK,
                    List.of(
                        shift(ADA, "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z"),
                        shift(
                            (Participant) null, "2026-12-31T00:00:00Z", "2026-12-31T01:00:00Z")))),
            List.of(),
            List.of(),
            range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"));
    assertThat(report.gapScore()).isEqualTo(99);
  }

  @Test
  void whoIsInTwoPlacesAtOnceIsDoubleBooked() {
    QualityReport report =
        QualityReport.of(
            List.of(
                new RotationShifts(
                    DESK,
                    List.of(
                        shift(ADA, "2026-11-24T08:00:00Z", "2026-11-24T10:00:00Z"),
                        shift(ADA, "2026-11-24T10:00:00Z", "2026-11-24T12:00:00Z"),
                        shift("Secondary", GRACE, "2026-11-24T08:00:00Z", "2026-11-24T12:00:00Z"))),
                new RotationShifts(
                    ESCALATION,
                    List.of(
                        shift(ADA, "2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z"),
                        shift(GRACE, "2026-11-24T12:00:00Z", "2026-11-24T13:00:00Z")))),
            List.of(),
            List.of(),
            DAY);
    assertThat(report.doubleBookings())
        .containsExactly(
            new QualityReport.DoubleBooking(
                ADA,
                PRIMARY,
                new QualityReport.Place(ESCALATION, "Primary"),
                range("2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z")));
  }

  @ParameterizedTest(name = "{0}, {1} and {2} hours: {3}")
  @CsvSource({
    "100, 100, 100, 100, ''",
    "97,   99, 100, 100, ''", // even enough
    "50,  100, 100,  67, 'grace +20%, edsger +20%'", // (0.5 + 0.5 + 1) / 3
    "0,   100, 200,  17, 'edsger +100%'", // (0 + 0 + 0.5) / 3
    "0,     0,   0, 100, ''",
  })
  void balanceIsTheMeanOverPairs(int ada, int grace, int edsger, int score, String overloaded) {
    Map<Participant, Duration> lengths = new HashMap<>();
    lengths.put(ADA, hours(ada));
    lengths.put(GRACE, hours(grace));
    lengths.put(EDSGER, hours(edsger));
    Balance balance = Balance.of(lengths);
    assertThat(balance.score()).isEqualTo(score);
    assertThat(
            balance.overloaded().stream()
                .map(each -> each.person().account() + " +" + each.percent() + "%")
                .toList())
        .containsExactlyInAnyOrder(overloaded.isEmpty() ? new String[0] : overloaded.split(", "));
  }

  @Test
  void onePersonAloneIsEven() {
    assertThat(Balance.of(Map.of(ADA, hours(5)))).isEqualTo(new Balance(100, List.of()));
    assertThat(Balance.of(Map.of())).isEqualTo(new Balance(100, List.of()));
  }

  @Property(tries = 200)
  void gapsAndHeldTimeAreAllThatIsPlanned(@ForAll long seed) {
    List<Assignment> plan = Shifts.random(seed);
    Span range = range("2026-03-20T07:30:00Z", "2026-04-01T11:10:00Z");
    QualityReport report =
        QualityReport.of(List.of(new RotationShifts(DESK, plan)), List.of(), List.of(), range);
    Duration gaps =
        report.gaps().stream()
            .map(gap -> gap.span().length())
            .reduce(Duration.ZERO, Duration::plus);
    Duration held =
        Fairness.lengths(plan, range).values().stream().reduce(Duration.ZERO, Duration::plus);
    Duration planned =
        plan.stream()
            .flatMap(each -> Spans.common(each.span(), range).stream())
            .map(Span::length)
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(gaps.plus(held)).isEqualTo(planned);
    assertThat(report.doubleBookings()).isEmpty();
  }
}
