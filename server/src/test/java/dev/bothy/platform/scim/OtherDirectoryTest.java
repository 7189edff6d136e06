package dev.bothy.platform.scim;

import static dev.bothy.platform.scim.ScimWorld.group;
import static dev.bothy.platform.scim.ScimWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.scim.ScimWorld.Answer;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.RowsOf;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Two workspaces whose directories send people and groups of the same names.
@BothyTest
class OtherDirectoryTest {
  private static final String RENAME =
      "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Mine\"}";

  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired Directories directories;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private ScimWorld here;
  private ScimWorld there;
  private String theirUser;
  private String theirGroup;

  @BeforeEach
  void twoDirectories() {
    here = world();
    there = world();
    theirUser = there.post("/Users", user("ada", ",\"displayName\":\"Ada " + mark + "\"")).id();
    theirGroup = there.post("/Groups", group("crew", theirUser)).id();
    assertThat(there.get("/Groups/" + theirGroup).status()).isEqualTo(200);
  }

  private ScimWorld world() {
    return new ScimWorld(
        TestWorkspaces.fresh(workspaces), workspaces, members, directories, people, port);
  }

  @Test
  void theOtherDirectorysPeopleAndGroupsAreNotThere() {
    UUID theirs = there.workspace.id().value();
    Map<String, String> before = rows(theirs);
    for (String path : List.of("/Users/" + theirUser, "/Groups/" + theirGroup)) {
      String body = path.startsWith("/U") ? user("ada", "") : group("crew");
      for (Answer answer :
          List.of(
              here.get(path), here.put(path, body), here.patch(path, RENAME), here.delete(path))) {
        assertThat(answer.status()).as(path).isEqualTo(404);
        assertThat(answer.whole().body()).doesNotContain(mark);
      }
    }
    for (String list : List.of("/Users", "/Groups")) {
      assertThat(here.get(list).whole().body()).doesNotContain(theirUser, theirGroup, mark);
      assertThat(here.filter(list, "id eq \"" + theirUser + "\"").whole().body())
          .doesNotContain(mark);
    }
    assertThat(here.filter("/Users", "userName eq \"ada\"").whole().body())
        .doesNotContain(theirUser, mark);
    Answer mine = here.post("/Users", user("ada", ""));
    assertThat(mine.status()).isEqualTo(201);
    assertThat(mine.id()).isNotEqualTo(theirUser);
    Answer withTheirs = here.post("/Groups", group("crew", theirUser));
    assertThat(withTheirs.whole().body()).doesNotContain(mark);
    assertThat(rows(theirs)).isEqualTo(before);
    assertThat(RowsOf.naming(here.workspace.id().value(), List.of(theirUser, theirGroup, mark)))
        .isEmpty();
  }

  /// Without what the audit log writes of its chain, a moment later.
  private static Map<String, String> rows(UUID workspace) {
    Map<String, String> rows = RowsOf.workspace(workspace);
    rows.keySet().removeAll(List.of("audit_link", "audit_unlinked", "audit_check"));
    return rows;
  }
}
