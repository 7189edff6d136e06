package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Button.Style;
import dev.bothy.platform.chat.Content.Field;
import dev.bothy.platform.chat.RichText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What rotations say beside hand-offs. Times are in the rotation's zone and name it.
final class TellingCards {
  static final String SKIP = TellingChat.ID + ".skip";
  static final String KEEP = TellingChat.ID + ".keep";

  private static final int MOST = 30;
  private static final RichText EMPTY = new RichText(List.of());
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  private TellingCards() {}

  /// @param role null when there is only one
  static Content reminder(
      UUID id, String rotation, @Nullable String role, Assignment shift, ZoneId zone) {
    return new Content(
        EMPTY
            .plain("Your shift in ")
            .bold(rotation)
            .plain((role == null ? "" : " as " + role) + " is about to begin."),
        List.of(
            new Field("From", RichText.of(Cards.time(shift.start(), zone))),
            new Field("Until", RichText.of(Cards.time(shift.end(), zone)))),
        List.of(show(id)));
  }

  static Content gaps(UUID id, String rotation, String role, List<Span> gaps, ZoneId zone) {
    String times =
        gaps.stream()
            .limit(MOST)
            .map(
                gap -> TIME.format(gap.start().atZone(zone)) + " to " + Cards.time(gap.end(), zone))
            .collect(Collectors.joining("\n"));
    return new Content(
        EMPTY
            .plain("Nobody is going to be on duty in ")
            .bold(rotation)
            .plain(" as " + role + ": nobody of the rotation is available then."),
        List.of(new Field("When", RichText.of(times))),
        List.of(show(id)));
  }

  static Content askWhetherKept(
      UUID id, String rotation, Absence absence, Assignment shift, ZoneId zone) {
    String value = id + " " + absence.id();
    return new Content(
        EMPTY
            .plain("You are away during a turn of yours in ")
            .bold(rotation)
            .plain(". Unless you keep it, somebody else serves."),
        List.of(
            new Field("Away", RichText.of(span(absence.from(), absence.to(), zone))),
            new Field("Your turn", RichText.of(span(shift.start(), shift.end(), zone)))),
        List.of(
            new Button(SKIP, "Skip me", value, Style.PRIMARY),
            new Button(KEEP, "I keep it", value, Style.NORMAL)));
  }

  /// What the owners hear of a question.
  static Content asked(UUID id, String rotation, Absence absence, Assignment shift, ZoneId zone) {
    return new Content(
        EMPTY
            .mention(absence.account())
            .plain(" is away during a turn of theirs in ")
            .bold(rotation)
            .plain(", and was asked whether they keep it. Unless they do, somebody else serves."),
        List.of(
            new Field("Away", RichText.of(span(absence.from(), absence.to(), zone))),
            new Field("Their turn", RichText.of(span(shift.start(), shift.end(), zone)))),
        List.of(show(id)));
  }

  static Content answered(String rotation, boolean keep) {
    return Content.of(
        EMPTY
            .plain(keep ? "You keep your turn in " : "Somebody else serves your turn in ")
            .bold(rotation)
            .plain(keep ? " in spite of your absence." : " while you are away."));
  }

  static Content week(
      UUID id,
      String rotation,
      List<Assignment> shifts,
      ZoneId zone,
      Function<Participant, String> name) {
    long roles = shifts.stream().map(Assignment::role).distinct().count();
    RichText text = EMPTY.bold(rotation).plain(": the next seven days (" + zone + ")");
    for (Assignment each : shifts.stream().limit(MOST).toList()) {
      Participant person = each.person();
      text =
          text.plain(
              "\n• "
                  + TIME.format(each.start().atZone(zone))
                  + (roles > 1 ? "  " + each.role() : "")
                  + "  "
                  + (person == null ? "nobody" : name.apply(person)));
    }
    int more = shifts.size() - MOST;
    text = more > 0 ? text.plain("\n• and " + more + " more") : text;
    return new Content(text, List.of(), List.of(show(id)));
  }

  /// Plain text, since a topic has no format.
  static String topic(
      String rotation, List<ShiftEntity> current, ZoneId zone, Function<Participant, String> name) {
    if (current.isEmpty()) {
      return rotation + ": nobody is on duty now";
    }
    boolean several = current.stream().map(ShiftEntity::role).distinct().count() > 1;
    return rotation
        + ": "
        + current.stream()
            .map(shift ->
                (several ? shift.role() + " " : "")
                    + shift.person().map(name).orElse("nobody")
                    + " until "
                    + Cards.time(shift.endsAt(), zone))
            .collect(Collectors.joining(", "));
  }

  static Content groupStays(String rotation) {
    return Content.of(
        EMPTY
            .plain("Nobody is on duty in ")
            .bold(rotation)
            .plain(
                ". Its group still names whoever was on duty last, since a group cannot be empty."));
  }

  private static String span(Instant from, Instant to, ZoneId zone) {
    return TIME.format(from.atZone(zone)) + " to " + Cards.time(to, zone);
  }

  private static Button show(UUID id) {
    return new Button(Cards.SHOW, "Show rotation", id.toString(), Style.NORMAL);
  }
}
