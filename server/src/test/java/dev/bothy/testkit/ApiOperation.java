package dev.bothy.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An operation of the OpenAPI document, and how its parameters are filled. One that has a
/// parameter or a field that nothing here knows cannot be filled, so that whoever adds it says what
/// it is.
///
/// @param method e.g. `GET`
/// @param below the path below the workspace's, with variables
/// @param queries the names of what stands in the query, with whether it must
/// @param schema the name of the document that it takes; null for none
public record ApiOperation(
    String method, String below, Map<String, Boolean> queries, @Nullable String schema) {
  public static final String AREA = "/api/v1/workspaces/{workspace}";

  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

  /// Variables that are words with the same meaning in every workspace.
  private static final Map<String, String> WORDS =
      Map.of("box", "inbox", "app", "rotations", "owner", "platform", "clock", "audit");

  /// What a query may hold that is nobody's.
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("account", "ada"),
          Map.entry("action", "people.joined"),
          Map.entry("actorKind", "person"),
          Map.entry("box", "inbox"),
          Map.entry("believe", "false"),
          Map.entry("clock", "audit"),
          Map.entry("days", "400"),
          Map.entry("deleted", "true"),
          Map.entry("format", "jsonl"),
          Map.entry("from", "2026-01-01T00:00:00Z"),
          Map.entry("limit", "100"),
          Map.entry("of", "all"),
          Map.entry("people", "true"),
          Map.entry("problem", "unknown"),
          Map.entry("region", "DE-BY"),
          Map.entry("role", "MEMBER"),
          Map.entry("state", ""),
          Map.entry("until", "2126-01-01T00:00:00Z"));

  /// What a query may hold that is of one workspace.
  private static final Set<String> OF_A_WORKSPACE =
      Set.of("actor", "connection", "subject", "find", "after");

  /// All of the document, those below a workspace.
  public static List<ApiOperation> of(JsonNode document) {
    List<ApiOperation> all = new ArrayList<>();
    document
        .path("paths")
        .propertyStream()
        .filter(path -> path.getKey().startsWith(AREA))
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .forEach(each ->
                    all.add(
                        read(
                            each.getKey(),
                            path.getKey().substring(AREA.length()),
                            each.getValue()))));
    return all;
  }

  /// A page below a workspace's address, of the pattern that its controller declares.
  public static ApiOperation ofPage(String pattern) {
    return new ApiOperation(
        "GET",
        pattern
            .replace("/w/{workspace}", "")
            .replaceAll("\\{([a-z]+):.*?}(?=/|$)", "{$1}")
            .replace("/slack/{connection}", "/slack/connections/{id}"),
        Map.of(),
        null);
  }

  private static ApiOperation read(String method, String below, JsonNode operation) {
    Map<String, Boolean> queries = new LinkedHashMap<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asString().equals("query")) {
        queries.put(parameter.path("name").asString(), parameter.path("required").asBoolean());
      }
    }
    JsonNode content = operation.at("/requestBody/content");
    String schema =
        content.isMissingNode()
            ? null
            : content.at("/application~1json/schema/$ref").asString().replaceFirst(".*/", "");
    return new ApiOperation(method.toUpperCase(Locale.ROOT), below, queries, schema);
  }

  /// The variables of its path that name a thing, as its kinds in [ApiThings].
  public List<String> kinds() {
    return variables().filter(each -> !WORDS.containsKey(each)).map(this::kind).toList();
  }

  private Stream<String> variables() {
    return VARIABLE.matcher(below).results().map(found -> found.group(1));
  }

  private String kind(String variable) {
    if (variable.equals("session") && below.startsWith("/profile/")) {
      return "own-session";
    }
    if (!variable.equals("id")) {
      return variable;
    }
    String before = below.substring(0, below.indexOf("/{id}")).replaceAll("/\\{[a-z]+}$", "");
    return before.substring(before.lastIndexOf('/') + 1);
  }

  /// The path with each thing from where its kind says.
  ///
  /// @param foreign the kinds that are taken from `theirs`
  public String path(ApiThings own, ApiThings theirs, Set<String> foreign) {
    Matcher variable = VARIABLE.matcher(below);
    StringBuilder path = new StringBuilder();
    while (variable.find()) {
      String name = variable.group(1);
      String word = WORDS.get(name);
      String kind = kind(name);
      variable.appendReplacement(
          path,
          word != null ? word : foreign.contains(kind) ? ofOthers(kind, theirs) : own.id(kind));
    }
    return variable.appendTail(path).toString();
  }

  /// Where one's own is meant, somebody's who is there alone.
  private static String ofOthers(String kind, ApiThings theirs) {
    return theirs.id(kind.replaceFirst("^own-", ""));
  }

  /// Each set of its kinds that is not empty: all, and each alone.
  public Set<Set<String>> foreignKinds() {
    Set<Set<String>> sets = new HashSet<>();
    kinds().forEach(kind -> sets.add(Set.of(kind)));
    if (!kinds().isEmpty()) {
      sets.add(Set.copyOf(kinds()));
    }
    return sets;
  }

  /// What must stand in the query, and what shows the most.
  public String query() {
    StringBuilder query = new StringBuilder();
    queries.forEach((name, required) -> {
      if (!PLAIN.containsKey(name) && !OF_A_WORKSPACE.contains(name)) {
        throw new AssertionError(
            this + ": nothing here knows what \"" + name + "\" is: add it to ApiOperation");
      }
      if (required || name.equals("deleted") || name.equals("of") || name.equals("limit")) {
        query.append('&').append(name).append('=').append(PLAIN.get(name));
      }
    });
    return query.isEmpty() ? "" : "?" + query.substring(1);
  }

  /// The same, and each time one more that is of that workspace.
  public List<String> foreignQueries(ApiThings theirs) {
    List<String> all = new ArrayList<>();
    for (String name : queries.keySet()) {
      List<String> values =
          switch (name) {
            case "actor" -> List.of(theirs.id("person"));
            case "subject" -> List.of(theirs.id("rotations"), theirs.id("person"));
            case "connection" -> List.of(theirs.id("connections"));
            case "find" -> List.of(theirs.world().mark());
            case "after" ->
                List.of(theirs.cursor(path(theirs, theirs, Set.of())), theirs.id("rotations"));
            default -> List.of();
          };
      for (String value : values) {
        if (!value.isEmpty()) {
          all.add((query().isEmpty() ? "?" : query() + "&") + name + "=" + value);
        }
      }
    }
    return all;
  }

  /// The document that it takes, valid in that workspace; empty if it takes none.
  ///
  /// @param document the OpenAPI document, which says which fields there are
  public String body(ApiThings of, JsonNode document) {
    if (schema == null) {
      return "";
    }
    JsonNode body = JsonMapper.shared().readTree(filled(of));
    check(body, document, schema);
    return body.toString();
  }

  private String filled(ApiThings of) {
    String settings =
        "{\"name\":\"Night\",\"layers\":[{\"cadence\":\"weekly\",\"days\":[\"mon\"],\"time\":\"09:00\","
            + "\"timeZone\":\"Europe/Berlin\",\"people\":[{\"account\":\"ada\"}]}]}";
    return switch (schema) {
      case "NewRotation" ->
          "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
              .formatted(of.id("connections"), settings);
      case "RotationSettings" -> settings;
      case "ImportFile" ->
          "{\"connection\":\"%s\",\"file\":\"%s\"}"
              .formatted(of.id("connections"), ApiWorld.PLAN_FILE);
      case "NewImport" ->
          "{\"connection\":\"%s\",\"conversation\":\"general\",\"name\":\"Moved\",\"schedule\":0,"
                  .formatted(of.id("connections"))
              + "\"people\":[{\"number\":0,\"account\":\"ada\"}],\"singleShifts\":true,\"file\":\""
              + ApiWorld.PLAN_FILE
              + "\"}";
      case "NewPlanChange" -> ApiWorld.PLAN_CHANGE;
      case "NewShiftRequest" -> ApiWorld.SHIFT_REQUEST;
      case "ShiftRequestAnswer" -> ApiWorld.BEN;
      case "RotationTelling" ->
          "{\"reminderMinutes\":30,\"lookAhead\":{\"day\":\"mon\",\"time\":\"08:00\"},\"topic\":false,"
              + "\"group\":{\"id\":\"S1\",\"role\":null},\"handoff\":{\"note\":\"expected\","
              + "\"checklist\":[\"Look at the queue\"],\"noteReminderMinutes\":30,"
              + "\"acknowledgeMinutes\":120,\"readers\":\"next\"},\"revision\":null,"
              + "\"problem\":null}";
      case "NewAbsenceFeed" -> ApiWorld.FEED.formatted(of.id("connections"), "in");
      case "HiBobServiceUser" -> "{\"user\":\"SERVICE-1\",\"token\":\"not-known-there\"}";
      case "NewHiBobMatch" ->
          "{\"connection\":\"%s\",\"account\":\"ada\",\"employee\":\"1001\"}"
              .formatted(of.id("connections"));
      case "NewShiftFeed" -> "{\"rotation\":\"%s\"}".formatted(of.id("rotations"));
      case "AbsenceTimes" -> ApiWorld.TIMES;
      case "NewAbsence" ->
          "{\"connection\":\"%s\",\"account\":\"ada\",\"times\":%s}"
              .formatted(of.id("connections"), ApiWorld.TIMES);
      case "HolidayCalendarInput" -> ApiWorld.HOLIDAYS.formatted("Free days");
      case "PublicHolidays" -> ApiWorld.PUBLIC_HOLIDAYS;
      case "NewExport" -> "{\"about\":\"person\",\"person\":\"%s\"}".formatted(of.id("person"));
      case "NewToken" -> "{\"name\":\"one\",\"scopes\":[\"audit:read\"],\"expiresAt\":null}";
      case "NewSignOnGroup" -> "{\"name\":\"crew\",\"roles\":[\"MEMBER\"]}";
      case "GivenRoles" -> "{\"roles\":[\"AGENT\"]}";
      case "BinDeletion" ->
          "{\"kind\":\"rotations.rotation\",\"subject\":\"%s\"}".formatted(of.id("rotations"));
      case "BinChoice" -> "{\"days\":3}";
      case "BinConfirmation" -> "{\"confirm\":\"%s\"}".formatted(of.binnedName());
      case "RecoveryRelease" -> "{\"dropOld\":false}";
      case "RetentionDays" -> "{\"days\":400}";
      case "WebhookInput" ->
          "{\"url\":\"https://hooks.invalid/in\",\"description\":\"Desk\","
              + "\"types\":[\"people.left\"],\"authorization\":null}";
      case "Confirmed", "ErasureConfirmation" -> "{\"confirm\":\"%s\"}".formatted(confirmation(of));
      case null, default ->
          throw new AssertionError(
              this + ": nothing here fills a \"" + schema + "\": add it to ApiOperation");
    };
  }

  private String confirmation(ApiThings of) {
    String slug = of.world().workspace().slug();
    if (below.contains("/{app}")) {
      return slug + "/rotations";
    }
    if (below.contains("/{owner}")) {
      return slug + "/platform";
    }
    return below.contains("/{person}") ? of.username() : slug;
  }

  private void check(JsonNode filled, JsonNode document, String name) {
    JsonNode properties = document.at("/components/schemas/" + name + "/properties");
    Set<String> there = new HashSet<>(properties.propertyNames());
    if (!there.equals(new HashSet<>(filled.propertyNames()))) {
      throw new AssertionError(
          "%s: %s has the fields %s, but ApiOperation fills %s"
              .formatted(this, name, there, filled.propertyNames()));
    }
    properties
        .propertyStream()
        .forEach(field -> {
          String inner = field.getValue().at("/oneOf/0/$ref").asString("");
          if (!inner.isEmpty()) {
            check(filled.path(field.getKey()), document, inner.replaceFirst(".*/", ""));
          }
        });
  }

  @Override
  public String toString() {
    return method + " " + below;
  }
}
