package dev.bothy.platform.scim;

import static dev.bothy.platform.scim.ScimWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.scim.ScimWorld.Answer;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BothyTest
class ScimUsersTest {
  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired Directories directories;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private ScimWorld world;

  @BeforeEach
  void aWorkspaceWithADirectory() {
    world = anotherWorld();
  }

  private ScimWorld anotherWorld() {
    return new ScimWorld(
        TestWorkspaces.fresh(workspaces), workspaces, members, directories, people, port);
  }

  @Test
  void aNewUserIsAMember() {
    Answer created =
        world.post(
            "/Users",
            user("ada@example.com", ",\"externalId\":\"7\",\"displayName\":\"Ada Byron\""));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Content-Type")).startsWith("application/scim+json");
    String address = world.base() + "/Users/" + created.id();
    assertThat(created.header("Location")).isEqualTo(address);
    assertThat(created.header("ETag")).isEqualTo("W/\"1\"");
    JsonNode body = created.body();
    assertThat(body.at("/schemas/0").asString()).isEqualTo(UserSchema.ID);
    assertThat(body.at("/meta/location").asString()).isEqualTo(address);
    assertThat(body.at("/meta/resourceType").asString()).isEqualTo("User");
    assertThat(body.at("/meta/version").asString()).isEqualTo("W/\"1\"");
    assertThat(body.path("active").asBoolean()).isTrue();
    assertThat(world.get("/Users/" + created.id()).body()).isEqualTo(body);
    assertThat(world.member("ada@example.com"))
        .hasValueSatisfying(member -> {
          assertThat(member.name()).isEqualTo("Ada Byron");
          assertThat(member.email()).isEqualTo("ada@example.com@example.com");
          assertThat(member.roles()).containsExactly(Role.MEMBER);
        });
  }

  @Test
  void whatNoSchemaNamesAndWhatIsReadOnlyIsIgnored() {
    Answer created =
        world.post(
            "/Users",
            user(
                "ada",
                ",\"id\":\"x\",\"meta\":{\"version\":\"x\"},\"groups\":[{\"value\":\"x\"}],"
                    + "\"password\":\"t1meMa$heen\",\"shoeSize\":37,"
                    + "\"urn:example:2.0:User\":{\"a\":1}"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().propertyNames())
        .containsExactlyInAnyOrder("schemas", "id", "userName", "active", "emails", "meta");
    assertThat(created.id()).isNotEqualTo("x");
  }

  @Test
  void aRepeatedPostIsAConflict() {
    world.newUser("ada");
    Answer again = world.post("/Users", user("ADA", ""));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.scimType()).isEqualTo("uniqueness");
    assertThat(again.detail()).isEqualTo("A user with this userName exists already.");
  }

  @Test
  void twoDirectoriesOfAWorkspaceCannotClaimOnePerson() {
    world.newUser("ada");
    ScimWorld other =
        new ScimWorld(world.workspace, workspaces, members, directories, people, port);
    Answer claimed = other.post("/Users", user("Ada", ""));
    assertThat(claimed.status()).isEqualTo(409);
    assertThat(claimed.scimType()).isEqualTo("uniqueness");
    assertThat(claimed.detail()).contains("Another directory of this workspace");
    assertThat(other.get("/Users").body().path("totalResults").asInt()).isZero();
  }

  @Test
  void theSameUserNameInTwoWorkspacesIsTwoPeopleUntilSomebodySignsInWithIt() {
    world.newUser("grace-" + world.workspace.slug());
    ScimWorld other = anotherWorld();
    other.newUser("grace-" + world.workspace.slug());
    assertThat(other.member("grace-" + world.workspace.slug()).orElseThrow().person())
        .isNotEqualTo(world.member("grace-" + world.workspace.slug()).orElseThrow().person());
  }

