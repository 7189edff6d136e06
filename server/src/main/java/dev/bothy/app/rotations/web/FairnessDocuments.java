package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.fairness.QualityReport;
import dev.bothy.app.rotations.fairness.Served;
import dev.bothy.app.rotations.web.RotationDocuments.PersonDocument;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What programs read of how duty is shared out. Lengths are in seconds.
final class FairnessDocuments {
  private FairnessDocuments() {}

  @Schema(name = "ServedHours", description = "What one person served, within the range.")
  record ServedDocument(
      PersonDocument person,
      @Schema(description = "In how many turns they served at all.") int turns,
      long seconds,
      @Schema(description = "On days that are neither of the weekend nor holidays.")
          long workdaySeconds,
      @Schema(description = "On Saturdays and Sundays that are no holidays.") long weekendSeconds,
      long holidaySeconds,
      @Schema(description = "Between 22:00 and 06:00, of whatever day.") long nightSeconds,
      @Schema(description = "In turns of others.") long forOthersSeconds,
      @Schema(description = "What others served in their turns.") long byOthersSeconds) {
    static ServedDocument of(Served served, FairnessDesk.Shares shares) {
      return new ServedDocument(
          new PersonDocument(
              served.person().account(),
              shares.names().getOrDefault(served.person(), served.person().account())),
          served.turns(),
          served.total().toSeconds(),
          served.workdays().toSeconds(),
          served.weekends().toSeconds(),
          served.holidays().toSeconds(),
          served.nights().toSeconds(),
          served.forOthers().toSeconds(),
          served.byOthers().toSeconds());
    }
  }

  @Schema(name = "DutyGap", description = "Nobody has a role although somebody should.")
  record GapDocument(String role, Instant start, Instant end) {
    static GapDocument of(QualityReport.Gap gap) {
      return new GapDocument(gap.place().role(), gap.span().start(), gap.span().end());
    }
  }

  @Schema(name = "RotationFairness", description = "How a rotation's duty is shared out.")
  record FairnessDocument(
      Instant from,
      Instant until,
      @Schema(description = "How many people served.") int team,
      @Schema(
              description =
                  "What all of them served; null where fewer than three did, since it would tell of"
                      + " one of them.")
          @Nullable Long teamSeconds,
      @Schema(
              description =
                  "Oneself, if an account of one's own takes turns; with `people=true` everybody.")
          List<ServedDocument> people,
      @Schema(description = "0 to 100: the mean of `gapScore` and `balanceScore`.") int score,
      @Schema(description = "0 to 100: how much of the time that roles should be held they are.")
          int gapScore,
      @Schema(description = "0 to 100: how evenly the hours are shared.") int balanceScore,
      List<GapDocument> gaps) {
    static FairnessDocument of(FairnessRange.Bounds bounds, FairnessDesk.Shares shares) {
      QualityReport quality = shares.quality();
      return new FairnessDocument(
          bounds.from(),
          bounds.until(),
          shares.team(),
          shares.totals().map(Duration::toSeconds).orElse(null),
          shares.people().stream().map(each -> ServedDocument.of(each, shares)).toList(),
          quality.score(),
          quality.gapScore(),
          quality.balance().score(),
          quality.gaps().stream().map(GapDocument::of).toList());
    }
  }
}
