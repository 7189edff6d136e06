package dev.bothy.testkit;

import static dev.bothy.testkit.ApiWorld.done;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.people.TestPeople;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One of each thing of a workspace that has an id in the API, made when it is first asked for.
///
/// A kind is what stands before `{id}` in a path, or the variable's name otherwise: `rotations`,
/// `receipts`, `person`.
public final class ApiThings {
  private static final String OWN_SESSION = "own-session";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Every kind, in an order in which they can be made in one workspace: an app's keys are
  /// destroyed before it is used.
  public static final List<String> KINDS =
      List.of(
          "receipts",
          "erasures",
          "connections",
          "absences",
          "holiday-calendars",
          "rotations",
          "change",
          "request",
          "bin",
          "absence-feeds",
          "calendar-feeds",
          "webhooks",
          "delivery",
          "dead-letters",
          "person",
          "session",
          OWN_SESSION,
          "tokens",
          "exports");

  private final ApiWorld world;
  private final String hookUrl;
  private final Map<String, String> made = new LinkedHashMap<>();
  private final Map<String, String> looked = new HashMap<>();
  private TestPeople.@org.jspecify.annotations.Nullable Someone somebody;

  /// @param hookUrl of somebody who takes deliveries
  public ApiThings(ApiWorld world, String hookUrl) {
    this.world = world;
    this.hookUrl = hookUrl;
  }

  public ApiWorld world() {
    return world;
  }

  /// The ids of all that was made and is of this workspace alone, as one's own sessions are not.
  public List<String> ids() {
    Map<String, String> known = new LinkedHashMap<>(made);
    known.remove(OWN_SESSION);
    return new ArrayList<>(known.values());
  }

  /// Makes one of each, for exports that hold some of it as well.
  public ApiThings withAll() {
    KINDS.forEach(this::id);
    return this;
  }

  /// Somebody who is in this workspace alone, signed in.
  public TestPeople.Someone somebody() {
    TestPeople.Someone known = somebody;
    if (known == null) {
      known = world.somebody();
      somebody = known;
    }
    return known;
  }

  /// The id of the thing of this kind.
  ///
  /// @throws AssertionError for a kind that nothing here makes
  public String id(String kind) {
    String known = made.get(kind);
    if (known == null) {
      known = make(kind);
      made.put(kind, known);
    }
    return known;
  }

  private String make(String kind) {
    return switch (kind) {
      case "connections" -> world.connection().toString();
      case "absences" -> last(world.absence());
      case "holiday-calendars" -> last(world.holidays());
      // So the pages call them.
      case "holidays" -> id("holiday-calendars");
      case "rotations" -> last(world.rotation());
      case "change" -> last(world.planChange("/rotations/" + id("rotations")));
      case "request" -> last(world.shiftRequest("/rotations/" + id("rotations")));
      case "bin" -> last(world.binned());
      case "absence-feeds", "feeds" -> last(world.absenceFeed());
      case "calendar-feeds" -> last(world.ownCalendarFeed());
      case "webhooks" -> hook();
      case "delivery" -> delivery();
      case "dead-letters" -> world.letter();
      case "person" -> somebody().id().toString();
      case "session" -> world.first("/people/" + id("person") + "/sessions");
      case OWN_SESSION -> world.otherSession();
      case "tokens" -> token();
      case "exports" -> export();
      case "erasures" -> erasure();
      case "receipts" -> receipt();
      default ->
          throw new AssertionError(
              "Nothing here makes a thing of the kind \"%s\": add it to ApiThings".formatted(kind));
    };
  }

  private String hook() {
    return world
        .made(
            "/webhooks",
            "{\"url\":\"%s?%s\",\"description\":\"%s\",\"types\":[\"people.left\"]}"
                .formatted(hookUrl, world.mark(), world.mark()))
        .at("/webhook/id")
        .asString();
  }

  private String delivery() {
    String hook = "/webhooks/" + id("webhooks");
    String delivery = world.made(hook + "/test", "").path("delivery").asString();
    await()
        .atMost(PATIENCE)
        .until(() ->
            world
                .owner()
                .read(hook + "/deliveries/" + delivery)
                .path("state")
                .asString()
                .equals("delivered"));
    return delivery;
  }

  private String token() {
    return done(world.send(
            world.signedIn(),
            "POST",
            "/tokens",
            "{\"name\":\"%s\",\"scopes\":[\"audit:read\"]}".formatted(world.mark())))
        .at("/known/id")
        .asString();
  }

  private String export() {
    TestPeople.Someone asks = world.signedIn();
    String wanted = "{\"about\":\"workspace\",\"person\":null}";
    String id = done(world.send(asks, "POST", "/exports", wanted)).path("id").asString();
    await()
        .atMost(PATIENCE)
        .until(() ->
            done(world.send(asks, "GET", "/exports/" + id, ""))
                .path("state")
                .asString()
                .equals("READY"));
    return id;
  }

  private String erasure() {
    ChangingCalls.Call call = ChangingCalls.of("POST /erasures/people/{person}", world);
    String id = world.made(call.below(), call.document()).path("id").asString();
    await()
        .atMost(PATIENCE)
        .until(() ->
            world.owner().send("GET", "/erasures/" + id + "/receipt", "").statusCode() == 200);
    return id;
  }

  private String receipt() {
    // A key comes to be with the first text under it.
    world
        .parts()
        .workspaces
        .inWorkspace(
            world.workspace().id(),
            () ->
                world
                    .parts()
                    .keys
                    .seal(
                        new Purpose("rotations", "rotations.handoff-note"),
                        UUID.randomUUID(),
                        world.mark().getBytes(StandardCharsets.UTF_8)));
    world.made(
        "/keys/rotations/destroy",
        "{\"confirm\":\"%s/rotations\"}".formatted(world.workspace().slug()));
    return await()
        .atMost(PATIENCE)
        .until(
            () -> world.owner().read("/keys").path("destructions"),
            destructions -> !destructions.at("/0/destroyedAt").asString("").isEmpty())
        .at("/0/id")
        .asString();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// What `after` would be on the next page of this list of the workspace's own; empty if it has
  /// but one. It is asked for once.
  public String cursor(String list) {
    return looked.computeIfAbsent(
        list + "?limit=1", path -> world.owner().read(path).path("next").asString(""));
  }

  /// The user name of [#somebody()]. It is asked for once.
  public String username() {
    return looked.computeIfAbsent(
        "/people/" + id("person"), path -> world.owner().read(path).path("username").asString());
  }

  /// The name of what is in the bin. It is asked for once.
  public String binnedName() {
    return looked.computeIfAbsent(
        "/bin/" + id("bin"), path -> world.owner().read(path).path("name").asString());
  }
}
