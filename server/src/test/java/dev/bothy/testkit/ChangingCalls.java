package dev.bothy.testkit;

import static dev.bothy.testkit.ApiWorld.HOOK;
import static dev.bothy.testkit.ApiWorld.ROTATION;
import static dev.bothy.testkit.ApiWorld.done;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Every operation of the API that changes something, with what makes it ready: a call of it that
/// has success in a workspace of an [ApiWorld].
public final class ChangingCalls {
  /// Where there is nothing that a call could do here, the reason.
  public static final Map<String, String> REFUSED =
      Map.of(
          "POST /keys/{owner}/rotate",
          "a key file has one key for all, so the call is refused here",
          "POST /erasures/workspace",
          "it takes the log with it",
          "POST /recovery/release",
          "needs an installation that was restored; RecoveryPagesTest has one and counts",
          "POST /webhooks/{id}/deliveries/{delivery}/replay",
          "needs somebody who takes deliveries; WebhooksApiTest has one and counts",
          "POST /rotations/imports/preview",
          "reads a file, and changes nothing");

  /// Operations that only show what something would come to, with what makes them ready.
  public static final Map<String, Function<ApiWorld, Call>> CHANGE_NOTHING =
      Map.of(
          "POST /rotations/{id}/preview",
          world -> new Call(world.rotation() + "/preview", ROTATION.formatted("Other")),
          "POST /rotations/{id}/changes/preview",
          world -> new Call(world.rotation() + "/changes/preview", ApiWorld.PLAN_CHANGE));

  private static final String OWN_EXPORT = "{\"about\":\"person\",\"person\":null}";
  private static final String TOKEN = "{\"name\":\"second\",\"scopes\":[\"audit:read\"]}";

  private static final Map<String, Function<ApiWorld, Call>> CALLS = new LinkedHashMap<>();

  static {
    ofTheLog();
    ofPrivacy();
    ofWebhooks();
    ofTheBin();
    ofKeys();
    ofPeople();
    ofRotations();
    ofAbsenceFeeds();
    ofHiBob();
    ofTheCalendar();
  }

  private ChangingCalls() {}

  /// A call that is ready to be made: all that it needs is there.
  ///
  /// @param below the path below the workspace's, without variables
  /// @param document empty for none
  public record Call(String below, String document) {
    static Call of(String below) {
      return new Call(below, "");
    }
  }

  /// The operations that have a call, as `POST /rotations/{id}/pause`.
  public static Set<String> ready() {
    return new TreeSet<>(CALLS.keySet());
  }

  /// Makes what the operation needs.
  public static Call of(String operation, ApiWorld world) {
    return Objects.requireNonNull(CALLS.get(operation), operation).apply(world);
  }

  private static void ofTheLog() {
    CALLS.put("POST /audit/verify", _ -> Call.of("/audit/verify"));
    CALLS.put(
        "POST /dead-letters/retry",
        world -> {
          world.letter();
          world.letter();
          return Call.of("/dead-letters/retry?box=inbox");
        });
    for (String what : List.of("content", "drop", "retry")) {
      CALLS.put(
          "POST /dead-letters/{box}/{id}/" + what,
          world -> Call.of("/dead-letters/inbox/" + world.letter() + "/" + what));
    }
  }

  private static void ofPrivacy() {
    CALLS.put(
        "POST /erasures/people/{person}",
        world -> {
          String member = world.member();
          String username = world.owner().read(member).path("username").asString();
          return new Call("/erasures" + member, "{\"confirm\":\"" + username + "\"}");
        });
    CALLS.put(
        "POST /erasures/apps/{app}",
        world -> {
          world.rotation();
          return new Call(
              "/erasures/apps/rotations",
              "{\"confirm\":\"" + world.workspace().slug() + "/rotations\"}");
        });
    CALLS.put(
        "PUT /retention/clocks/{clock}",
        _ -> new Call("/retention/clocks/audit", "{\"days\":400}"));
    CALLS.put("POST /exports", _ -> new Call("/exports", OWN_EXPORT));
    CALLS.put(
        "DELETE /exports/{id}",
        world -> {
          // Who asked for it removes it.
          String id =
              done(world.send(world.signedIn(), "POST", "/exports", OWN_EXPORT))
                  .path("id")
                  .asString();
          return Call.of("/exports/" + id);
        });
  }

