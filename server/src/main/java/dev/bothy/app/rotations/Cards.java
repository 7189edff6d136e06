package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Action;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Button.Style;
import dev.bothy.platform.chat.Content.Field;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What rotations say in chat. Times are in the rotation's zone and name it. In the channel the
/// person on duty is mentioned, so that the network tells them; everybody else goes by name.
final class Cards {
  static final String SHOW = "rotations.show";
  static final String WRITE_NOTE = "rotations.write-note";
  static final String PAUSE = "rotations.pause";
  static final String RESUME = "rotations.resume";
  static final String DELETE = "rotations.delete";
  static final String DELETE_CONFIRMED = "rotations.delete-confirmed";
  static final String UNDO_DELETE = "rotations.undo-delete";
  static final String NEW = "rotations.new";

  private static final int MOST_NAMES = 20;
  private static final int MOST_LISTED = 30;
  private static final int MOST_MOVED = 5;
  private static final RichText EMPTY = new RichText(List.of());
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  private Cards() {}

  /// The card in the channel.
  ///
  /// @param missed how many hand-offs went by unannounced before this one
  static Content card(Rotation rotation, long missed, Function<Participant, String> name) {
    if (!rotation.active()) {
      return new Content(
          EMPTY.bold(rotation.name()).plain(" is paused. Nobody is on duty until it is resumed."),
          List.of(howOften(rotation)),
          List.of(button(RESUME, "Resume", rotation.id(), Style.PRIMARY)));
    }
    RichText text = EMPTY.bold(rotation.name()).plain(": ");
    boolean several = rotation.duties().size() > 1;
    for (RoleDuty duty : rotation.duties()) {
      text = several ? text.plain("\n" + duty.role() + ": ") : text;
      text = text.and(DutyWords.mentions(duty));
    }
    if (missed > 0) {
      text =
          text.plain(
              missed == 1
                  ? " One hand-off went by while Bothy was away."
                  : " " + missed + " hand-offs went by while Bothy was away.");
    }
    List<Field> fields = DutyWords.fields(rotation, name);
    fields.add(howOften(rotation));
    List<Action> actions = new ArrayList<>();
    actions.add(button(SHOW, "Show rotation", rotation.id(), Style.NORMAL));
    actions.addAll(ShiftCards.takeOver(rotation, name));
    return new Content(text, fields, actions);
  }

  /// What the card becomes once others are on duty.
  ///
  /// @param people who were, until then
  static Content pastCard(
      String rotation,
      List<Participant> people,
      Instant end,
      ZoneId zone,
      Function<Participant, String> name) {
    String were = people.size() > 1 ? " were" : " was";
    return Content.of(
        EMPTY
            .bold(rotation)
            .plain(": " + DutyWords.names(people, name) + were + " on duty until ")
            .plain(time(end, zone) + "."));
  }

  /// What the channel hears when somebody of the rotation left the workspace.
  ///
  /// @param last whether nobody is left in the order
  static Content left(
      String rotation, Participant person, boolean last, Function<Participant, String> name) {
    RichText text =
        EMPTY
            .plain(name.apply(person) + "'s place in ")
            .bold(rotation)
            .plain(" was handed over because they left the workspace.");
    return Content.of(
        last
            ? text.plain(" Nobody is left to take a turn: edit the rotation to add people.")
            : text);
  }

  /// The direct message to the person who takes over.
  static Content takeOver(
      Rotation rotation, ShiftEntity shift, Function<Participant, String> name) {
    RoleDuty duty = rotation.duty(shift.role());
    RichText text = EMPTY.plain("You are on duty for ").bold(rotation.name());
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Until", RichText.of(time(shift.endsAt(), rotation.zone()))));
    List<Participant> others =
        duty.people().stream().filter(each -> !shift.person().equals(Optional.of(each))).toList();
    if (!others.isEmpty()) {
      fields.add(new Field("With", RichText.of(DutyWords.names(others, name))));
    }
    fields.add(new Field("Next", RichText.of(DutyWords.names(duty.next(), name))));
    return new Content(
        rotation.duties().size() > 1 ? text.plain(" as " + duty.role() + ".") : text.plain("."),
        fields,
        List.of(
            button(WRITE_NOTE, "Write hand-off note", shift.id(), Style.PRIMARY),
            button(SHOW, "Show rotation", rotation.id(), Style.NORMAL)));
  }

