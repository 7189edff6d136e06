package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the database answers of a filter, and how, in a directory of 3,000 users.
@BothyTest
class NarrowingTest {
  private static final int USERS = 3000;
  private static final String ID = "00000000-0000-7000-8000-000000000001";

  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired Directories directories;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private ScimWorld world;

  @BeforeEach
  void aDirectoryOfManyUsers() throws Exception {
    world =
        new ScimWorld(
            TestWorkspaces.fresh(workspaces), workspaces, members, directories, people, port);
    UUID workspace = world.workspace.id().value();
    workspaces.inWorkspace(
        world.workspace.id(),
        () -> {
          jdbc.sql(
                  "insert into scim_user (workspace_id, id, directory_id, user_name_key,"
                      + " external_id, active, attributes, version, created_at, updated_at)"
                      + " select ?, gen_random_uuid(), ?, 'user' || n, 'ext-' || n, true,"
                      + " jsonb_build_object('userName', 'user' || n, 'active', true), 1,"
                      + " now(), now() from generate_series(1, ?) n")
              .params(workspace, world.directory, USERS)
              .update();
          jdbc.sql(
                  "insert into scim_user_email (workspace_id, address_key, user_id)"
                      + " select workspace_id, user_name_key || '@example.com', id from scim_user")
              .update();
        });
    // Without statistics the planner takes any index that begins with the workspace.
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement analyze = superuser.createStatement()) {
      analyze.execute("analyze bothy.scim_user, bothy.scim_user_email");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          userName eq "user7"                                      | scim_user_workspace_id_user_name_key_key
          externalId eq "ext-7"                                    | scim_user_by_external_id
          emails.value eq "user7@example.com"                      | scim_user_email_pkey
          emails[type eq "work" and value eq "user7@example.com"]  | scim_user_email_pkey
          id eq "00000000-0000-7000-8000-000000000001"             | scim_user_pkey
          active eq true and userName eq "user7"                   | scim_user_workspace_id_user_name_key_key
          """)
  void whatDirectoriesAskForIsAnsweredByAnIndex(String filter, String index) {
    Narrowing narrowing = Narrowing.of(ResourceType.USER, Filter.parse(filter));
    List<String> plan =
        workspaces.inWorkspace(
            world.workspace.id(),
            () ->
                jdbc.sql("explain select id from scim_user" + narrowing.where())
                    .params(ScimUserTable.parameters(world.directory, narrowing))
                    .query(String.class)
                    .list());
    assertThat(String.join("\n", plan)).contains(index).doesNotContain("Seq Scan");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName eq \"a\" or userName eq \"b\"",
        "not (userName eq \"a\")",
        "userName ne \"a\"",
        "userName co \"a\"",
        "title eq \"a\"",
        "active eq true",
        "id eq null",
      })
  void whatIsNotPlainIsLeftToTheOneEvaluator(String filter) {
    assertThat(Narrowing.of(ResourceType.USER, Filter.parse(filter)))
        .isEqualTo(new Narrowing("", List.of()));
  }

  @Test
  void whatNoColumnCanHoldNoRowHas() {
    assertThat(Narrowing.of(ResourceType.USER, Filter.parse("id eq \"x\"")).sql())
        .isEqualTo(" and false");
    assertThat(Narrowing.of(ResourceType.GROUP, Filter.parse("members eq \"" + ID + "\"")))
        .isEqualTo(
            new Narrowing(
                " and id in (select group_id from scim_group_member where user_id = ?)",
                List.of(UUID.fromString(ID))));
  }

  @Test
  void aFilterWithoutAnIndexFindsAllOfThem() {
    assertThat(
            world
                .filter("/Users", "userName ew \"7\" and active eq true")
                .body()
                .path("totalResults")
                .asInt())
        .isEqualTo(USERS / 10);
  }
}