  private static void ofWebhooks() {
    CALLS.put("POST /webhooks", _ -> new Call("/webhooks", HOOK.formatted("in")));
    CALLS.put("PUT /webhooks/{id}", world -> new Call(world.hook(), HOOK.formatted("other")));
    CALLS.put("DELETE /webhooks/{id}", world -> Call.of(world.hook()));
    for (String what : List.of("pause", "replay", "rotate-secret", "test")) {
      CALLS.put("POST /webhooks/{id}/" + what, world -> Call.of(world.hook() + "/" + what));
    }
    after("POST /webhooks/{id}/resume", ApiWorld::hook, "POST", "/pause");
    after("POST /webhooks/{id}/restore", ApiWorld::hook, "DELETE", "");
  }

  private static void ofTheBin() {
    CALLS.put(
        "POST /bin", _ -> new Call("/bin", "{\"kind\":\"bin.app\",\"subject\":\"rotations\"}"));
    CALLS.put("POST /bin/{id}/restore", world -> Call.of(world.binned() + "/restore"));
    CALLS.put(
        "POST /bin/{id}/delete",
        world -> {
          String item = world.binned();
          String name = world.owner().read(item).path("name").asString();
          return new Call(item + "/delete", "{\"confirm\":\"" + name + "\"}");
        });
    CALLS.put("PUT /bin/times/{app}", _ -> new Call("/bin/times/rotations", "{\"days\":3}"));
  }

  private static void ofKeys() {
    CALLS.put(
        "POST /keys/destroy",
        world -> {
          world.connection();
          return new Call("/keys/destroy", "{\"confirm\":\"" + world.workspace().slug() + "\"}");
        });
    CALLS.put(
        "POST /keys/{owner}/destroy",
        world -> {
          world.connection();
          return new Call(
              "/keys/platform/destroy",
              "{\"confirm\":\"" + world.workspace().slug() + "/platform\"}");
        });
    CALLS.put(
        "POST /keys/{owner}/renew",
        world -> {
          world.connection();
          return Call.of("/keys/platform/renew");
        });
  }

  private static void ofPeople() {
    CALLS.put("POST /people/{person}/deactivate", world -> Call.of(world.member() + "/deactivate"));
    after("POST /people/{person}/reactivate", ApiWorld::member, "POST", "/deactivate");
    CALLS.put(
        "PUT /people/{person}/roles",
        world -> new Call(world.member() + "/roles", "{\"roles\":[\"AGENT\"]}"));
    CALLS.put("DELETE /people/{person}/sessions", world -> Call.of(world.member() + "/sessions"));
    CALLS.put(
        "DELETE /people/{person}/sessions/{session}",
        world -> {
          String member = world.member();
          return Call.of(member + "/sessions/" + world.first(member + "/sessions"));
        });
    CALLS.put(
        "DELETE /profile/sessions/{session}",
        world -> Call.of("/profile/sessions/" + world.otherSession()));
    CALLS.put(
        "PUT /sign-on-groups",
        _ -> new Call("/sign-on-groups", "{\"name\":\"crew\",\"roles\":[\"MEMBER\"]}"));
    CALLS.put("POST /tokens", _ -> new Call("/tokens", TOKEN));
    CALLS.put(
        "DELETE /tokens/{id}",
        world ->
            Call.of(
                "/tokens/"
                    + done(world.send(world.signedIn(), "POST", "/tokens", TOKEN))
                        .at("/known/id")
                        .asString()));
  }

