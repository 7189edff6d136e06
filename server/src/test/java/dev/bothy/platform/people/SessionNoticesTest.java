package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A page that says what was just done needs no cookie but the session's.
@BothyTest
class SessionNoticesTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  @Test
  void theNextPageSaysWhatWasDoneOnceAndSetsNoCookie() {
    Http http = Http.onPort(port);
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone ada = people.signedIn(workspace, "Ada", Role.OWNER);
    String room = "/w/" + workspace.slug() + "/sandbox";
    assertThat(http.pageOf(ada.token(), room).statusCode()).isEqualTo(200);
    HttpResponse<String> done =
        http.post(
            room + "/channels",
            Map.of("_csrf", ada.csrf(), "as", "ada", "in", "general", "name", "Not A Channel!"),
            "Cookie",
            "bothy-session=" + ada.token());
    assertThat(done.statusCode()).isEqualTo(302);
    assertThat(done.headers().firstValue("Set-Cookie")).isEmpty();
    String next = done.headers().firstValue("Location").orElseThrow();
    String path = next.substring(next.indexOf("/w/"));
    assertThat(http.pageOf(ada.token(), path).body()).contains("Not A Channel!");
    assertThat(http.pageOf(ada.token(), path).body()).doesNotContain("Not A Channel!");
  }
}
