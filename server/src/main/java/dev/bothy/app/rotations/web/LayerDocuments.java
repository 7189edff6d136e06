package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.LayerInput;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rotation's layers, as programs send and read them.
final class LayerDocuments {
  private LayerDocuments() {}

  @Schema(name = "RotationPlace", description = "A place in the order of a layer.")
  record PlaceDocument(
      @Schema(
              description =
                  "An account of the connection, or when sent a name that its directory knows;"
                      + " null for a place that is kept empty: in its turn nobody is on duty.")
          @Nullable String account,
      @Schema(description = "As the network shows it. Not read.") @Nullable String name,
      @Schema(description = "The first day on which a turn of theirs may begin; null for any.")
          @Nullable LocalDate joinsOn,
      @Schema(description = "The first day on which none may any more; null for never.")
          @Nullable LocalDate leavesOn) {
    static PlaceDocument of(LayerInput.Seat seat, Map<Participant, String> names) {
      String account = seat.account();
      return account.isEmpty()
          ? new PlaceDocument(null, null, day(seat.joinsOn()), day(seat.leavesOn()))
          : new PlaceDocument(
              account,
              names.getOrDefault(new Participant(account), account),
              day(seat.joinsOn()),
              day(seat.leavesOn()));
    }

    LayerInput.Seat toInput() {
      return new LayerInput.Seat(text(account).strip(), text(joinsOn), text(leavesOn));
    }

    private static @Nullable LocalDate day(String typed) {
      return typed.isEmpty() ? null : LocalDate.parse(typed);
    }
  }

  @Schema(
      name = "RotationLayer",
      description =
          "Who takes turns for a role, and when. Of the layers of one role the first that has"
              + " somebody counts.")
  record LayerDocument(
      @Schema(description = "1 to 40 characters; `Primary` when left out.") @Nullable String role,
      @Schema(description = "`daily`, `weekly` or `custom`.") @Nullable String cadence,
      @Schema(
              description =
                  "Days such as `mon`: of a weekly cadence those of the hand-off, of a custom one"
                      + " in weeks its one day; else empty.")
          @Nullable List<String> days,
      @Schema(description = "Of a custom cadence: how many of `unit` a turn lasts; else null.")
          @Nullable Integer every,
      @Schema(description = "Of a custom cadence: `hours`, `days`, `weeks` or `months`; else null.")
          @Nullable String unit,
      @Schema(description = "The wall-clock time of the hand-off, `HH:MM`.", example = "09:00")
          @Nullable String time,
      @Schema(description = "A name of the tz database.", example = "Europe/Berlin")
          @Nullable String timeZone,
      @Schema(
              description =
                  "The days of duty, such as `mon`; each from its hand-off to the next day's. Every"
                      + " day when left out or empty.")
          @Nullable List<String> activeDays,
      @Schema(
              description =
                  "The hours of duty, such as `mon-fri 09:00-17:00`. All hours when left out or"
                      + " empty.")
          @Nullable List<String> hours,
      @Schema(description = "The holiday calendar whose days are free; null for none.")
          @Nullable UUID holidays,
      @Schema(
              description =
                  "`queue`, or `balanced`: whoever served the fewest hours is next. `queue` when"
                      + " left out.")
          @Nullable String order,
      @Schema(description = "`ask`, `skip` or `ignore`; `skip` when left out.")
          @Nullable String absences,
      @Schema(description = "In the order of their turns.") @Nullable List<PlaceDocument> people,
      @Schema(description = "The rule in words. Not read.", example = "every day at 09:00 (UTC)")
          @Nullable String schedule) {
    /// @param input the layer as somebody would have typed it
    static LayerDocument of(LayerInput input, Layer layer, Map<Participant, String> names) {
      boolean custom = input.cadence().equals("custom");
      return new LayerDocument(
          input.role(),
          input.cadence(),
          input.days(),
          custom ? Integer.valueOf(input.every()) : null,
          custom ? input.unit() : null,
          input.time(),
          input.timeZone(),
          input.activeDays(),
          input.hours().lines().toList(),
          input.holidays().isEmpty() ? null : UUID.fromString(input.holidays()),
          input.order(),
          input.absences(),
          input.people().stream().map(seat -> PlaceDocument.of(seat, names)).toList(),
          layer.times().describe());
    }

    LayerInput toInput() {
      return new LayerInput(
          text(role),
          text(cadence),
          list(days),
          text(every),
          text(unit),
          text(time),
          text(timeZone),
          list(activeDays),
          String.join("\n", list(hours)),
          text(holidays),
          text(order),
          text(absences),
          list(people).stream().map(PlaceDocument::toInput).toList());
    }
  }

  private static <T> List<T> list(@Nullable List<T> values) {
    return values == null ? List.of() : values;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
