package dev.bothy.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.ApiWorld;
import dev.bothy.testkit.ApiWorlds;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.ChangingCalls;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every operation of the API that changes something is called once, with success, and leaves
/// exactly one entry in the audit log. An operation that is not in the table fails.
@BothyTest
class OneEntryPerCallTest {
  private static final String AREA = "/api/v1/workspaces/{workspace}";
  private static final Set<String> METHODS = Set.of("post", "put", "patch", "delete");

  @Autowired ApiWorlds worlds;
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;

  static Stream<String> operations() {
    return ChangingCalls.ready().stream();
  }

  @Test
  void everyOperationThatChangesSomethingIsInTheTable() {
    JsonNode document =
        JsonMapper.shared().readTree(worlds.http().get("/api/v1/openapi.json").body());
    Set<String> there = new TreeSet<>();
    document
        .path("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation ->
                    there.add(
                        operation.getKey().toUpperCase(Locale.ROOT)
                            + " "
                            + path.getKey().replace(AREA, ""))));
    Set<String> driven = ChangingCalls.ready();
    driven.addAll(ChangingCalls.REFUSED.keySet());
    driven.addAll(ChangingCalls.CHANGE_NOTHING.keySet());
    assertThat(driven).isEqualTo(there);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aCallLeavesOneEntryThatSaysWhoAndFromWhere(String operation) {
    ApiWorld world = worlds.fresh();
    ChangingCalls.Call call = ChangingCalls.of(operation, world);
    Set<UUID> before = ids(world);
    HttpResponse<String> answer = send(world, world.signedIn(), operation, call);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    List<AuditEntry> left =
        entries(world).stream()
            .filter(entry -> !before.contains(entry.id()))
            // What Bothy does by itself afterwards is its own.
            .filter(entry -> "api".equals(entry.origin().via()))
            .toList();
    assertThat(left).as(operation).hasSize(1);
    assertThat(left.getFirst().actorKind()).isEqualTo("person");
    assertThat(left.getFirst().origin().address()).isEqualTo("127.0.0.1");
  }

  @Test
  void aCallThatOnlyShowsLeavesNone() {
    ChangingCalls.CHANGE_NOTHING.forEach((operation, ready) -> {
      ApiWorld world = worlds.fresh();
      ChangingCalls.Call call = ready.apply(world);
      Set<UUID> before = ids(world);
      HttpResponse<String> answer = send(world, world.signedIn(), operation, call);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(ids(world)).as(operation).isEqualTo(before);
    });
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aCallOfWhoMayNotLeavesNone(String operation) {
    ApiWorld world = worlds.fresh();
    ChangingCalls.Call call = ChangingCalls.of(operation, world);
    TestPeople.Someone stranger =
        people.signedIn(TestWorkspaces.fresh(workspaces), "Eve", Role.OWNER);
    Set<UUID> before = ids(world);
    HttpResponse<String> answer = send(world, stranger, operation, call);
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(entries(world).stream().filter(entry -> "api".equals(entry.origin().via())))
        .allMatch(entry -> before.contains(entry.id()));
  }

  private static HttpResponse<String> send(
      ApiWorld world, TestPeople.Someone who, String operation, ChangingCalls.Call call) {
    return world.send(
        who, operation.substring(0, operation.indexOf(' ')), call.below(), call.document());
  }

  private Set<UUID> ids(ApiWorld world) {
    Set<UUID> ids = new HashSet<>();
    entries(world).forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  private List<AuditEntry> entries(ApiWorld world) {
    return workspaces.inWorkspace(
        world.workspace().id(),
        () ->
            jdbc.sql(
                    "select "
                        + AuditRows.COLUMNS
                        + " from audit_entry e left join audit_link l"
                        + " on l.workspace_id = e.workspace_id and l.entry_id = e.id")
                .query((row, _) -> new AuditRows(JsonMapper.shared()).entry(row))
                .list());
  }
}
