package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.scim.ScimWorld.Answer;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Entra ID and Okta are documented to send (src/test/resources/scim), replayed over HTTP,
/// with what Bothy has after each step.
@BothyTest
class RecordedDirectoriesTest {
  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired Directories directories;
  @Autowired GroupRoleMapping mapping;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private final Map<String, String> kept = new HashMap<>();
  private JsonNode expectedPeople = JsonMapper.shared().createObjectNode();
  private JsonNode expectedGroups = JsonMapper.shared().createObjectNode();

  @ParameterizedTest
  @ValueSource(strings = {"entra/users", "entra/groups", "okta/users", "okta/groups"})
  void eachStepIsAnsweredAndLeavesWhatItShould(String sequence) throws IOException {
    ScimWorld world =
        new ScimWorld(
            TestWorkspaces.fresh(workspaces), workspaces, members, directories, people, port);
    int number = 0;
    for (JsonNode step : read(sequence, world.workspace.slug())) {
      String name = "%s, step %d (%s)".formatted(sequence, ++number, step.path("does").asString());
      if (step.has("map")) {
        map(world, step.path("map"));
      } else {
        replay(world, step, name);
      }
      expectedPeople = step.has("people") ? step.get("people") : expectedPeople;
      expectedGroups = step.has("groups") ? step.get("groups") : expectedGroups;
      requirePeople(world, name);
      requireGroups(world, name);
      alsoRequire(name, expectedPeople);
    }
    assertThat(number).isGreaterThan(5);
  }

  /// What else has to be so after a step.
  ///
  /// @param people the roles of each user name; none for somebody who has no place
  void alsoRequire(String step, JsonNode people) {}

  private void replay(ScimWorld world, JsonNode step, String name) {
    String[] request = filled(step.path("request").asString()).split(" ", 2);
    Answer answer =
        world.send(
            request[0], request[1], step.has("body") ? filled(step.get("body").toString()) : null);
    assertThat(answer.status())
        .as(name + ": " + answer.body())
        .isEqualTo(step.path("status").asInt());
    assertThat(answer.scimType()).as(name).isEqualTo(step.path("scimType").asString(""));
    for (Map.Entry<String, JsonNode> expected : step.path("answer").properties()) {
      JsonNode found = answer.body().at(expected.getKey());
      if (expected.getValue().isNull()) {
        assertThat(found.isMissingNode()).as(name + ": " + expected.getKey()).isTrue();
      } else {
        assertThat(found).as(name + ": " + expected.getKey()).isEqualTo(expected.getValue());
      }
    }
    if (step.has("keep")) {
      kept.put(step.path("keep").asString(), answer.id());
    }
  }

  private void map(ScimWorld world, JsonNode wanted) {
    UUID group = UUID.fromString(kept.getOrDefault(wanted.path("group").asString(), ""));
    Set<Role> roles =
        wanted
            .path("roles")
            .valueStream()
            .map(role -> Role.valueOf(role.asString()))
            .collect(Collectors.toSet());
    GroupRoleMapping.Outcome outcome =
        workspaces.inWorkspace(
            world.workspace.id(),
            () -> mapping.map(world.ownersView(), world.directory, group, roles));
    assertThat(outcome).isEqualTo(new GroupRoleMapping.Outcome.Done());
  }

  /// In the members of the workspace, whoever the directory did not name stays as they were.
  private void requirePeople(ScimWorld world, String name) {
    for (Map.Entry<String, JsonNode> person : expectedPeople.properties()) {
      List<String> roles = person.getValue().valueStream().map(JsonNode::asString).toList();
      assertThat(world.rolesOf(person.getKey()).stream().map(Role::label))
          .as(name + ": " + person.getKey())
          .containsExactlyInAnyOrderElementsOf(roles);
    }
  }

  private void requireGroups(ScimWorld world, String name) {
    Map<String, List<String>> found = new TreeMap<>();
    for (JsonNode group : world.get("/Groups").body().path("Resources")) {
      found.put(
          group.path("displayName").asString(),
          group
              .path("members")
              .valueStream()
              .map(each -> each.path("display").asString())
              .sorted()
              .toList());
    }
    Map<String, List<String>> expected = new LinkedHashMap<>();
    expectedGroups
        .properties()
        .forEach(each ->
            expected.put(
                each.getKey(), each.getValue().valueStream().map(JsonNode::asString).toList()));
    assertThat(found).as(name).isEqualTo(expected);
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> each : kept.entrySet()) {
      filled = filled.replace("${" + each.getKey() + "}", each.getValue());
    }
    return filled;
  }

  private static JsonNode read(String sequence, String workspace) throws IOException {
    try (InputStream file =
        RecordedDirectoriesTest.class.getResourceAsStream("/scim/" + sequence + ".json")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      // People are the installation's, and tests share one: names are of this workspace alone.
      return JsonMapper.shared().readTree(text.replace("@SPACE@", "-" + workspace));
    }
  }
}
