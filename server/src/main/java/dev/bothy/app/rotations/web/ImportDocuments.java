package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.exchange.NotCarried;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What programs send and read of plans of other products.
final class ImportDocuments {
  private ImportDocuments() {}

  @Schema(name = "ImportFile", description = "A file of another product, to be looked at.")
  record FileDocument(
      @Schema(
              description =
                  "Its text, whole: JSON of PagerDuty, Opsgenie or Grafana OnCall, or an iCalendar"
                      + " file.")
          @Nullable String file,
      @Schema(description = "The connection whose accounts its people are looked for among.")
          @Nullable UUID connection) {}

  @Schema(name = "ImportPreview", description = "What was found in a file. Nothing was stored.")
  record PreviewDocument(
      @Schema(description = "`PagerDuty`, `Opsgenie`, `Grafana OnCall` or `iCalendar`.")
          String source,
      @Schema(description = "In the order of the file, at least one.") List<PlanDocument> schedules,
      @Schema(description = "What of the file is not carried over, and why.")
          List<NotCarriedDocument> notCarried) {}

  @Schema(name = "ImportNotCarried", description = "Something that is not carried over.")
  record NotCarriedDocument(
      @Schema(description = "The schedule and the layer, or the line.") String where,
      @Schema(description = "What is missing here, in words.") String what,
      @Schema(description = "Why, and what to do.") String why) {
    static NotCarriedDocument of(NotCarried each) {
      return new NotCarriedDocument(each.where(), each.what(), each.why());
    }
  }

  @Schema(name = "ImportedSchedule", description = "A schedule of a file, as a rotation would be.")
  record PlanDocument(
      @Schema(description = "Which of the file's it is, from 0.") int number,
      String name,
      String timeZone,
      @Schema(description = "How many layers take turns; 0 if there are single shifts alone.")
          int layers,
      @Schema(description = "How many single shifts and overrides are to come.") int singleShifts,
      @Schema(description = "When the last of these ends; null if there is none.")
          @Nullable Instant singleShiftsUntil,
      @Schema(description = "Everybody in it, each once.") List<PersonDocument> people,
      @Schema(description = "Who would be on duty in the next four weeks.")
          List<ShiftDocument> shifts) {}

  @Schema(name = "ImportedPerson", description = "Somebody in a file.")
  record PersonDocument(
      @Schema(description = "Their number in the schedule, from 0.") int number,
      @Schema(description = "As the file calls them.") String name,
      @Schema(
              description =
                  "The account that was found for them; null if none was, or if no connection was"
                      + " named.")
          @Nullable String account) {}

  @Schema(name = "ImportedShift", description = "A shift that would be.")
  record ShiftDocument(
      String role,
      @Schema(description = "The number of the person who would have it.") int person,
      Instant start,
      Instant end,
      @Schema(description = "Whether they are on duty beside whoever else is.") boolean beside) {}

  @Schema(name = "NewImport", description = "A schedule of a file, to become a rotation.")
  record NewImport(
      @Schema(description = "The text of the file, as for a preview.") @Nullable String file,
      @Schema(description = "Which of the file's schedules; the first, 0, when left out.")
          @Nullable Integer schedule,
      @Schema(description = "The rotation's name; the schedule's when left out.")
          @Nullable String name,
      @Schema(description = "The connection it lives in.") @Nullable UUID connection,
      @Schema(description = "Where its cards go: the network's own id.")
          @Nullable String conversation,
      @Schema(
              description =
                  "Whose account is whose. Who is left out has none: their place stays empty, and"
                      + " their single shifts are left out. Without the list, those that a preview"
                      + " finds.")
          @Nullable List<MatchDocument> people,
      @Schema(description = "Whether single shifts come along; they do when left out.")
          @Nullable Boolean singleShifts) {}

  @Schema(name = "ImportMatch", description = "Whose account a person of a file has here.")
  record MatchDocument(
      @Schema(description = "The person's number in the preview.") @Nullable Integer number,
      @Schema(description = "An account of the connection, or a name its directory knows.")
          @Nullable String account) {}
}
