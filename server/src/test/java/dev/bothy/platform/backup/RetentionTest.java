package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Which backups stay.
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  @Example
  void theNewestOfEachDayWeekAndMonthStays() {
    Retention retention = new Retention(2, 2, 2);

    Map<String, String> letters =
        letters(
            retention.classes(
                at(
                    "2026-11-27T02:00:00Z",
                    "2026-11-27T01:00:00Z",
                    "2026-11-26T02:00:00Z",
                    "2026-11-25T02:00:00Z",
                    "2026-11-22T02:00:00Z",
                    "2026-11-15T02:00:00Z",
                    "2026-10-31T02:00:00Z",
                    "2026-09-30T02:00:00Z")));

    assertThat(letters)
        .isEqualTo(
            Map.of(
                "2026-11-27T02:00:00Z", "DWM",
                "2026-11-27T01:00:00Z", "",
                "2026-11-26T02:00:00Z", "D",
                "2026-11-25T02:00:00Z", "",
                "2026-11-22T02:00:00Z", "W",
                "2026-11-15T02:00:00Z", "",
                "2026-10-31T02:00:00Z", "M",
                "2026-09-30T02:00:00Z", ""));
  }

  @Example
  void weeksBeginOnMondayAndBelongToTheirOwnYear() {
    // Sunday, and the Monday after it; Friday 1 January is of the last week of the year before.
    Map<String, String> letters =
        letters(
            new Retention(1, 8, 0)
                .classes(
                    at(
                        "2027-01-04T02:00:00Z",
                        "2027-01-03T02:00:00Z",
                        "2027-01-01T02:00:00Z",
                        "2026-12-31T02:00:00Z",
                        "2026-12-27T02:00:00Z")));

    assertThat(letters)
        .isEqualTo(
            Map.of(
                "2027-01-04T02:00:00Z", "DW",
                "2027-01-03T02:00:00Z", "W",
                "2027-01-01T02:00:00Z", "",
                "2026-12-31T02:00:00Z", "",
                "2026-12-27T02:00:00Z", "W"));
  }

  @Property
  void theNewestStaysAndNoClassHasMoreThanItsCount(
      @ForAll("backups") List<BackupId> all, @ForAll("retentions") Retention retention) {
    SortedMap<BackupId, Set<Retention.BackupClass>> classes = retention.classes(all);

    assertThat(classes.keySet()).containsExactlyInAnyOrderElementsOf(Set.copyOf(all));
    assertThat(classes.get(classes.firstKey())).contains(Retention.BackupClass.Daily);
    assertThat(count(classes, Retention.BackupClass.Daily))
        .isLessThanOrEqualTo(Math.max(1, retention.daily()));
    assertThat(count(classes, Retention.BackupClass.Weekly))
        .isLessThanOrEqualTo(retention.weekly());
    assertThat(count(classes, Retention.BackupClass.Monthly))
        .isLessThanOrEqualTo(retention.monthly());
  }

  @Property
  void whatStaysOnceIsNotLostByLookingAgain(
      @ForAll("backups") List<BackupId> all, @ForAll("retentions") Retention retention) {
    Set<BackupId> kept = kept(retention.classes(all, NOW));

    assertThat(kept(retention.classes(kept, NOW))).isEqualTo(kept);
  }

  @Property
  void aClockThatRanAheadTakesNothingAway(
      @ForAll("backups") List<BackupId> all,
      @ForAll("retentions") Retention retention,
      @ForAll("backups") List<BackupId> others) {
    List<BackupId> withAhead = new ArrayList<>(all);
    others.forEach(
        other -> withAhead.add(BackupId.at(other.takenAt().plus(Duration.ofDays(20_000)))));

    Set<BackupId> stay = kept(retention.classes(withAhead, NOW));

    assertThat(stay).containsAll(kept(retention.classes(all, NOW)));
  }

  @Property
  void oneMoreTakesAwayAtMostOneOfEachClassHoweverFarAheadItIs(
      @ForAll("backups") List<BackupId> all, @ForAll("retentions") Retention retention) {
    Instant ahead = NOW.plus(Duration.ofDays(20_000));
    List<BackupId> withIt = new ArrayList<>(all);
    withIt.add(BackupId.at(ahead));
    Set<BackupId> before = kept(retention.classes(all, NOW));

    Set<BackupId> stay = kept(retention.classes(withIt, ahead));

    assertThat(before.stream().filter(each -> !stay.contains(each)).count()).isLessThanOrEqualTo(3);
  }

  @Provide
  Arbitrary<List<BackupId>> backups() {
    return Arbitraries.longs()
        .between(0, Duration.ofDays(900).toSeconds())
        .map(seconds -> BackupId.at(NOW.minusSeconds(seconds)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<Retention> retentions() {
    return Arbitraries.integers()
        .between(0, 12)
        .list()
        .ofSize(3)
        .map(counts -> new Retention(counts.get(0), counts.get(1), counts.get(2)));
  }

  private static long count(
      SortedMap<BackupId, Set<Retention.BackupClass>> classes, Retention.BackupClass one) {
    return classes.values().stream().filter(each -> each.contains(one)).count();
  }

  private static Set<BackupId> kept(SortedMap<BackupId, Set<Retention.BackupClass>> classes) {
    return classes.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<BackupId> at(String... times) {
    return IntStream.range(0, times.length)
        .mapToObj(i -> BackupId.at(Instant.parse(times[i])))
        .toList();
  }

  private static Map<String, String> letters(
      SortedMap<BackupId, Set<Retention.BackupClass>> classes) {
    return classes.entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey().takenAt().toString(),
                each ->
                    each.getValue().stream()
                        .map(one -> String.valueOf(one.letter()))
                        .collect(Collectors.joining())));
  }
}
