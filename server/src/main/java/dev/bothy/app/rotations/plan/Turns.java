package dev.bothy.app.rotations.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Walks through the turns of one layer, from where it stands on.
///
/// ## Who is passed over
///
/// - Whose account is not active any more keeps the place: back again, they serve when the order
///   reaches them.
/// - Who has yet to join, or has left by date, likewise.
/// - Who is absent for more than a quarter of the turn is skipped and owed: they serve next as soon
///   as they can, in the order in which they were skipped, and then the order goes on from where it
///   was. (rotation.app skips from the same share on.)
///
/// For a shorter absence, and for one that was not known when the turn began, somebody else serves
/// exactly those hours: the next in order who can. The turn counts as the person's.
///
/// If nobody can take a turn it is nobody's, the order waits, and whoever comes back before it ends
/// serves the rest of it. A turn without any active time is nobody's and moves nothing.
///
/// A place that is kept empty has its turn like a person, also when those before it are skipped.
/// While everybody is away nobody is on duty in it for that reason ([Why#NOBODY]) and not because
/// it is kept empty.
///
/// ## Who has served how long
///
/// In balanced order each hour counts for whoever serves it, with the changes of the plan. Whoever
/// joins begins with what the one of the others has who served least, and not with the next weeks
/// alone. It is counted in whole seconds and from one on, since that is how it is stored: zero is
/// told from nothing yet.
final class Turns {
  /// An absence of more than one part in this many skips the person.
  private static final int SHARE = 4;

  private static final Duration LEAST_SERVED = Duration.ofSeconds(1);

  private final Layer layer;
  private final Plan plan;
  private final Roster roster;
  private final boolean balanced;
  private Instant start;
  private Instant end;
  private @Nullable Participant person;
  private int place;
  private final List<Participant> owed;
  private final Map<Participant, Duration> served;
  private LocalDate day;
  private List<Span> active;

  Turns(Plan plan, Layer layer) {
    Cursor cursor = plan.cursor(layer);
    this.plan = plan;
    this.layer = layer;
    this.roster = layer.roster();
    this.balanced = layer.order() == Order.BALANCED;
    this.start = cursor.since();
    this.end = layer.times().nextAfter(start);
    this.person = cursor.person();
    this.place = cursor.place();
    this.owed = new ArrayList<>(cursor.owed());
    this.served = balanced ? new HashMap<>(cursor.served()) : new HashMap<>();
    this.day = dayOf(start);
    this.active = layer.activity().within(new Span(start, end), layer.times());
    owed.retainAll(roster.people());
    served.keySet().retainAll(roster.people());
  }

  /// When the turn began.
  Instant start() {
    return start;
  }

  /// When the next one begins.
  Instant end() {
    return end;
  }

  Cursor cursor() {
    return new Cursor(start, person, place, owed, served);
  }

  /// Begins the layer's first turn at the cursor's time: of the person who had it last, or of the
  /// next who can. If the one who had it last cannot now, or it has no active time, they have the
  /// next that they can.
  void begin() {
    Participant last = person;
    boolean goesOn =
        last != null && placeOf(last).filter(there -> mayServe(there, last)).isPresent();
    if (last != null && goesOn && !balanced) {
      owed.remove(last);
      owed.addFirst(last);
    }
    if (last == null || !goesOn || !balanced || active.isEmpty() || isAwayForLong(last)) {
      choose();
    }
  }

  /// The next who can has the turn from now on.
  void passOn() {
    choose();
  }

  /// Goes to the next turn.
  void next() {
    if (balanced) {
      Changes.apply(pieces(), plan.changes(), new Span(start, end), layer.role())
          .forEach(this::count);
    }
    start = end;
    end = layer.times().nextAfter(start);
    day = dayOf(start);
    active = layer.activity().within(new Span(start, end), layer.times());
    choose();
  }

  /// Who serves when during the turn, before any other layer and any change.
  List<Assignment> pieces() {
    List<Assignment> pieces = new ArrayList<>();
    Participant whose = person;
    if (whose == null) {
      boolean empty = isEmptyPlace();
      for (Span span : active) {
        if (empty) {
          pieces.addAll(keptEmpty(span));
        } else {
          standIn(span, null, pieces);
        }
      }
      return pieces;
    }
    List<Span> absent = away(whose);
    for (Span span : active) {
      if (absent.isEmpty()) {
        pieces.add(piece(span, whose, Why.TURN, null));
        continue;
      }
      for (Span present : span.without(absent)) {
        pieces.add(piece(present, whose, Why.TURN, null));
      }
      for (Span gap : span.common(absent)) {
        standIn(gap, whose, pieces);
      }
    }
    return pieces;
  }

  /// What is kept empty on purpose is so while somebody could serve. With everybody away it is not
  /// by choice any more that nobody does, and whoever looks after the rotation is to hear of it.
  private List<Assignment> keptEmpty(Span span) {
    List<Span> nobodyThere = List.of(span);
    for (Participant each : candidates().keySet()) {
      nobodyThere = nobodyThere.stream().flatMap(left -> left.common(away(each)).stream()).toList();
    }
    return Stream.concat(
            span.without(nobodyThere).stream().map(part -> piece(part, null, Why.EMPTY, null)),
            nobodyThere.stream().map(part -> piece(part, null, Why.NOBODY, null)))
        .toList();
  }

  private void choose() {
    if (active.isEmpty()) {
      person = null;
    } else if (balanced) {
      chooseByHours();
    } else {
      chooseByOrder();
    }
  }

