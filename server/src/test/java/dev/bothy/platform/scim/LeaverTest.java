package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Person;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Somebody who is signed in, and whom the directory takes away.
@BothyTest
class LeaverTest {
  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired Directories directories;
  @Autowired TestPeople people;
  @Autowired People everybody;
  @LocalServerPort int port;

  private ScimWorld world;
  private TestPeople.Someone ada;
  private String user = "";

  @BeforeEach
  void somebodyOfTheDirectoryIsSignedIn() {
    world =
        new ScimWorld(
            TestWorkspaces.fresh(workspaces), workspaces, members, directories, people, port);
    ada = people.stranger("Ada");
    Person person = everybody.byIds(List.of(ada.id())).getFirst();
    user = world.newUser(person.username());
    assertThat(world.member(ada.id()).orElseThrow().roles()).containsExactly(Role.MEMBER);
    assertThat(status()).isEqualTo(200);
  }

  @Test
  void whoIsDeactivatedIsOutWhenTheRequestReturns() {
    world.patch("/Users/" + user, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
    assertThat(status()).isNotEqualTo(200);
  }

  @Test
  void whoIsDeletedIsOutWhenTheRequestReturns() {
    world.delete("/Users/" + user);
    assertThat(status()).isNotEqualTo(200);
  }

  private int status() {
    return Http.onPort(port).pageOf(ada.token(), "/w/" + world.workspace.slug()).statusCode();
  }
}
