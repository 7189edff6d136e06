package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ChangePreview;
import dev.bothy.app.rotations.RotationPreview;
import dev.bothy.app.rotations.fairness.PlanDifference;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.RotationDocuments.PersonDocument;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What programs read of what something would come to.
final class PreviewDocuments {
  private PreviewDocuments() {}

  @Schema(
      name = "PlanPiece",
      description = "A stretch in which others have a role than at present.")
  record PieceDocument(
      String role,
      Instant start,
      Instant end,
      @Schema(description = "Who has it at present; empty for nobody.") List<PersonDocument> before,
      @Schema(description = "Who would have it; empty for nobody.") List<PersonDocument> after) {
    static PieceDocument of(PlanDifference.Piece piece, Map<Participant, String> names) {
      return new PieceDocument(
          piece.role(),
          piece.span().start(),
          piece.span().end(),
          people(piece.before(), names),
          people(piece.after(), names));
    }

    private static List<PersonDocument> people(
        Collection<Participant> people, Map<Participant, String> names) {
      return people.stream()
          .sorted(Comparator.comparing(Participant::account))
          .map(person -> PersonDocument.named(person, names))
          .toList();
    }
  }

  @Schema(name = "PlanHours", description = "What becomes of somebody's time on duty.")
  record HoursDocument(PersonDocument person, long beforeSeconds, long afterSeconds) {
    static HoursDocument of(PlanDifference.Hours hours, Map<Participant, String> names) {
      return new HoursDocument(
          PersonDocument.named(hours.person(), names),
          hours.before().toSeconds(),
          hours.after().toSeconds());
    }
  }

  @Schema(
      name = "PlanPreview",
      description = "What would be different from the plan at present. Nothing was saved.")
  record PlanPreview(
      @Schema(description = "Only what lies between this and `until` was looked at.") Instant from,
      Instant until,
      String timeZone,
      @Schema(
              description =
                  "Whether the rotation is paused: a change is compared with how it would be if it"
                      + " were resumed now; settings with nothing, and `changes` and `hours` are"
                      + " empty then.")
          boolean paused,
      @Schema(description = "Who would be on duty instead of whom, by start.")
          List<PieceDocument> changes,
      @Schema(description = "Those of `changes` in which nobody would be on duty any more.")
          List<PieceDocument> gaps,
      @Schema(description = "Of everybody whose time on duty between the two changes.")
          List<HoursDocument> hours) {
    static PlanPreview of(ChangePreview.Foreseen foreseen, Map<Participant, String> names) {
      return of(
          foreseen.span().start(),
          foreseen.span().end(),
          foreseen.zone().getId(),
          foreseen.paused(),
          foreseen.difference(),
          names);
    }

    static PlanPreview of(
        RotationPreview.Foreseen foreseen, boolean paused, Map<Participant, String> names) {
      PlanDifference difference = foreseen.difference();
      return of(
          foreseen.now(),
          foreseen.until(),
          foreseen.zone().getId(),
          paused,
          difference == null ? new PlanDifference(List.of(), List.of()) : difference,
          names);
    }

    private static PlanPreview of(
        Instant from,
        Instant until,
        String zone,
        boolean paused,
        PlanDifference difference,
        Map<Participant, String> names) {
      return new PlanPreview(
          from,
          until,
          zone,
          paused,
          difference.pieces().stream().map(piece -> PieceDocument.of(piece, names)).toList(),
          difference.gaps().stream().map(piece -> PieceDocument.of(piece, names)).toList(),
          difference.hours().stream().map(each -> HoursDocument.of(each, names)).toList());
    }
  }
}
