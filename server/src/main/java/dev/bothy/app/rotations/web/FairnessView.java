package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.fairness.Balance;
import dev.bothy.app.rotations.fairness.QualityReport;
import dev.bothy.app.rotations.fairness.Served;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// How duty is shared out, as its page shows it.
///
/// @param connection whose people they are
/// @param team the team's totals in words
/// @param bars one for each person that the viewer sees
/// @param score 0 to 100
/// @param findings what is wrong, in words; empty when nothing is
/// @param more how many findings are not shown
record FairnessView(
    String connection, String team, List<Bar> bars, int score, List<String> findings, int more) {
  private static final int MOST_FINDINGS = 20;

  /// How wide the longest bar is, in units of the picture.
  private static final double WIDTH = 1000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  /// One person's bar: on workdays, on weekends and on holidays, one beside the other.
  ///
  /// @param own whether it is the viewer
  /// @param workdays its width, 0 to 1000
  /// @param words what it says
  /// @param covers what they did for others and others for them; empty if nothing
  record Bar(
      String person,
      boolean own,
      String total,
      int turns,
      int workdays,
      int weekends,
      int holidays,
      String words,
      String covers) {}

  static FairnessView of(FairnessDesk.Shares shares, ZoneId zone) {
    long longest =
        shares.people().stream().mapToLong(each -> each.total().toSeconds()).max().orElse(0);
    List<String> findings = findings(shares, zone);
    return new FairnessView(
        shares.connection(),
        team(shares),
        shares.people().stream().map(each -> bar(each, shares, longest)).toList(),
        shares.quality().score(),
        findings.stream().limit(MOST_FINDINGS).toList(),
        Math.max(0, findings.size() - MOST_FINDINGS));
  }

  private static String team(FairnessDesk.Shares shares) {
    return shares
        .totals()
        .map(total ->
            "%d people were or are on duty, %s together, %s each on average."
                .formatted(shares.team(), hours(total), hours(total.dividedBy(shares.team()))))
        .orElse(
            shares.team() == 0
                ? "Nobody was or is on duty in this time."
                : "Fewer than %d people were or are on duty: totals would tell of one of them."
                    .formatted(FairnessDesk.TEAM));
  }

  private static Bar bar(Served served, FairnessDesk.Shares shares, long longest) {
    return new Bar(
        name(served.person(), shares.names()),
        shares.own().contains(served.person()),
        hours(served.total()),
        served.turns(),
        width(served.workdays(), longest),
        width(served.weekends(), longest),
        width(served.holidays(), longest),
        "%s on workdays, %s on weekends, %s on holidays; of it %s at night"
            .formatted(
                hours(served.workdays()),
                hours(served.weekends()),
                hours(served.holidays()),
                hours(served.nights())),
        covers(served));
  }

  private static String covers(Served served) {
    List<String> said = new ArrayList<>();
    if (served.covers() > 0) {
      said.add("served %s in turns of others".formatted(hours(served.forOthers())));
    }
    if (served.covered() > 0) {
      said.add("others served %s of their turns".formatted(hours(served.byOthers())));
    }
    return String.join("; ", said);
  }

  private static List<String> findings(FairnessDesk.Shares shares, ZoneId zone) {
    QualityReport quality = shares.quality();
    Map<UUID, String> rotations = new HashMap<>();
    shares.rotations().forEach(rotation -> rotations.put(rotation.id(), rotation.name()));
    List<String> findings = new ArrayList<>();
    for (QualityReport.Gap gap : quality.gaps()) {
      findings.add(
          "Nobody is on duty: %s, %s to %s."
              .formatted(
                  place(gap.place(), rotations),
                  time(gap.span().start(), zone),
                  time(gap.span().end(), zone)));
    }
    for (QualityReport.DoubleBooking booking : quality.doubleBookings()) {
      boolean seen = shares.everybody() || shares.own().contains(booking.person());
      findings.add(
          "%s is on duty twice: %s and %s, %s to %s."
              .formatted(
                  seen ? name(booking.person(), shares.names()) : "Somebody",
                  place(booking.first(), rotations),
                  place(booking.second(), rotations),
                  time(booking.span().start(), zone),
                  time(booking.span().end(), zone)));
    }
    Balance balance = quality.balance();
    if (balance.score() < 100 && shares.team() >= FairnessDesk.TEAM) {
      findings.add("Hours are not shared evenly: %d of 100.".formatted(balance.score()));
    }
    for (Balance.Overloaded overloaded : balance.overloaded()) {
      if (shares.everybody() || shares.own().contains(overloaded.person())) {
        findings.add(
            "%s serves %d %% more than the mean."
                .formatted(name(overloaded.person(), shares.names()), overloaded.percent()));
      }
    }
    return findings;
  }

  /// `12 h 30 min`.
  static String hours(Duration length) {
    long minutes = length.toMinutes();
    return minutes % 60 == 0
        ? minutes / 60 + " h"
        : (minutes >= 60 ? minutes / 60 + " h " : "") + minutes % 60 + " min";
  }

  private static int width(Duration length, long longest) {
    return longest == 0 ? 0 : (int) Math.round(WIDTH * length.toSeconds() / longest);
  }

  private static String place(QualityReport.Place place, Map<UUID, String> rotations) {
    return rotations.getOrDefault(place.rotation(), "") + ", " + place.role();
  }

  private static String name(Participant person, Map<Participant, String> names) {
    return names.getOrDefault(person, person.account());
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
