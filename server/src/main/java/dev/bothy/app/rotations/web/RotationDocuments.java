package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RoleDuty;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationNow;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.LayerDocuments.LayerDocument;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      return person == null ? null : named(person, names);
    }

    static PersonDocument named(Participant person, Map<Participant, String> names) {
      return new PersonDocument(person.account(), names.getOrDefault(person, person.account()));
    }
  }

  @Schema(name = "RotationHolder", description = "Somebody who has a role now.")
  record HeldDocument(
      @Schema(description = "The current shift.") UUID shift,
      @Schema(
              description =
                  "Null when nobody is available although somebody should be; it is the only one"
                      + " then.")
          @Nullable PersonDocument person,
      @Schema(description = "When it ends.") Instant until) {}

  @Schema(name = "RotationDuty", description = "Who has a role now, and who is next.")
  record DutyDocument(
      String role,
      @Schema(
              description =
                  "Everybody who has it: whoever has the turn first, then whoever was added. Empty"
                      + " while the rotation is paused or deleted, and outside of its hours.")
          List<HeldDocument> held,
      @Schema(
              description =
                  "When the first of them ends; outside of its hours when they begin. Null while"
                      + " paused or deleted, or when nothing is foreseen within a year.")
          @Nullable Instant until,
      @Schema(
              description =
                  "Who takes over from the first of them. Empty when nobody can, or nothing is"
                      + " foreseen.")
          List<PersonDocument> next) {
    static DutyDocument of(RoleDuty duty, Map<Participant, String> names) {
      return new DutyDocument(
          duty.role(),
          duty.held().stream()
              .map(held ->
                  new HeldDocument(
                      held.shift(), PersonDocument.of(held.person(), names), held.until()))
              .toList(),
          duty.until(),
          duty.next().stream().map(person -> PersonDocument.named(person, names)).toList());
    }
  }

  @Schema(name = "Rotation", description = "People who take turns, and whose turn it is.")
  record RotationDocument(
      UUID id,
      String name,
      UUID connection,
      @Schema(description = "Where its cards are, the network's own id.") String conversation,
      @Schema(description = "At least one. Name and layers are the rotation's settings.")
          List<LayerDocument> layers,
      boolean paused,
      @Schema(description = "One for each role, in the order of the layers.")
          List<DutyDocument> duties,
      @Schema(description = "Null unless deleted: it is in the bin then.")
          @Nullable Instant deletedAt) {
    static RotationDocument of(Rotation rotation, Map<Participant, String> names) {
      RotationInput typed = RotationInput.of(rotation);
      List<LayerDocument> layers = new ArrayList<>();
      for (int at = 0; at < typed.layers().size(); at++) {
        layers.add(LayerDocument.of(typed.layers().get(at), rotation.layers().get(at), names));
      }
      return new RotationDocument(
          rotation.id(),
          rotation.name(),
          rotation.connection().value(),
          rotation.conversation(),
          layers,
          rotation.paused(),
          rotation.duties().stream().map(duty -> DutyDocument.of(duty, names)).toList(),
          rotation.deletedAt());
    }
  }

  @Schema(name = "RotationSettings", description = "How a rotation is to be.")
  record Settings(
      @Schema(description = "1 to 80 characters, unlike any other rotation's.")
          @Nullable String name,
      @Schema(description = "1 to 10.") @Nullable List<LayerDocument> layers) {
    /// With people as they were typed.
    RotationInput toInput() {
      return new RotationInput(
          name == null ? "" : name,
          layers == null ? List.of() : layers.stream().map(LayerDocument::toInput).toList());
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
      String role,
      @Schema(description = "Null when nobody is available.") @Nullable PersonDocument person,
      Instant start,
      @Schema(description = "When it ended, or is going to.") Instant end,
      @Schema(
              description =
                  "The hand-off that began the turn it is of: pieces of one turn share it.")
          Instant turn,
      @Schema(
              description =
                  "Why this person, or nobody: `turn`, `absence`, `set`, `replace`, `swap`,"
                      + " `cover`, `take-over`, `move`, `add`, `temporary`, `removed`, `empty` or"
                      + " `nobody`.")
          String why,
      @Schema(description = "In whose place; null when in nobody's.")
          @Nullable PersonDocument instead,
      @Schema(description = "Whether it was over before anybody could be told.") boolean missed) {
    static ShiftDocument of(Shift shift, Map<Participant, String> names) {
      return new ShiftDocument(
          shift.id(),
          shift.role(),
          PersonDocument.of(shift.person(), names),
          shift.start(),
          shift.end(),
          shift.turn(),
          shift.why().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          PersonDocument.of(shift.instead(), names),
          shift.missed());
    }
  }

  @Schema(name = "Shifts", description = "A rotation's shifts.")
  record ShiftsDocument(
      @Schema(description = "Those that were and the current ones, the latest first.")
          List<ShiftDocument> past,
      @Schema(description = "Those to come as far as can be foreseen, in order.")
          List<ShiftDocument> coming) {}

  @Schema(name = "RotationRoleNow", description = "A role's current shifts and the next ones.")
  record RoleNowDocument(
      String role,
      @Schema(
              description =
                  "One for each person who has it: whoever has the turn first, then whoever was"
                      + " added. One without a person when nobody is available. Empty outside of its"
                      + " hours, or while the rotation is paused.")
          List<ShiftDocument> current,
      @Schema(
              description =
                  "What follows the first of them: several where several begin at once; empty when"
                      + " nothing is foreseen within a year.")
          List<ShiftDocument> next) {}

  @Schema(name = "RotationNow", description = "Who is on duty in a rotation, and who is next.")
  record NowDocument(
      @Schema(description = "The rotation.") UUID id,
      String name,
      boolean paused,
      @Schema(description = "One for each role, in the order of the layers.")
          List<RoleNowDocument> roles) {
    static NowDocument of(RotationNow now, Map<Participant, String> names) {
      return new NowDocument(
          now.id(),
          now.name(),
          now.paused(),
          now.duties().stream()
              .map(duty ->
                  new RoleNowDocument(
                      duty.role(),
                      duty.current().stream().map(each -> ShiftDocument.of(each, names)).toList(),
                      duty.next().stream().map(each -> ShiftDocument.of(each, names)).toList()))
              .toList());
    }
  }
}
