package dev.bothy.testkit;

import static dev.bothy.testkit.ApiWorld.done;

import dev.bothy.platform.people.TestPeople;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every form of a workspace's pages that changes something, with what makes it ready.
public final class ConsoleForms {
  /// Forms that change nothing to be answered for, or cannot have success here, with the reason.
  public static final Map<String, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry("/keys/{owner}/rotate", "a key file has one key for all"),
          Map.entry("/erasures/workspace", "it takes the log with it"),
          Map.entry("/breach-notice/edit", "shows the text again, and changes nothing"),
          Map.entry("/breach-notice/preview", "shows the mail, and changes nothing"),
          Map.entry("/recovery/release", "needs a restore; RecoveryPagesTest has one and counts"),
          Map.entry("/rotations/form", "shows the form again, and changes nothing"),
          Map.entry("/rotations/{id}/form", "shows the form again, and changes nothing"),
          Map.entry("/rotations/{id}/changes/preview", "shows the form again, and changes nothing"),
          Map.entry(
              "/rotations/{id}/changes/temporary/preview",
              "shows the form again, and changes nothing"),
          Map.entry("/sandbox/say", "what is said in chat"),
          Map.entry("/sandbox/act", "what is said in chat"),
          Map.entry("/sandbox/forms/{form}", "what is said in chat"),
          Map.entry("/sandbox/forms/{form}/dismiss", "what is said in chat"),
          Map.entry("/sandbox/people/{person}", "somebody who is nobody, in the trial room"),
          Map.entry("/sandbox/channels", "a channel of the trial room"),
          Map.entry("/sandbox/clear", "what was said in the trial room"),
          Map.entry("/slack", "needs Slack; the tests of its pages have one"),
          Map.entry("/slack/app", "needs Slack; the tests of its pages have one"),
          Map.entry("/slack/{connection}/disconnect", "needs Slack"),
          Map.entry("/slack/{connection}/resume", "needs Slack"),
          Map.entry("/slack/{connection}/leave-sockets", "needs Slack"),
          Map.entry("/absences/hibob/test", "asks HiBob, and changes nothing"),
          Map.entry("/absences/hibob/unmatched", "asks HiBob, and changes nothing"),
          Map.entry("/absences/feeds/file", "takes a file; FeedPagesTest sends one and counts"),
          Map.entry("/rotations/import", "reads a file, and changes nothing"),
          Map.entry(
              "/rotations/import/rotation",
              "takes a file; RotationImportTest sends one and counts"),
          Map.entry("/link-account", "needs a link that chat sent; LinkByMessageTest has one"),
          Map.entry("/people/chat-accounts/match", "looks for matches; each of them is audited"),
          Map.entry("/directory/{directory}/groups/{group}", "needs a group that a directory sent"),
          Map.entry(
              "/webhooks/{id}/deliveries/{delivery}/replay",
              "needs somebody who takes deliveries; WebhooksApiTest counts"));

  private static final Map<String, Function<ApiWorld, Form>> FORMS = new LinkedHashMap<>();

  static {
    ofTheLog();
    ofPrivacy();
    ofWebhooks();
    ofTheBin();
    ofSlack();
    ofKeysAndTokens();
    ofPeople();
    ofRotations();
    ofDirectories();
    ofAbsenceFeeds();
    ofHiBob();
    ofTheCalendar();
  }

  private ConsoleForms() {}

  /// A form that is ready to be sent.
  ///
  /// @param below the path below the workspace's, without variables
  public record Form(String below, Map<String, String> fields) {
    static Form of(String below, String... fields) {
      Map<String, String> all = new LinkedHashMap<>();
      for (int place = 0; place < fields.length; place += 2) {
        all.put(fields[place], fields[place + 1]);
      }
      return new Form(below, all);
    }
  }

  /// The paths that have a form, with variables, as `/rotations/{id}/pause`.
  public static Set<String> ready() {
    return new TreeSet<>(FORMS.keySet());
  }

  /// Makes what the form needs.
  public static Form of(String path, ApiWorld world) {
    return Objects.requireNonNull(FORMS.get(path), path).apply(world);
  }

  /// The same path and no fields as the call of the API.
  private static void like(String path, String operation) {
    FORMS.put(path, world -> Form.of(ChangingCalls.of(operation, world).below()));
  }

  private static void ofTheLog() {
    FORMS.put("/audit/verify", _ -> Form.of("/audit/verify"));
    FORMS.put(
        "/dead-letters/retry",
        world -> {
          world.letter();
          world.letter();
          return Form.of("/dead-letters/retry", "box", "inbox");
        });
    for (String what : List.of("content", "drop", "retry")) {
      like("/dead-letters/{box}/{id}/" + what, "POST /dead-letters/{box}/{id}/" + what);
    }
  }

  private static void ofPrivacy() {
    FORMS.put(
        "/erasures/people/{person}",
        world -> {
          String member = world.member();
          String username = world.owner().read(member).path("username").asString();
          return Form.of("/erasures" + member, "typed", username);
        });
    FORMS.put(
        "/erasures/apps/{app}",
        world -> {
          world.rotation();
          return Form.of(
              "/erasures/apps/rotations", "typed", world.workspace().slug() + "/rotations");
        });
    FORMS.put(
        "/privacy/clocks/{clock}",
        _ -> Form.of("/privacy/clocks/audit", "days", "400", "confirmed", "400"));
    FORMS.put("/exports", _ -> Form.of("/exports", "of", "me"));
    FORMS.put(
        "/exports/{id}/remove",
        world -> Form.of(ChangingCalls.of("DELETE /exports/{id}", world).below() + "/remove"));
    FORMS.put(
        "/breach-notice/send",
        world -> {
          world.memberWithAddress();
          return Form.of(
              "/breach-notice/send", "text", "What happened.", "confirm", world.workspace().slug());
        });
  }

  private static void ofWebhooks() {
    String url = "https://hooks.invalid/form";
    FORMS.put(
        "/webhooks",
        _ -> Form.of("/webhooks", "url", url, "description", "Desk", "type", "people.left"));
    FORMS.put(
        "/webhooks/{id}",
        world -> Form.of(world.hook(), "url", url, "description", "Other", "type", "people.left"));
    for (String what : List.of("pause", "replay", "test", "resume", "restore")) {
      like("/webhooks/{id}/" + what, "POST /webhooks/{id}/" + what);
    }
    FORMS.put("/webhooks/{id}/rotate", world -> Form.of(world.hook() + "/rotate"));
    FORMS.put("/webhooks/{id}/delete", world -> Form.of(world.hook() + "/delete"));
  }

  private static void ofAbsenceFeeds() {
    FORMS.put(
        "/absences/feeds",
        world ->
            Form.of(
                "/absences/feeds",
                "who",
                world.connection() + "/ada",
                "address",
                "https://calendars.invalid/form",
                "shortest",
                "4"));
    for (String what : List.of("refresh", "remove")) {
      FORMS.put(
          "/absences/feeds/{id}/" + what,
          world ->
              Form.of(
                  world.absenceFeed().replace("/absence-feeds/", "/absences/feeds/") + "/" + what));
    }
  }

  private static void ofHiBob() {
    FORMS.put(
        "/absences/hibob",
        _ -> Form.of("/absences/hibob", "user", "SERVICE-1", "token", "not-known-there"));
    for (String what : List.of("refresh", "disconnect")) {
      FORMS.put(
          "/absences/hibob/" + what,
          world -> {
            world.hiBob();
            return Form.of("/absences/hibob/" + what);
          });
    }
    FORMS.put(
        "/absences/hibob/match",
        world -> {
          world.hiBob();
          return Form.of(
              "/absences/hibob/match", "who", world.connection() + "/ada", "employee", "1001");
        });
    FORMS.put(
        "/absences/hibob/unmatch",
        world -> Form.of("/absences/hibob/unmatch", "who", world.hiBobMatch()));
  }

  private static void ofSlack() {
    FORMS.put(
        "/slack/abilities", _ -> Form.of("/slack/abilities", "ability", "TOPIC", "on", "true"));
  }

  private static void ofTheBin() {
    FORMS.put("/bin", _ -> Form.of("/bin", "kind", "bin.app", "subject", "rotations"));
    like("/bin/{id}/restore", "POST /bin/{id}/restore");
    FORMS.put(
        "/bin/{id}/delete",
        world -> {
          String item = world.binned();
          String name = world.owner().read(item).path("name").asString();
          return Form.of(item + "/delete", "typed", name);
        });
    FORMS.put(
        "/bin/times/{app}", _ -> Form.of("/bin/times/rotations", "days", "3", "confirmed", "yes"));
  }

  private static void ofKeysAndTokens() {
    FORMS.put(
        "/keys/destroy",
        world -> {
          world.connection();
          return Form.of("/keys/destroy", "typed", world.workspace().slug());
        });
    FORMS.put(
        "/keys/{owner}/destroy",
        world -> {
          world.connection();
          return Form.of("/keys/platform/destroy", "typed", world.workspace().slug() + "/platform");
        });
    like("/keys/{owner}/renew", "POST /keys/{owner}/renew");
    FORMS.put("/tokens", _ -> Form.of("/tokens", "name", "second", "scope", "audit:read"));
    for (String path : List.of("/tokens/{id}/revoke", "/profile/tokens/{token}/revoke")) {
      FORMS.put(
          path,
          world -> {
            String below = ChangingCalls.of("DELETE /tokens/{id}", world).below();
            return Form.of((path.startsWith("/p") ? "/profile" : "") + below + "/revoke");
          });
    }
    FORMS.put(
        "/people/{person}/tokens/{token}/revoke",
        world -> {
          String below = ChangingCalls.of("DELETE /tokens/{id}", world).below();
          return Form.of("/people/" + world.signedIn().id() + below + "/revoke");
        });
  }

  private static void ofPeople() {
    FORMS.put("/people/{person}/end", world -> Form.of(world.member() + "/end"));
    FORMS.put(
        "/people/{person}/give-back",
        world -> {
          String member = world.member();
          done(world.owner().send("POST", member + "/deactivate", ""));
          return Form.of(member + "/give-back");
        });
    FORMS.put(
        "/people/{person}/roles", world -> Form.of(world.member() + "/roles", "role", "AGENT"));
    FORMS.put("/people/{person}/sessions/end", world -> Form.of(world.member() + "/sessions/end"));
    FORMS.put(
        "/people/{person}/sessions/{session}/end",
        world -> {
          String sessions = world.member() + "/sessions";
          return Form.of(sessions + "/" + world.first(sessions) + "/end");
        });
    FORMS.put(
        "/profile/sessions/{session}/end",
        world -> Form.of("/profile/sessions/" + world.otherSession() + "/end"));
    FORMS.put(
        "/profile/sessions/end-others",
        world -> {
          world.otherSession();
          return Form.of("/profile/sessions/end-others");
        });
    FORMS.put("/people/groups", _ -> Form.of("/people/groups", "name", "crew", "role", "MEMBER"));
    FORMS.put(
        "/people/groups/remove",
        world -> {
          done(
              world
                  .owner()
                  .send("PUT", "/sign-on-groups", "{\"name\":\"crew\",\"roles\":[\"MEMBER\"]}"));
          return Form.of("/people/groups/remove", "name", "crew");
        });
    FORMS.put(
        "/people/chat-accounts/link",
        world ->
            Form.of(
                "/people/chat-accounts/link",
                "connection",
                world.connection().toString(),
                "account",
                "ada",
                "person",
                world.owner().read(world.member()).path("username").asString()));
    unlink("/people/chat-accounts/unlink", _ -> "/people/chat-accounts/unlink", false);
    unlink("/people/{person}/accounts/unlink", who -> "/people/" + who + "/accounts/unlink", false);
    unlink("/profile/accounts/unlink", _ -> "/profile/accounts/unlink", true);
  }

  private static void unlink(String path, Function<String, String> below, boolean own) {
    FORMS.put(
        path,
        world -> {
          TestPeople.Someone who = own ? world.signedIn() : world.somebody();
          String connection = world.linked(who).toString();
          return Form.of(
              below.apply(who.id().toString()), "connection", connection, "account", "ada");
        });
  }

  private static void ofRotations() {
    FORMS.put(
        "/rotations",
        world ->
            Form.of(
                "/rotations",
                "name",
                "Support",
                "layers[0].cadence",
                "daily",
                "layers[0].time",
                "09:00",
                "layers[0].time-zone",
                "UTC",
                "layers[0].people[0].account",
                "ada",
                "connection",
                world.connection().toString(),
                "conversation",
                "general"));
    FORMS.put(
        "/rotations/{id}",
        world ->
            Form.of(
                world.rotation(),
                "name",
                "Other",
                "layers[0].cadence",
                "daily",
                "layers[0].time",
                "09:00",
                "layers[0].time-zone",
                "UTC",
                "layers[0].people[0].account",
                "ada"));
    for (String what : List.of("pause", "resume", "restore")) {
      like("/rotations/{id}/" + what, "POST /rotations/{id}/" + what);
    }
    FORMS.put(
        "/rotations/{id}/telling",
        world -> Form.of(world.rotation() + "/telling", "note", "yes", "checklist", "Keys"));
    FORMS.put("/rotations/{id}/delete", world -> Form.of(world.rotation() + "/delete"));
    String begin = "2027-05-03T09:00";
    String end = "2027-05-04T09:00";
    FORMS.put("/rotations/board/publish", _ -> Form.of("/rotations/board/publish"));
    FORMS.put(
        "/rotations/board/withdraw",
        world -> {
          assertPublished(world);
          return Form.of("/rotations/board/withdraw");
        });
    FORMS.put(
        "/rotations/{id}/changes",
        world ->
            Form.of(
                world.rotation() + "/changes",
                "kind",
                "set",
                "person",
                "ada",
                "from",
                begin,
                "until",
                end));
    FORMS.put(
        "/rotations/{id}/changes/temporary",
        world ->
            Form.of(
                world.rotation() + "/changes/temporary",
                "from",
                begin,
                "until",
                end,
                "shifts",
                begin + ", " + end + ", ada"));
    FORMS.put(
        "/rotations/{id}/changes/{change}/undo",
        world -> Form.of(world.planChange(world.rotation()) + "/undo"));
    FORMS.put(
        "/rotations/{id}/requests",
        world -> {
          String rotation = world.rotation();
          String next =
              Instant.parse(
                          world
                              .owner()
                              .read(rotation + "/timeline")
                              .at("/shifts/1/start")
                              .asString())
                      .getEpochSecond()
                  + " ada";
          return Form.of(rotation + "/requests", "kind", "cover", "shift", next);
        });
    FORMS.put(
        "/rotations/{id}/requests/{request}/take",
        world -> Form.of(world.shiftRequest(world.rotation()) + "/take", "account", "ben"));
    FORMS.put(
        "/rotations/{id}/requests/{request}/decline",
        world -> {
          String request = world.shiftRequest(world.rotation());
          world.linkEverywhere("ben");
          return Form.of(request + "/decline");
        });
    FORMS.put(
        "/rotations/{id}/requests/{request}/withdraw",
        world -> Form.of(world.shiftRequest(world.rotation()) + "/withdraw"));
    FORMS.put(
        "/rotations/{id}/requests/{request}/undo",
        world -> Form.of(world.takenRequest(world.rotation()) + "/undo"));
    FORMS.put("/rotations/feeds", _ -> Form.of("/rotations/feeds", "rotation", ""));
    FORMS.put("/rotations/feeds/{id}/renew", world -> Form.of(ownCalendarFeed(world) + "/renew"));
    FORMS.put("/rotations/feeds/{id}/revoke", world -> Form.of(ownCalendarFeed(world) + "/revoke"));
  }

  private static String ownCalendarFeed(ApiWorld world) {
    return "/rotations" + world.ownCalendarFeed().replace("/calendar-feeds", "/feeds");
  }

  private static void assertPublished(ApiWorld world) {
    Form publish = Form.of("/rotations/board/publish");
    if (world.form(world.signedIn(), publish).statusCode() != 200) {
      throw new AssertionError("The board could not be published");
    }
  }

  private static void ofTheCalendar() {
    FORMS.put(
        "/absences",
        world -> Form.of("/absences", "who", world.connection() + "/ada", "from", "2028-05-03"));
    FORMS.put("/absences/{id}", world -> Form.of(world.absence(), "from", "2028-06-01"));
    FORMS.put("/absences/{id}/remove", world -> Form.of(world.absence() + "/remove"));
    FORMS.put(
        "/absences/undo",
        world ->
            Form.of(
                "/absences/undo",
                "who",
                world.connection() + "/ada",
                "from",
                "2028-05-03T00:00:00Z",
                "to",
                "2028-05-04T00:00:00Z",
                "allDay",
                "false"));
    FORMS.put("/holidays", _ -> Form.of("/holidays", "name", "Germany", "days", ""));
    FORMS.put(
        "/holidays/{id}", world -> Form.of(ofPage(world), "name", "Other", "days", "2028-05-01 A"));
    FORMS.put(
        "/holidays/{id}/public",
        world -> Form.of(ofPage(world) + "/public", "region", "DE", "from", "2028", "count", "2"));
    FORMS.put(
        "/holidays/{id}/stop",
        world -> {
          String calendar = world.holidays();
          world.made(calendar + "/public-holidays", ApiWorld.PUBLIC_HOLIDAYS);
          return Form.of(
              calendar.replace("/holiday-calendars", "/holidays") + "/stop", "region", "DE-BY");
        });
    FORMS.put("/holidays/{id}/delete", world -> Form.of(ofPage(world) + "/delete"));
    FORMS.put(
        "/holidays/{id}/restore",
        world -> {
          String calendar = world.holidays();
          done(world.owner().send("DELETE", calendar, ""));
          return Form.of(calendar.replace("/holiday-calendars", "/holidays") + "/restore");
        });
  }

  /// A holiday calendar as its page's address names it.
  private static String ofPage(ApiWorld world) {
    return world.holidays().replace("/holiday-calendars", "/holidays");
  }

  private static void ofDirectories() {
    FORMS.put("/directory", _ -> Form.of("/directory", "name", "Entra"));
    FORMS.put(
        "/directory/{directory}/token",
        world -> Form.of(found(world, "/directory/[0-9a-f-]{36}/token")));
    FORMS.put(
        "/directory/{directory}/tokens/{token}/revoke",
        world -> Form.of(found(world, "/directory/[0-9a-f-]{36}/tokens/[0-9a-f-]{36}/revoke")));
  }

  /// An address that the page of directories has, once there is one.
  private static String found(ApiWorld world, String pattern) {
    world.form(world.signedIn(), Form.of("/directory", "name", "Entra"));
    String page =
        world
            .http()
            .pageOf(world.signedIn().token(), "/w/" + world.workspace().slug() + "/directory")
            .body();
    Matcher found = Pattern.compile(pattern).matcher(page);
    if (!found.find()) {
      throw new AssertionError("The page of directories has no " + pattern);
    }
    return found.group();
  }
}
