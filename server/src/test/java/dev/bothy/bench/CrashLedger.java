package dev.bothy.bench;

import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.chat.slack.SlackCall;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a crash run left: every acknowledged delivery against its effects.
///
/// @param lost acknowledged, and without its effect in the database
/// @param doubled with its effect more than once in the database
/// @param unsent with its effect in the database, but its message never reached the network
/// @param disordered those whose message reached the network after one that was sent later
/// @param repeated messages that reached the network more than once because a kill left in doubt
///   whether they had been sent
/// @param unexplained messages that did so and no kill explains it
/// @param dead inbox and outbox rows that were dead-lettered
record CrashLedger(
    CrashPlan plan,
    Duration took,
    int acknowledged,
    int givenUp,
    int effectsOfGivenUp,
    Map<String, Long> answers,
    Map<CrashCast.Part, Integer> kills,
    Set<Integer> lost,
    Set<Integer> doubled,
    Set<Integer> unsent,
    Set<Integer> disordered,
    int messages,
    int inDoubt,
    int repeated,
    Set<String> unexplained,
    long dead) {

  static CrashLedger of(
      CrashPlan plan,
      Duration took,
      CrashDeliveries deliveries,
      CrashCast cast,
      BenchDatabase database,
      FakeSlack slack)
      throws SQLException {
    Map<Integer, Integer> effects = effects(plan, database);
    Set<Integer> acknowledged = deliveries.acknowledged();
    Posts posts = Posts.of(slack);

    Set<Integer> lost = new TreeSet<>();
    Set<Integer> doubled = new TreeSet<>();
    Set<Integer> unsent = new TreeSet<>();
    for (int number = 0; number < plan.deliveries(); number++) {
      int times = effects.getOrDefault(number, 0);
      if (times == 0 && acknowledged.contains(number)) {
        lost.add(number);
      }
      Set<String> messages = posts.messagesOf(number);
      if (times > 1 || messages.size() > 1) {
        doubled.add(number);
      }
      if (times > 0 && messages.isEmpty() && !plan.makesRotation(number)) {
        unsent.add(number);
      }
    }
    for (String name : database.texts("select name from rotation")) {
      if (!posts.cards.contains(name)) {
        unsent.add(delivery(name));
      }
    }

    Map<String, List<Instant>> attempts = attempts(database);
    List<CrashCast.Kill> kills = cast.kills();
    int repeated = 0;
    Set<String> unexplained = new TreeSet<>();
    for (Map.Entry<String, List<Instant>> each : posts.arrivals.entrySet()) {
      List<Instant> arrivals = each.getValue();
      String message = each.getKey().substring(0, each.getKey().indexOf('/'));
      for (int place = 1; place < arrivals.size(); place++) {
        List<Instant> tries = attempts.getOrDefault(message, List.of());
        if (inDoubtBetween(tries, kills, arrivals.get(place - 1), arrivals.get(place))) {
          repeated++;
          System.err.printf(
              "In doubt at a kill and repeated: message %s in %s, attempts %s, arrivals %s%n",
              message, posts.channels.get(each.getKey()), tries, arrivals);
        } else {
          System.err.printf(
              "Repeated without a kill: message %s, attempts %s, arrivals %s; kills %s%n",
              message, tries, arrivals, kills);
          unexplained.add(each.getKey());
        }
      }
    }
    Map<CrashCast.Part, Integer> byPart = new LinkedHashMap<>();
    cast.kills().forEach(kill -> byPart.merge(kill.part(), 1, Integer::sum));
    return new CrashLedger(
        plan,
        took,
        acknowledged.size(),
        deliveries.givenUp().size(),
        (int) deliveries.givenUp().stream().filter(number -> effects.containsKey(number)).count(),
        deliveries.answers(),
        byPart,
        lost,
        doubled,
        unsent,
        disordered(plan, acknowledged, posts),
        posts.arrivals.size(),
        (int) attempts.values().stream().filter(tries -> tries.size() > 1).count(),
        repeated,
        unexplained,
        database.number(
            "select (select count(*) from inbox_item where state = 'dead')"
                + " + (select count(*) from outbox_item where state = 'dead')"));
  }

  /// Whether nothing of it is against what is promised.
  boolean kept() {
    return lost.isEmpty()
        && doubled.isEmpty()
        && unsent.isEmpty()
        && disordered.isEmpty()
        && unexplained.isEmpty()
        && dead == 0;
  }

  /// How often each delivery had its effect: an audit entry, or a rotation.
  private static Map<Integer, Integer> effects(CrashPlan plan, BenchDatabase database)
      throws SQLException {
    Map<Integer, Integer> effects = new HashMap<>();
    for (String number :
        database.texts(
            "select subject_id from audit_entry where action = '" + CrashFeature.ACTION + "'")) {
      effects.merge(Integer.parseInt(number), 1, Integer::sum);
    }
    for (String name : database.texts("select name from rotation")) {
      effects.merge(delivery(name), 1, Integer::sum);
    }
    long strangers =
        effects.keySet().stream().filter(number -> number >= plan.deliveries()).count();
    if (strangers > 0) {
      throw new IllegalStateException(strangers + " effects of nothing that was sent");
    }
    return effects;
  }

  private static int delivery(String rotation) {
    return Integer.parseInt(rotation.substring(rotation.indexOf('-') + 1));
  }

  private static Map<String, List<Instant>> attempts(BenchDatabase database) throws SQLException {
    Map<String, List<Instant>> attempts = new HashMap<>();
    for (String row :
        database.texts(
            "select item || ' ' || to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ')"
                + " from crash_attempt order by at")) {
      String[] parts = row.split(" ", 2);
      attempts
          .computeIfAbsent(parts[0], _ -> new ArrayList<>())
          .add(OffsetDateTime.parse(parts[1]).toInstant());
    }
    return attempts;
  }

  /// Whether some kill came after the attempt that the first arrival was of had begun, and before
  /// the one that the second arrival was of.
  private static boolean inDoubtBetween(
      List<Instant> attempts, List<CrashCast.Kill> kills, Instant first, Instant second) {
    Instant begun = last(attempts, first);
    Instant again = last(attempts, second);
    return begun.isBefore(again)
        && kills.stream().anyMatch(kill -> kill.over().isAfter(begun) && kill.at().isBefore(again));
  }

  private static Instant last(List<Instant> attempts, Instant arrival) {
    return attempts.stream()
        .filter(attempt -> attempt.isBefore(arrival))
        .reduce((_, later) -> later)
        .orElse(Instant.MIN);
  }

  /// Of each conversation, in the order of their first arrival. One that was given up by the
  /// network may have been stored late, and then comes when it comes.
  private static Set<Integer> disordered(CrashPlan plan, Set<Integer> acknowledged, Posts posts) {
    Set<Integer> disordered = new TreeSet<>();
    Map<Integer, Integer> highest = new HashMap<>();
    for (int number : posts.firstArrivals) {
      if (acknowledged.contains(number)) {
        int before = highest.merge(number % plan.conversations(), number, Math::max);
        if (before > number) {
          disordered.add(number);
        }
      }
    }
    return disordered;
  }

  /// What the network accepted.
  ///
  /// @param arrivals of each part of each message, by `id/part`
  /// @param channels where each was posted, by the same
  /// @param firstArrivals the deliveries in the order in which their messages came first
  /// @param cards the names of the rotations that some message is about
  private record Posts(
      Map<String, List<Instant>> arrivals,
      Map<String, String> channels,
      Map<Integer, Set<String>> byDelivery,
      List<Integer> firstArrivals,
      Set<String> cards) {
    private static final Pattern ROTATION = Pattern.compile("Crash-\\d{6}");

    static Posts of(FakeSlack slack) {
      Posts posts =
          new Posts(
              new LinkedHashMap<>(),
              new HashMap<>(),
              new HashMap<>(),
              new ArrayList<>(),
              new HashSet<>());
      for (SlackCall call : slack.calls("chat.postMessage")) {
        if (call.error() == null) {
          posts.add(call);
        }
      }
      return posts;
    }

    private void add(SlackCall call) {
      String id = call.arguments().at("/metadata/event_payload/id").asString("");
      String part = call.arguments().at("/metadata/event_payload/part").asString("");
      arrivals.computeIfAbsent(id + "/" + part, _ -> new ArrayList<>()).add(call.at());
      channels.put(id + "/" + part, call.text("channel"));
      String text = call.text("text");
      if (!text.startsWith(CrashFeature.WORD)) {
        Matcher names = ROTATION.matcher(call.arguments().toString());
        while (names.find()) {
          cards.add(names.group());
        }
        return;
      }
      int number = Integer.parseInt(text.substring(CrashFeature.WORD.length()));
      Set<String> messages = byDelivery.computeIfAbsent(number, _ -> new HashSet<>());
      if (messages.isEmpty()) {
        firstArrivals.add(number);
      }
      messages.add(id);
    }

    Set<String> messagesOf(int number) {
      return byDelivery.getOrDefault(number, Set.of());
    }
  }

  Report report() {
    Report report = new Report();
    report.text(
        "%,d deliveries in %d conversations, %d kills, seed %d, Slack's pauses between retries divided by %d (%s); %d s in all."
            .formatted(
                plan.deliveries(),
                plan.conversations(),
                kills.values().stream().mapToInt(Integer::intValue).sum(),
                plan.seed(),
                plan.compression(),
                CrashDeliveries.words(plan.pauses()),
                took.toSeconds()));
    List<List<String>> rows = new ArrayList<>();
    kills.forEach((part, times) ->
        rows.add(row("kills of " + part.name().toLowerCase(java.util.Locale.ROOT), times)));
    answers.forEach((answer, times) -> rows.add(row("answers: " + answer, times)));
    rows.add(row("deliveries acknowledged", acknowledged));
    rows.add(row("deliveries given up by the network, never acknowledged", givenUp));
    rows.add(row("… of these with their effect all the same, once", effectsOfGivenUp));
    rows.add(row("**acknowledged and lost**", lost.size()));
    rows.add(row("**effects that happened twice in the database**", doubled.size()));
    rows.add(row("**messages that never reached the network**", unsent.size()));
    rows.add(row("**messages out of order in their conversation**", disordered.size()));
    rows.add(row("**dead letters**", dead));
    rows.add(row("messages at the network", messages));
    rows.add(row("messages that needed more than one attempt", inDoubt));
    rows.add(row("messages repeated at the network, in doubt at a kill", repeated));
    rows.add(row("**messages repeated without a kill to explain it**", unexplained.size()));
    report.table(List.of("what", "how many"), rows);
    if (!kept()) {
      report.text(
          "NOT KEPT: lost %s, doubled %s, unsent %s, disordered %s, unexplained %s"
              .formatted(
                  some(lost), some(doubled), some(unsent), some(disordered), some(unexplained)));
    }
    return report;
  }

  private static String some(Set<?> all) {
    return all.stream().limit(20).toList().toString();
  }

  private static List<String> row(String what, long count) {
    return List.of(what, "%,d".formatted(count));
  }
}
