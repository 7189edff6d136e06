package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.WantedRealm.Guard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/// What is to be done about what belongs to the whole realm. What is there and good enough stays as
/// its keeper set it.
final class RealmWidePlan {
  /// Without these nobody can say afterwards who signed in, who tried to, and through what.
  private static final List<String> EVENTS =
      List.of("CODE_TO_TOKEN", "CODE_TO_TOKEN_ERROR", "LOGIN", "LOGIN_ERROR", "LOGOUT");

  private static final String ADMIN_EVENTS_EXPIRATION = "adminEventsExpiration";

  /// Guesses at one account before it waits. Bothy's own limit is ten in five minutes.
  private static final int FAILURES = 10;

  private static final int FIRST_WAIT_SECONDS = 60;
  private static final int LONGEST_WAIT_SECONDS = 900;
  private static final int FORGET_SECONDS = 43_200;

  private RealmWidePlan() {}

  static void groups(WantedRealm wanted, Seen<Set<String>> found, RealmPlan.Draft draft) {
    if (wanted.groups().isEmpty()) {
      return;
    }
    switch (found) {
      case Seen.Hidden<Set<String>> hidden -> draft.say(PlanLine.unseen("groups", hidden.why()));
      case Seen.Is<Set<String>> present -> {
        for (String group : wanted.groups()) {
          if (present.value().contains(group)) {
            draft.say(PlanLine.fine("group " + group));
          } else {
            draft.say(PlanLine.create("group " + group));
            draft.add(new Deed.MakeGroup(group));
          }
        }
      }
    }
  }

  static void events(WantedRealm wanted, FoundRealm found, RealmPlan.Draft draft) {
    Duration retention = wanted.eventRetention();
    if (retention == null) {
      return;
    }
    switch (found.events()) {
      case Seen.Hidden<RealmEventsConfigRepresentation> hidden ->
          draft.say(PlanLine.unseen("events", hidden.why()));
      case Seen.Is<RealmEventsConfigRepresentation> present ->
          events(retention, present.value(), draft);
    }
    switch (found.realm()) {
      case Seen.Hidden<RealmRepresentation> hidden ->
          draft.say(PlanLine.unseen("admin events: kept for", hidden.why()));
      case Seen.Is<RealmRepresentation> present -> adminEvents(retention, present.value(), draft);
    }
  }

  private static void events(
      Duration retention, RealmEventsConfigRepresentation events, RealmPlan.Draft draft) {
    boolean fine = true;
    if (!Boolean.TRUE.equals(events.isEventsEnabled())) {
      draft.say(PlanLine.change("events of sign-ins", "off", "on"));
      events.setEventsEnabled(true);
      fine = false;
    }
    if (!isBounded(events.getEventsExpiration())) {
      draft.say(PlanLine.change("events of sign-ins: kept for", "ever", days(retention)));
      events.setEventsExpiration(retention.toSeconds());
      fine = false;
    }
    List<String> types = events.getEnabledEventTypes();
    // None means all.
    if (types != null && !types.isEmpty() && !types.containsAll(EVENTS)) {
      List<String> missing = EVENTS.stream().filter(type -> !types.contains(type)).toList();
      draft.say(
          PlanLine.change(
              "events of sign-ins: types", "without " + String.join(", ", missing), "with them"));
      List<String> all = new ArrayList<>(types);
      all.addAll(missing);
      events.setEnabledEventTypes(all);
      fine = false;
    }
    if (!Boolean.TRUE.equals(events.isAdminEventsEnabled())) {
      draft.say(PlanLine.change("admin events", "off", "on"));
      events.setAdminEventsEnabled(true);
      fine = false;
    }
    if (fine) {
      draft.say(PlanLine.fine("events"));
    } else {
      draft.add(new Deed.PutEvents(events));
    }
  }

  private static void adminEvents(
      Duration retention, RealmRepresentation realm, RealmPlan.Draft draft) {
    Map<String, String> attributes = attributes(realm);
    String now = attributes.get(ADMIN_EVENTS_EXPIRATION);
    if (isBounded(number(now))) {
      draft.say(PlanLine.fine("admin events: kept for a time"));
      return;
    }
    draft.say(PlanLine.change("admin events: kept for", "ever", days(retention)));
    attributes.put(ADMIN_EVENTS_EXPIRATION, String.valueOf(retention.toSeconds()));
    RealmRepresentation change = new RealmRepresentation();
    change.setAttributes(attributes);
    draft.add(new Deed.PutRealm(change));
  }

  private static Map<String, String> attributes(RealmRepresentation realm) {
    return realm.getAttributes() == null ? new HashMap<>() : new HashMap<>(realm.getAttributes());
  }

  private static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isBounded(@Nullable Long seconds) {
    return seconds != null && seconds > 0;
  }

  private static String days(Duration retention) {
    return retention.toDays() + " days";
  }

  static void guard(WantedRealm wanted, Seen<RealmRepresentation> found, RealmPlan.Draft draft) {
    String part = "guard against guessed passwords";
    switch (found) {
      case Seen.Hidden<RealmRepresentation> hidden -> {
        if (wanted.guard() == Guard.SET) {
          draft.say(PlanLine.unseen(part, hidden.why()));
        }
      }
      case Seen.Is<RealmRepresentation> present -> {
        RealmRepresentation realm = present.value();
        boolean on = Boolean.TRUE.equals(realm.isBruteForceProtected());
        Integer failures = realm.getFailureFactor();
        if (on && failures != null && failures <= FAILURES) {
          draft.say(PlanLine.fine(part));
          return;
        }
        String now = on ? "an account waits after " + failures + " failures" : "off";
        String then = "an account waits after " + FAILURES + " failures";
        if (wanted.guard() == Guard.ADVISE) {
          draft.say(
              PlanLine.advice(
                  part,
                  now,
                  then
                      + " would be safer, for all who sign in at this realm; set it there, or let"
                      + " bothy.keycloak.guard=true set it"));
          return;
        }
        draft.say(PlanLine.change(part, now, then));
        draft.add(new Deed.PutRealm(guard(on)));
      }
    }
  }

  /// @param on whether it was: what else its keeper chose for it stays then
  private static RealmRepresentation guard(boolean on) {
    RealmRepresentation change = new RealmRepresentation();
    change.setFailureFactor(FAILURES);
    if (!on) {
      change.setBruteForceProtected(true);
      // A lasting lock would let anybody lock out anybody.
      change.setPermanentLockout(false);
      change.setWaitIncrementSeconds(FIRST_WAIT_SECONDS);
      change.setMaxFailureWaitSeconds(LONGEST_WAIT_SECONDS);
      change.setMaxDeltaTimeSeconds(FORGET_SECONDS);
    }
    return change;
  }
}