  @Test
  void whoIsDeactivatedHasNoPlaceWhenTheRequestReturns() {
    String ada = world.newUser("ada");
    Answer patched =
        world.patch(
            "/Users/" + ada, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.body().path("active").asBoolean(true)).isFalse();
    assertThat(world.member("ada"))
        .hasValueSatisfying(member -> {
          assertThat(member.active()).isFalse();
          assertThat(member.endedBy()).isEqualTo(Ended.DIRECTORY);
        });

    world.patch("/Users/" + ada, "{\"op\":\"replace\",\"value\":{\"active\":true}}");
    assertThat(world.rolesOf("ada")).containsExactly(Role.MEMBER);
  }

  @Test
  void whoIsDeletedHasNoPlaceAndComesBackWhenMadeAgain() {
    String ada = world.newUser("ada");
    var person = world.member("ada").orElseThrow().person();
    assertThat(world.delete("/Users/" + ada).status()).isEqualTo(204);
    assertThat(world.member("ada").orElseThrow().active()).isFalse();
    assertThat(world.get("/Users/" + ada).status()).isEqualTo(404);
    assertThat(world.delete("/Users/" + ada).status()).isEqualTo(404);

    String again = world.newUser("ada");
    assertThat(again).isNotEqualTo(ada);
    assertThat(world.member("ada").orElseThrow().person()).isEqualTo(person);
    assertThat(world.rolesOf("ada")).containsExactly(Role.MEMBER);
  }

  @Test
  void whoIsMadeInactiveIsNobodyUntilTheyAreActive() {
    String ada = world.post("/Users", user("ada", ",\"active\":false")).id();
    assertThat(world.member("ada")).isEmpty();
    world.patch("/Users/" + ada, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
    assertThat(world.rolesOf("ada")).containsExactly(Role.MEMBER);
  }

  @Test
  void aResyncThatChangesNothingGivesNothingBackThatAnAdminTook() {
    String ada = world.newUser("ada");
    workspaces.inWorkspace(
        world.workspace.id(),
        () -> members.end(world.ownersView(), world.member("ada").orElseThrow().person()));
    Answer same = world.put("/Users/" + ada, user("ada", ",\"active\":true"));
    assertThat(same.header("ETag")).isEqualTo("W/\"1\"");
    assertThat(world.member("ada").orElseThrow().active()).isFalse();
  }

  @Test
  void aNewNameIsTheMembersToo() {
    String ada = world.newUser("ada");
    world.put("/Users/" + ada, user("countess", ",\"displayName\":\"Ada King\""));
    assertThat(world.member("countess").orElseThrow().name()).isEqualTo("Ada King");
    assertThat(world.filter("/Users", "userName eq \"ada\"").body().path("totalResults").asInt())
        .isZero();
    assertThat(
            world.filter("/Users", "userName eq \"Countess\"").body().path("totalResults").asInt())
        .isOne();
  }

  @Test
  void aPatchWhoseThirdOperationFailsDoesNothing() {
    String ada = world.newUser("ada");
    JsonNode before = world.get("/Users/" + ada).body();
    Answer failed =
        world.patch(
            "/Users/" + ada,
            "{\"op\":\"replace\",\"path\":\"active\",\"value\":false},"
                + "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"},"
                + "{\"op\":\"add\",\"path\":\"shoeSize\",\"value\":37}");
    assertThat(failed.status()).isEqualTo(400);
    assertThat(failed.scimType()).isEqualTo("invalidPath");
    assertThat(world.get("/Users/" + ada).body()).isEqualTo(before);
    assertThat(world.rolesOf("ada")).containsExactly(Role.MEMBER);
  }

