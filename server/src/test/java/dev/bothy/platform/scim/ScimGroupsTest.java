package dev.bothy.platform.scim;

import static dev.bothy.platform.scim.ScimWorld.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.scim.ScimWorld.Answer;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BothyTest
class ScimGroupsTest {
  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired Directories directories;
  @Autowired GroupRoleMapping mapping;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private ScimWorld world;

  @BeforeEach
  void aWorkspaceWithADirectory() {
    world =
        new ScimWorld(
            TestWorkspaces.fresh(workspaces), workspaces, members, directories, people, port);
  }

  @Test
  void aNewGroupHasItsMembers() {
    String ada = world.newUser("ada");
    Answer created = world.post("/Groups", group("Engines", ada));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo(world.base() + "/Groups/" + created.id());
    JsonNode member = created.body().at("/members/0");
    assertThat(member.path("value").asString()).isEqualTo(ada);
    assertThat(member.path("display").asString()).isEqualTo("ada");
    assertThat(member.path("type").asString()).isEqualTo("User");
    assertThat(member.path("$ref").asString()).isEqualTo(world.base() + "/Users/" + ada);
    assertThat(world.get("/Groups/" + created.id()).body()).isEqualTo(created.body());
    assertThat(
            world
                .get("/Groups/" + created.id() + "?excludedAttributes=members")
                .body()
                .propertyNames())
        .doesNotContain("members");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"Add","path":"members","value":[{"value":"BO"}]}                  | ada bo
          {"op":"Remove","path":"members","value":[{"$ref":null,"value":"ADA"}]}  | ``
          {"op":"remove","path":"members[value eq \\"ADA\\"]"}                    | ``
          {"op":"replace","path":"members","value":[]}                            | ``
          {"op":"replace","path":"members","value":[{"value":"BO"}]}              | bo
          {"op":"replace","value":{"id":"x","displayName":"Looms"}}               | ada
          """)
  void membersAreChangedInTheFormsThatDirectoriesSend(String operation, String expected) {
    String ada = world.newUser("ada");
    String bo = world.newUser("bo");
    String group = world.newGroup("Engines", ada);
    Answer patched =
        world.patch("/Groups/" + group, operation.replace("ADA", ada).replace("BO", bo));
    assertThat(patched.status()).isEqualTo(204);
    assertThat(patched.header("ETag")).isEqualTo("W/\"2\"");
    assertThat(names(group))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
  }

  @Test
  void aPatchAnswersTheGroupWhereSomebodyAsks() {
    String group = world.newGroup("Engines");
    Answer patched =
        world.patch(
            "/Groups/" + group + "?attributes=displayName",
            "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Looms\"}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.body().path("displayName").asString()).isEqualTo("Looms");
  }

  @Test
  void aMemberWhoIsNoUserIsRefusedAndNothingIsDone() {
    String ada = world.newUser("ada");
    String group = world.newGroup("Engines");
    for (String nobody : new String[] {UUID.randomUUID().toString(), "x"}) {
      Answer refused =
          world.patch(
              "/Groups/" + group,
              "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"},{\"value\":\"%s\"}]}"
                  .formatted(ada, nobody));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.scimType()).isEqualTo("invalidValue");
      assertThat(world.post("/Groups", group("Looms", nobody)).status()).isEqualTo(400);
    }
    assertThat(names(group)).isEmpty();
    assertThat(world.get("/Groups").body().path("totalResults").asInt()).isOne();
  }

  @Test
  void aPutSaysAllMembers() {
    String ada = world.newUser("ada");
    String bo = world.newUser("bo");
    String group = world.newGroup("Engines", ada);
    Answer put = world.put("/Groups/" + group, group("Engines", bo));
    assertThat(put.status()).isEqualTo(200);
    assertThat(names(group)).containsExactly("bo");
    assertThat(world.put("/Groups/" + group, group("Engines", bo)).header("ETag"))
        .isEqualTo(put.header("ETag"));
  }

  @Test
  void aDeletedUserIsInNoGroupAndTheGroupIsOfANewVersion() {
    String ada = world.newUser("ada");
    String group = world.newGroup("Engines", ada);
    world.delete("/Users/" + ada);
    Answer read = world.get("/Groups/" + group);
    assertThat(read.body().has("members")).isFalse();
    assertThat(read.header("ETag")).isEqualTo("W/\"2\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          displayName eq "engines"                        | 1
          externalId eq "none"                            | 0
          members.value eq "ADA"                          | 1
          members[value eq "ADA"]                         | 1
          members eq "ADA" and displayName eq "Looms"     | 0
          not (members pr)                                | 1
          members.display sw "a"                          | 1
          """)
  void groupsAreFoundByFilters(String filter, int expected) {
    String ada = world.newUser("ada");
    world.newGroup("Engines", ada);
    world.newGroup("Looms");
    assertThat(
            world
                .filter("/Groups", filter.replace("ADA", ada))
                .body()
                .path("totalResults")
                .asInt(-1))
        .isEqualTo(expected);
  }

  @Test
  void whoJoinsAGroupThatStandsForARoleHasItAndWhoLeavesHasNot() {
    String ada = world.newUser("ada");
    String bo = world.newUser("bo");
    String group = world.newGroup("Agents", ada);
    map(group, Role.AGENT, Role.MANAGER);
    assertThat(world.rolesOf("ada"))
        .containsExactlyInAnyOrder(Role.MEMBER, Role.AGENT, Role.MANAGER);
    assertThat(world.rolesOf("bo")).containsExactly(Role.MEMBER);

    world.put("/Groups/" + group, group("Agents", bo));
    assertThat(world.rolesOf("ada")).containsExactly(Role.MEMBER);
    assertThat(world.rolesOf("bo"))
        .containsExactlyInAnyOrder(Role.MEMBER, Role.AGENT, Role.MANAGER);

    world.patch("/Users/" + bo, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
    assertThat(world.rolesOf("bo")).isEmpty();
    map(group, Role.AGENT);
    world.patch("/Users/" + bo, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
    assertThat(world.rolesOf("bo")).containsExactlyInAnyOrder(Role.MEMBER, Role.AGENT);

    world.delete("/Groups/" + group);
    assertThat(world.rolesOf("bo")).containsExactly(Role.MEMBER);
  }

  @Test
  void rolesOfSeveralGroupsAddUp() {
    String ada = world.newUser("ada");
    map(world.newGroup("Agents", ada), Role.AGENT);
    String auditors = world.newGroup("Auditors");
    map(auditors, Role.AUDITOR);
    world.put("/Groups/" + auditors, group("Auditors", ada));
    assertThat(world.rolesOf("ada"))
        .containsExactlyInAnyOrder(Role.MEMBER, Role.AGENT, Role.AUDITOR);
  }

  @Test
  void onlyAnOwnerSaysWhoIsAnOwner() {
    String group = world.newGroup("Owners", world.newUser("ada"));
    UUID id = UUID.fromString(group);
    assertThat(
            workspaces.<GroupRoleMapping.Outcome>inWorkspace(
                world.workspace.id(),
                () -> mapping.map(world.view(Role.ADMIN), world.directory, id, Set.of(Role.OWNER))))
        .isEqualTo(new GroupRoleMapping.Outcome.OwnersOnly());
    assertThat(world.rolesOf("ada")).containsExactly(Role.MEMBER);
    map(group, Role.OWNER);
    assertThat(world.rolesOf("ada")).contains(Role.OWNER);
  }

  @Test
  void patchesOfOneGroupAtOnceLoseNobody() throws Exception {
    List<String> users = IntStream.range(0, 40).mapToObj(i -> world.newUser("user" + i)).toList();
    String group = world.newGroup("Agents");
    map(group, Role.AGENT);
    List<Callable<Answer>> patches = new ArrayList<>();
    for (String user : users) {
      patches.add(() ->
          world.patch(
              "/Groups/" + group,
              "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}"
                  .formatted(user)));
    }
    for (Answer answer : atOnce(patches)) {
      assertThat(answer.status()).isEqualTo(204);
    }
    assertThat(names(group)).hasSize(40);
    assertThat(world.get("/Groups/" + group).header("ETag")).isEqualTo("W/\"41\"");
    assertThat(world.rolesOf("user7")).contains(Role.AGENT);
  }

  /// Groups that take the same users in and let them go, users who are changed, deleted and made
  /// again: whatever the order, all is answered, and roles are what the groups say in the end.
  @Test
  void changesThatMeetEachOtherAllHaveAnAnswer() throws Exception {
    List<String> users = IntStream.range(0, 6).mapToObj(i -> world.newUser("user" + i)).toList();
    List<String> groups = new ArrayList<>();
    for (Role role : List.of(Role.AGENT, Role.MANAGER, Role.AUDITOR)) {
      String group = world.newGroup(role.label());
      map(group, role);
      groups.add(group);
    }
    List<Callable<Answer>> changes = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      int each = round;
      for (String group : groups) {
        String members =
            String.join(",", users.stream().limit(5).map("{\"value\":\"%s\"}"::formatted).toList());
        changes.add(() ->
            world.patch(
                "/Groups/" + group,
                "{\"op\":\"%s\",\"path\":\"members\",\"value\":[%s]}"
                    .formatted(each % 2 == 0 ? "Remove" : "Add", members)));
      }
      changes.add(() ->
          world.patch(
              "/Users/" + users.get(each % 5),
              "{\"op\":\"replace\",\"path\":\"active\",\"value\":%s}".formatted(each % 3 != 0)));
    }
    changes.add(() -> world.delete("/Users/" + users.get(5)));
    for (Answer answer : atOnce(changes)) {
      assertThat(answer.status()).as(answer.body().toString()).isIn(200, 204);
    }
    for (int i = 0; i < 5; i++) {
      String user = users.get(i);
      world.patch("/Users/" + user, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
      Set<String> expected = new java.util.TreeSet<>(Set.of("member"));
      world
          .get("/Users/" + user)
          .body()
          .path("groups")
          .forEach(each -> expected.add(each.path("display").asString()));
      assertThat(world.rolesOf("user" + i).stream().map(Role::label))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Answer> each : threads.invokeAll(calls)) {
        answers.add(each.get());
      }
    }
    return answers;
  }

  private void map(String group, Role... roles) {
    GroupRoleMapping.Outcome outcome =
        workspaces.inWorkspace(
            world.workspace.id(),
            () ->
                mapping.map(
                    world.ownersView(), world.directory, UUID.fromString(group), Set.of(roles)));
    assertThat(outcome).isEqualTo(new GroupRoleMapping.Outcome.Done());
  }

  private List<String> names(String group) {
    return world
        .get("/Groups/" + group)
        .body()
        .path("members")
        .valueStream()
        .map(each -> each.path("display").asString())
        .toList();
  }
}