  private static void ofRotations() {
    CALLS.put(
        "POST /rotations",
        world ->
            new Call(
                "/rotations",
                "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
                    .formatted(world.connection(), ROTATION.formatted("Support"))));
    CALLS.put(
        "POST /rotations/imports",
        world ->
            new Call(
                "/rotations/imports",
                "{\"connection\":\"%s\",\"conversation\":\"general\",\"name\":\"Moved\",\"file\":\"%s\","
                        .formatted(world.connection(), ApiWorld.PLAN_FILE)
                    + "\"people\":[{\"number\":0,\"account\":\"ada\"}]}"));
    CALLS.put("DELETE /rotations/{id}", world -> Call.of(world.rotation()));
    CALLS.put(
        "PUT /rotations/{id}", world -> new Call(world.rotation(), ROTATION.formatted("Other")));
    CALLS.put(
        "PUT /rotations/{id}/telling",
        world -> new Call(world.rotation() + "/telling", "{\"reminderMinutes\":30}"));
    CALLS.put("POST /rotations/{id}/pause", world -> Call.of(world.rotation() + "/pause"));
    after("POST /rotations/{id}/resume", ApiWorld::rotation, "POST", "/pause");
    after("POST /rotations/{id}/restore", ApiWorld::rotation, "DELETE", "");
    CALLS.put(
        "POST /rotations/{id}/changes",
        world -> new Call(world.rotation() + "/changes", ApiWorld.PLAN_CHANGE));
    CALLS.put(
        "POST /rotations/{id}/requests",
        world -> new Call(world.rotation() + "/requests", ApiWorld.SHIFT_REQUEST));
    for (String what : List.of("take", "decline")) {
      CALLS.put(
          "POST /rotations/{id}/requests/{request}/" + what,
          world -> new Call(world.shiftRequest(world.rotation()) + "/" + what, ApiWorld.BEN));
    }
    CALLS.put(
        "POST /rotations/{id}/requests/{request}/undo",
        world -> Call.of(world.takenRequest(world.rotation()) + "/undo"));
    CALLS.put(
        "DELETE /rotations/{id}/requests/{request}",
        world -> Call.of(world.shiftRequest(world.rotation())));
    CALLS.put(
        "DELETE /rotations/{id}/changes/{change}",
        world -> Call.of(world.planChange(world.rotation())));
    CALLS.put(
        "POST /calendar-feeds",
        world ->
            new Call(
                "/calendar-feeds",
                "{\"rotation\":\"%s\"}"
                    .formatted(world.rotation().substring("/rotations/".length()))));
    CALLS.put(
        "POST /calendar-feeds/{id}/renew", world -> Call.of(world.ownCalendarFeed() + "/renew"));
    CALLS.put("DELETE /calendar-feeds/{id}", world -> Call.of(world.ownCalendarFeed()));
  }

  private static void ofAbsenceFeeds() {
    CALLS.put(
        "POST /absence-feeds",
        world -> new Call("/absence-feeds", ApiWorld.FEED.formatted(world.connection(), "in")));
    CALLS.put(
        "POST /absence-feeds/{id}/refresh", world -> Call.of(world.absenceFeed() + "/refresh"));
    CALLS.put("DELETE /absence-feeds/{id}", world -> Call.of(world.absenceFeed()));
  }

  private static void ofHiBob() {
    String user = "{\"user\":\"SERVICE-1\",\"token\":\"not-known-there\"}";
    CALLS.put("PUT /hibob", _ -> new Call("/hibob", user));
    CALLS.put(
        "DELETE /hibob",
        world -> {
          world.hiBob();
          return Call.of("/hibob");
        });
    CALLS.put(
        "POST /hibob/sync",
        world -> {
          world.hiBob();
          return Call.of("/hibob/sync");
        });
    CALLS.put(
        "PUT /hibob/matches",
        world -> {
          world.hiBob();
          return new Call(
              "/hibob/matches",
              "{\"connection\":\"%s\",\"account\":\"ada\",\"employee\":\"1001\"}"
                  .formatted(world.connection()));
        });
  }

  private static void ofTheCalendar() {
    CALLS.put(
        "POST /absences",
        world ->
            new Call(
                "/absences",
                "{\"connection\":\"%s\",\"account\":\"ada\",\"times\":%s}"
                    .formatted(world.connection(), ApiWorld.TIMES)));
    CALLS.put(
        "PUT /absences/{id}", world -> new Call(world.absence(), "{\"from\":\"2028-06-01\"}"));
    CALLS.put("DELETE /absences/{id}", world -> Call.of(world.absence()));
    CALLS.put(
        "POST /holiday-calendars",
        _ -> new Call("/holiday-calendars", ApiWorld.HOLIDAYS.formatted("Germany")));
    CALLS.put(
        "PUT /holiday-calendars/{id}",
        world -> new Call(world.holidays(), ApiWorld.HOLIDAYS.formatted("Other")));
    CALLS.put(
        "POST /holiday-calendars/{id}/public-holidays",
        world -> new Call(world.holidays() + "/public-holidays", ApiWorld.PUBLIC_HOLIDAYS));
    CALLS.put(
        "DELETE /holiday-calendars/{id}/public-holidays",
        world -> {
          String calendar = world.holidays();
          world.made(calendar + "/public-holidays", ApiWorld.PUBLIC_HOLIDAYS);
          return Call.of(calendar + "/public-holidays?region=DE-BY");
        });
    CALLS.put("DELETE /holiday-calendars/{id}", world -> Call.of(world.holidays()));
    after("POST /holiday-calendars/{id}/restore", ApiWorld::holidays, "DELETE", "");
  }

  /// What undoes something, once that is done.
  private static void after(
      String operation, Function<ApiWorld, String> thing, String method, String first) {
    CALLS.put(
        operation,
        world -> {
          String path = thing.apply(world);
          done(world.owner().send(method, path + first, ""));
          return Call.of(path + operation.substring(operation.lastIndexOf('/')));
        });
  }
}