  @Test
  void versionsKeepTwoFromOverwritingEachOther() {
    String ada = world.newUser("ada");
    String path = "/Users/" + ada;
    assertThat(world.get(path, "If-None-Match", "W/\"1\"").status()).isEqualTo(304);
    String title = "{\"op\":\"add\",\"path\":\"title\",\"value\":\"%s\"}";
    Answer first = world.patch(path, title.formatted("x"), "If-Match", "W/\"1\"");
    assertThat(first.header("ETag")).isEqualTo("W/\"2\"");
    Answer second = world.patch(path, title.formatted("y"), "If-Match", "W/\"1\"");
    assertThat(second.status()).isEqualTo(412);
    assertThat(world.get(path).body().path("title").asString()).isEqualTo("x");
    assertThat(world.delete(path, "If-Match", "W/\"1\"").status()).isEqualTo(412);
    assertThat(world.get(path, "If-None-Match", "W/\"1\"").status()).isEqualTo(200);
    assertThat(world.delete(path, "If-Match", "*").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          userName eq "ADA"                                          | 1
          userName sw "a" or userName eq "bo"                        | 2
          emails.value eq "ADA@example.com"                          | 1
          emails[type eq "work" and value eq "bo@example.com"]       | 1
          emails[type eq "work"].value eq "bo@example.com"           | 1
          emails[type eq "home"].value eq "bo@example.com"           | 0
          emails eq "bo@example.com" and active eq true              | 1
          userName eq "ada" and userName eq "bo"                     | 0
          not (userName eq "ada")                                    | 2
          active eq "True"                                           | 3
          externalId eq "none"                                       | 0
          id eq "none"                                               | 0
          userName eq "\\u0000"                                      | 0
          groups.display eq "Engines"                                | 1
          not (groups pr)                                            | 2
          meta.resourceType eq "User" and meta.created gt "2020-01-01T00:00:00Z" | 3
          """)
  void usersAreFoundByFilters(String filter, int expected) {
    String ada = world.newUser("ada");
    world.newUser("bo");
    world.newUser("cy");
    world.newGroup("Engines", ada);
    Answer found = world.filter("/Users", filter);
    assertThat(found.body().path("totalResults").asInt(-1))
        .as(found.body().toString())
        .isEqualTo(expected);
    assertThat(found.body().path("Resources").size()).isEqualTo(expected);
  }

  @Test
  void aListIsAnsweredInPages() {
    for (int i = 1; i <= 5; i++) {
      world.newUser("user" + i);
    }
    JsonNode middle = world.get("/Users?startIndex=2&count=2").body();
    assertThat(middle.path("totalResults").asInt()).isEqualTo(5);
    assertThat(middle.path("startIndex").asInt()).isEqualTo(2);
    assertThat(middle.path("itemsPerPage").asInt()).isEqualTo(2);
    assertThat(middle.at("/Resources/0/userName").asString()).isEqualTo("user2");
    JsonNode number = world.get("/Users?count=0").body();
    assertThat(number.path("totalResults").asInt()).isEqualTo(5);
    assertThat(number.has("Resources")).isFalse();
    JsonNode beyond = world.get("/Users?startIndex=9&count=-1&sortBy=userName").body();
    assertThat(beyond.path("totalResults").asInt()).isEqualTo(5);
    JsonNode filtered =
        world.get("/Users?filter=userName%20sw%20%22user%22&startIndex=4&count=10").body();
    assertThat(filtered.path("totalResults").asInt()).isEqualTo(5);
    assertThat(filtered.path("itemsPerPage").asInt()).isEqualTo(2);
    assertThat(world.get("/Users?count=many").scimType()).isEqualTo("invalidValue");
  }

  @Test
  void onlyWhatIsAskedForIsAnswered() {
    String ada = world.newUser("ada");
    world.newGroup("Engines", ada);
    assertThat(world.get("/Users/" + ada + "?attributes=userName").body().propertyNames())
        .containsExactlyInAnyOrder("schemas", "id", "userName");
    assertThat(world.get("/Users/" + ada).body().at("/groups/0/display").asString())
        .isEqualTo("Engines");
    assertThat(
            world
                .get("/Users?excludedAttributes=emails,groups")
                .body()
                .at("/Resources/0")
                .propertyNames())
        .doesNotContain("emails", "groups");
    Answer search =
        world.post(
            "/Users/.search",
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],"
                + "\"filter\":\"userName eq \\\"ada\\\"\",\"attributes\":[\"userName\"],\"count\":1}");
    assertThat(search.body().at("/Resources/0/userName").asString()).isEqualTo("ada");
  }
}
