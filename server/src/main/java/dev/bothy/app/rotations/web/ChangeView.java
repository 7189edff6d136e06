package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.PlanChange;
import dev.bothy.app.rotations.plan.Change;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of the plan as pages show it.
///
/// @param words what it changes
/// @param from when it begins, in the rotation's zone
/// @param until when it ends
record ChangeView(UUID id, String words, String from, String until) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  static ChangeView of(PlanChange made, Map<Participant, String> names, ZoneId zone) {
    Change change = made.change();
    return new ChangeView(
        change.id(),
        words(change, names),
        time(change.span().start(), zone),
        time(change.span().end(), zone));
  }

  private static String words(Change change, Map<Participant, String> names) {
    return switch (change) {
      case Change.Set set -> name(set.person(), names) + " alone is " + set.role();
      case Change.Add add -> name(add.person(), names) + " is " + add.role() + " as well";
      case Change.Remove remove ->
          name(remove.person(), names) + " is not on duty" + role(remove.role());
      case Change.Replace replace ->
          name(replace.in(), names)
              + " serves for "
              + name(replace.out(), names)
              + role(replace.role())
              + how(replace.why());
      case Change.Temporary temporary ->
          "Temporary schedule of "
              + temporary.shifts().size()
              + (temporary.shifts().size() == 1 ? " shift" : " shifts");
    };
  }

  private static String role(@Nullable String role) {
    return role == null ? "" : " as " + role;
  }

  private static String how(Why why) {
    return switch (why) {
      case SWAP -> " (swap)";
      case COVER -> " (cover)";
      case TAKE_OVER -> " (took over)";
      case MOVE -> " (moved shift)";
      case TURN, ABSENCE, SET, REPLACE, ADD, TEMPORARY, REMOVED, EMPTY, NOBODY -> "";
    };
  }

  private static String name(Participant person, Map<Participant, String> names) {
    return names.getOrDefault(person, person.account());
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
