package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What programs send and read of rotations.
final class RotationDocuments {
  private RotationDocuments() {}

  @Schema(name = "RotationPerson", description = "Somebody who takes turns.")
  record PersonDocument(
      @Schema(description = "Their account at the connection's network.") String account,
      @Schema(description = "As the network shows it.") String name) {
    static @Nullable PersonDocument of(
        @Nullable Participant person, Map<Participant, String> names) {
      return person == null
          ? null
          : new PersonDocument(person.account(), names.getOrDefault(person, person.account()));
    }
  }

  @Schema(name = "Rotation", description = "People who take turns, and whose turn it is.")
  record RotationDocument(
      UUID id,
      String name,
      UUID connection,
      @Schema(description = "Where its cards are, the network's own id.") String conversation,
      @Schema(description = "`daily`, `weekly` or `custom`.") String cadence,
      @Schema(
              description =
                  "Days such as `mon`: of a weekly cadence those of the hand-off, of a custom one"
                      + " in weeks its one day; else empty.")
          List<String> days,
      @Schema(description = "How many of `unit` a turn lasts; null unless custom.")
          @Nullable Integer every,
      @Schema(description = "`hours`, `days` or `weeks`; null unless custom.")
          @Nullable String unit,
      @Schema(description = "The wall-clock time of the hand-off.", example = "09:00") String time,
      @Schema(description = "A name of the tz database.", example = "Europe/Berlin")
          String timeZone,
      @Schema(description = "The rule in words.", example = "every day at 09:00 (UTC)")
          String schedule,
      @Schema(description = "In the order of their turns.") List<PersonDocument> people,
      boolean paused,
      @Schema(description = "Null while it is paused or deleted, or when nobody is available.")
          @Nullable PersonDocument onDuty,
      @Schema(description = "When the current shift ends; null while paused or deleted.")
          @Nullable Instant until,
      @Schema(description = "Who takes over then; null as for `onDuty`.")
          @Nullable PersonDocument next,
      @Schema(description = "Null unless deleted: it is in the bin then.")
          @Nullable Instant deletedAt) {
    static RotationDocument of(Rotation rotation, Map<Participant, String> names) {
      RotationForm form = RotationForm.of(rotation);
      boolean custom = form.cadence().equals("custom");
      return new RotationDocument(
          rotation.id(),
          rotation.name(),
          rotation.connection().value(),
          rotation.conversation(),
          form.cadence(),
          form.days(),
          custom ? Integer.valueOf(form.every()) : null,
          custom ? form.unit() : null,
          form.time(),
          form.timeZone(),
          rotation.times().describe(),
          rotation.people().stream()
              .map(person ->
                  new PersonDocument(
                      person.account(), names.getOrDefault(person, person.account())))
              .toList(),
          rotation.paused(),
          PersonDocument.of(rotation.onDuty(), names),
          rotation.until(),
          PersonDocument.of(rotation.next(), names),
          rotation.deletedAt());
    }
  }

  @Schema(name = "RotationSettings", description = "How a rotation is to be.")
  record Settings(
      @Schema(description = "1 to 80 characters, unlike any other rotation's.")
          @Nullable String name,
      @Schema(description = "`daily`, `weekly` or `custom`.") @Nullable String cadence,
      @Schema(description = "Of a weekly cadence; of a custom one in weeks one day.")
          @Nullable List<String> days,
      @Schema(description = "Of a custom cadence: how many of `unit` a turn lasts.")
          @Nullable Integer every,
      @Schema(description = "Of a custom cadence: `hours`, `days` or `weeks`.")
          @Nullable String unit,
      @Schema(description = "The wall-clock time of the hand-off, `HH:MM`.") @Nullable String time,
      @Schema(description = "A name of the tz database.") @Nullable String timeZone,
      @Schema(
              description =
                  "Accounts of the connection, or names that its directory knows, in the order of"
                      + " their turns.")
          @Nullable List<String> people) {
    /// @param accounts whom the people mean
    RotationInput toInput(List<String> accounts) {
      return RotationInput.of(
          text(name),
          text(cadence),
          days == null ? List.of() : days,
          every == null ? "" : every.toString(),
          text(unit),
          text(time),
          text(timeZone),
          accounts);
    }

    List<String> typedPeople() {
      return people == null ? List.of() : people;
    }

    private static String text(@Nullable String value) {
      return value == null ? "" : value;
    }
  }

  @Schema(name = "NewRotation", description = "A rotation to be made.")
  record NewRotation(
      @Schema(description = "The connection it lives in.") @Nullable UUID connection,
      @Schema(description = "Where its cards go: the network's own id.")
          @Nullable String conversation,
      @Nullable Settings settings) {}

  @Schema(name = "Shift", description = "Who was, is or is going to be on duty.")
  record ShiftDocument(
      @Schema(description = "Null for a shift to come, which is only foreseen.") @Nullable UUID id,
      @Schema(description = "Null when nobody is available.") @Nullable PersonDocument person,
      Instant start,
      @Schema(description = "When it ended, or is going to.") Instant end,
      @Schema(description = "Whether it was over before anybody could be told.") boolean missed) {
    static ShiftDocument of(Shift shift, Map<Participant, String> names) {
      return new ShiftDocument(
          shift.id(),
          PersonDocument.of(shift.person(), names),
          shift.start(),
          shift.end(),
          shift.missed());
    }
  }

  @Schema(name = "Shifts", description = "A rotation's shifts.")
  record ShiftsDocument(
      @Schema(description = "Those that were and the current one, the latest first.")
          List<ShiftDocument> past,
      @Schema(description = "Those to come as far as can be foreseen, in order.")
          List<ShiftDocument> coming) {}
}