  private void chooseByOrder() {
    for (Participant each : owed) {
      if (placeOf(each)
          .filter(there -> mayServe(there, each) && !isAwayForLong(each))
          .isPresent()) {
        owed.remove(each);
        person = each;
        return;
      }
    }
    List<Participant> skipped = new ArrayList<>();
    for (Roster.Place next : roster.inOrderAfter(place)) {
      Participant candidate = next.person();
      if (candidate == null) {
        if (next.servesOn(day)) {
          take(next, skipped);
          return;
        }
      } else if (mayServe(next, candidate)) {
        if (!isAwayForLong(candidate)) {
          take(next, skipped);
          return;
        }
        if (!owed.contains(candidate)) {
          skipped.add(candidate);
        }
      }
    }
    person = null;
  }

  private void take(Roster.Place next, List<Participant> skipped) {
    person = next.person();
    place = next.number();
    owed.addAll(skipped);
  }

  private void chooseByHours() {
    Map<Participant, Roster.Place> candidates = candidates();
    Duration least =
        candidates.keySet().stream()
            .flatMap(each -> Optional.ofNullable(served.get(each)).stream())
            .min(Duration::compareTo)
            .orElse(LEAST_SERVED);
    person = null;
    Duration fewest = null;
    for (Map.Entry<Participant, Roster.Place> next : candidates.entrySet()) {
      Duration hours = served.computeIfAbsent(next.getKey(), _ -> least);
      if (!isAwayForLong(next.getKey()) && (fewest == null || hours.compareTo(fewest) < 0)) {
        person = next.getKey();
        place = next.getValue().number();
        fewest = hours;
      }
    }
  }

  private void count(Assignment piece) {
    Participant who = piece.person();
    if (who != null) {
      Duration length = piece.span().length().truncatedTo(ChronoUnit.SECONDS);
      served.computeIfPresent(who, (_, before) -> before.plus(length));
    }
  }

  /// Somebody serves a span in another's place: one person for all of it if there is one, else
  /// whoever can for as long as they can.
  private void standIn(Span span, @Nullable Participant of, List<Assignment> into) {
    List<Participant> candidates =
        candidates().keySet().stream().filter(each -> !each.equals(of)).toList();
    Span left = span;
    while (true) {
      Span open = left;
      Optional<Participant> whole = free(candidates, each -> !isAway(each, open));
      if (whole.isPresent()) {
        into.add(piece(open, whole.get(), Why.ABSENCE, of));
        return;
      }
      Optional<Participant> first = free(candidates, each -> !isAwayAt(each, open.start()));
      Instant until =
          first
              .map(each -> firstBoundary(List.of(each), open))
              .orElseGet(() -> firstBoundary(candidates, open));
      Why why = first.isPresent() ? Why.ABSENCE : Why.NOBODY;
      into.add(piece(new Span(open.start(), until), first.orElse(null), why, of));
      if (!until.isBefore(open.end())) {
        return;
      }
      left = new Span(until, open.end());
    }
  }

  /// Those whose turn it may be, absent or not, as they follow the place.
  private Map<Participant, Roster.Place> candidates() {
    Map<Participant, Roster.Place> candidates = new LinkedHashMap<>();
    for (Roster.Place next : roster.inOrderAfter(place)) {
      Participant candidate = next.person();
      if (candidate != null && mayServe(next, candidate)) {
        candidates.put(candidate, next);
      }
    }
    return candidates;
  }

  private static Optional<Participant> free(
      List<Participant> candidates, Predicate<Participant> can) {
    return candidates.stream().filter(can).findFirst();
  }

  /// When somebody's absence begins or ends first within the span; its end if none does.
  private Instant firstBoundary(List<Participant> people, Span span) {
    return people.stream()
        .flatMap(each -> away(each).stream())
        .flatMap(away -> Stream.of(away.start(), away.end()))
        .filter(at -> at.isAfter(span.start()) && at.isBefore(span.end()))
        .min(Instant::compareTo)
        .orElse(span.end());
  }

  private Optional<Roster.Place> placeOf(Participant who) {
    return roster.places().stream().filter(each -> who.equals(each.person())).findFirst();
  }

  private boolean isEmptyPlace() {
    return roster.at(place).filter(each -> each.person() == null && each.servesOn(day)).isPresent();
  }

  private boolean mayServe(Roster.Place there, Participant who) {
    return !plan.gone().contains(who) && there.servesOn(day);
  }

  private LocalDate dayOf(Instant at) {
    return at.atZone(layer.times().zone()).toLocalDate();
  }

  private boolean isAwayForLong(Participant who) {
    if (!isAway(who, new Span(start, end))) {
      return false;
    }
    Duration missing = Duration.ZERO;
    for (Span span : active) {
      missing = missing.plus(Span.total(span.common(away(who))));
    }
    return missing.multipliedBy(SHARE).compareTo(Span.total(active)) > 0;
  }

  private boolean isAway(Participant who, Span span) {
    for (Span each : away(who)) {
      if (each.overlaps(span)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAwayAt(Participant who, Instant at) {
    return away(who).stream().anyMatch(span -> span.contains(at));
  }

  private List<Span> away(Participant who) {
    return layer.absences() == AbsenceMode.IGNORE
        ? List.of()
        : plan.away().getOrDefault(who, List.of());
  }

  private Assignment piece(
      Span span, @Nullable Participant who, Why why, @Nullable Participant of) {
    return new Assignment(layer.role(), who, span.start(), span.end(), start, why, of, null);
  }
}