  /// What the direct message becomes once the turn is over: no buttons, since they would act on
  /// somebody else's shift.
  static Content turnOver(
      String rotation,
      Instant end,
      ZoneId zone,
      List<Participant> next,
      Function<Participant, String> name) {
    String took = next.isEmpty() ? "" : " " + DutyWords.names(next, name) + " took over.";
    return Content.of(
        EMPTY
            .plain("Your turn in ")
            .bold(rotation)
            .plain(" ended " + time(end, zone) + "." + took));
  }

  /// What somebody is told whose shifts to come are at other times now.
  static Content moved(UUID id, String rotation, Moved moved, ZoneId zone) {
    List<Field> fields = new ArrayList<>();
    if (!moved.lost().isEmpty()) {
      fields.add(new Field("No longer yours", RichText.of(spans(moved.lost(), zone))));
    }
    if (!moved.gained().isEmpty()) {
      fields.add(new Field("Now yours", RichText.of(spans(moved.gained(), zone))));
    }
    return new Content(
        EMPTY.plain("Your shifts in ").bold(rotation).plain(" have changed."),
        fields,
        List.of(button(SHOW, "Show rotation", id, Style.NORMAL)));
  }

  private static String spans(List<Span> spans, ZoneId zone) {
    String shown =
        spans.stream()
            .limit(MOST_MOVED)
            .map(span -> time(span, zone))
            .collect(Collectors.joining("\n"));
    int more = spans.size() - MOST_MOVED;
    return more > 0 ? shown + "\nand " + more + " more within four weeks" : shown;
  }

  /// A hand-off note.
  ///
  /// @param remark follows the author's name; may be empty
  static Content note(
      String rotation, HandoffNotes.Note note, String remark, Function<Participant, String> name) {
    return Content.of(
        EMPTY
            .bold("Hand-off note for " + rotation + " from " + name.apply(note.author()) + remark)
            .plain("\n" + note.text()));
  }

  /// What the card of a pause becomes once somebody is on duty again.
  static Content resumed(String rotation, Instant at, ZoneId zone) {
    return Content.of(EMPTY.bold(rotation).plain(" goes on since " + time(at, zone) + "."));
  }

  /// One rotation with its coming shifts and what can be done with it.
  static Content details(
      Rotation rotation,
      List<Shift> coming,
      Participant reader,
      Function<Participant, String> name) {
    ZoneId zone = rotation.times().zone();
    RichText text = EMPTY.bold(rotation.name());
    if (!rotation.active()) {
      text = text.plain(" is paused. Nobody is on duty until it is resumed.");
    } else {
      text = text.plain(": ");
      boolean several = rotation.duties().size() > 1;
      for (RoleDuty duty : rotation.duties()) {
        text = several ? text.plain("\n" + duty.role() + ": ") : text;
        text = text.plain(DutyWords.sentence(duty, zone, name));
      }
    }
    List<Field> fields = new ArrayList<>();
    if (!coming.isEmpty()) {
      String list =
          coming.stream()
              .map(shift -> time(shift.start(), zone) + "  " + coming(rotation, shift, name))
              .collect(Collectors.joining("\n"));
      fields.add(new Field("Coming", RichText.of(list)));
    }
    fields.add(howOften(rotation));
    fields.add(new Field("People", RichText.of(people(rotation.people(), name))));
    List<Action> actions = new ArrayList<>();
    rotation
        .shiftOf(reader)
        .ifPresent(
            shift -> actions.add(button(WRITE_NOTE, "Write hand-off note", shift, Style.NORMAL)));
    actions.add(
        rotation.paused()
            ? button(RESUME, "Resume", rotation.id(), Style.PRIMARY)
            : button(PAUSE, "Pause", rotation.id(), Style.NORMAL));
    actions.add(button(DELETE, "Delete", rotation.id(), Style.DANGER));
    return new Content(text, fields, actions);
  }

  /// All rotations with who is on duty.
  ///
  /// @param onDuty who and until when
  static Content list(List<Rotation> rotations, Function<Rotation, String> onDuty) {
    Button create = new Button(NEW, "New rotation", "", Style.PRIMARY);
    if (rotations.isEmpty()) {
      return Content.of("There is no rotation yet.").withActions(create);
    }
    RichText title =
        RichText.of(rotations.size() == 1 ? "One rotation" : rotations.size() + " rotations");
    return Content.of(title.and(lines(rotations, onDuty))).withActions(create);
  }

  /// A line for each rotation, each after a line break.
  private static RichText lines(List<Rotation> rotations, Function<Rotation, String> onDuty) {
    RichText text = EMPTY;
    for (Rotation rotation : rotations.stream().limit(MOST_LISTED).toList()) {
      String state = rotation.active() ? onDuty.apply(rotation) : "paused";
      text = text.plain("\n• ").bold(rotation.name()).plain(": " + state);
    }
    int more = rotations.size() - MOST_LISTED;
    return more > 0
        ? text.plain("\n• and " + more + " more; /rotation show <name> finds each")
        : text;
  }

  /// What the Home tab shows to one person.
  ///
  /// @param theirs the rotations that the person is in
  /// @param others the other rotations of the connection
  /// @param answer stands first, when the person has just asked for something
  static Content home(
      List<Rotation> theirs,
      List<Rotation> others,
      Function<Rotation, String> onDuty,
      @Nullable RichText answer) {
    RichText text = answer == null ? EMPTY : answer.plain("\n\n");
    if (theirs.isEmpty() && others.isEmpty()) {
      text =
          text.plain("There is no rotation yet. People take turns, and the turn passes by itself:")
              .plain(" type ")
              .code("/rotation new")
              .plain(" in the channel that is to know who is on duty.");
    }
    if (!theirs.isEmpty()) {
      text = text.bold("Rotations that you are in").and(lines(theirs, onDuty));
    }
    if (!others.isEmpty()) {
      text = theirs.isEmpty() ? text : text.plain("\n\n");
      String title = theirs.isEmpty() ? "Rotations" : "Other rotations";
      text = text.bold(title).and(lines(others, onDuty));
    }
    return Content.of(text).withActions(new Button(NEW, "New rotation", "", Style.PRIMARY));
  }

  /// Where a rotation is made, for somebody who asked where none can be.
  static RichText whereToMake() {
    return EMPTY
        .plain("A rotation lives in a channel, which is told who is on duty. Type ")
        .code("/rotation new")
        .plain(" in that channel to open the form.");
  }

  static Content askBeforeDeleting(Rotation rotation) {
    return Content.of(
            EMPTY
                .plain("Delete ")
                .bold(rotation.name())
                .plain(
                    "? Hand-offs stop at once. It goes into the bin, and can be brought back from there."))
        .withActions(button(DELETE_CONFIRMED, "Delete", rotation.id(), Style.DANGER));
  }

  /// What the card becomes when the rotation is deleted.
  ///
  /// @param goesAt when it is gone for good
  static Content deleted(Rotation rotation, Instant goesAt) {
    ZoneId zone = rotation.times().zone();
    return Content.of(
            EMPTY
                .bold(rotation.name())
                .plain(" was deleted. It can be brought back until ")
                .plain(time(goesAt, zone) + " (" + zone.getId() + ")."))
        .withActions(button(UNDO_DELETE, "Undo", rotation.id(), Style.NORMAL));
  }

  /// That something was done.
  static Content confirmed(Rotation rotation, String what) {
    return Content.of(EMPTY.bold(rotation.name()).plain(what));
  }

  /// What is wrong, a line for each field.
  static Content problems(List<Problem> problems) {
    return Content.of(problems.stream().map(Problem::message).collect(Collectors.joining("\n")));
  }

  static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone)) + " (" + zone + ")";
  }

  static String time(Span span, ZoneId zone) {
    return clock(span.start(), zone) + " to " + time(span.end(), zone);
  }

  /// Without the zone, where that is known.
  static String clock(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  private static Field howOften(Rotation rotation) {
    return new Field("Hand-off", RichText.of(rotation.times().describe()));
  }

  /// The first of the names, as many as a card has room for, and how many there are besides.
  private static String people(List<Participant> people, Function<Participant, String> name) {
    if (people.isEmpty()) {
      return "nobody takes turns";
    }
    String shown = people.stream().limit(MOST_NAMES).map(name).collect(Collectors.joining(", "));
    int more = people.size() - MOST_NAMES;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static String coming(Rotation rotation, Shift shift, Function<Participant, String> name) {
    Participant person = shift.person();
    String who = person == null ? "nobody" : name.apply(person);
    String beside = shift.why() == Why.ADD ? " as well" : "";
    return (rotation.duties().size() > 1 ? shift.role() + ": " : "") + who + beside;
  }

  private static Button button(String id, String label, UUID value, Style style) {
    return new Button(id, label, value.toString(), style);
  }
}
