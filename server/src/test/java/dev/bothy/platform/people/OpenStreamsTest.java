package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A page that watches is told to go when whoever opened it may no longer look.
@BothyTest
class OpenStreamsTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired Members members;
  @Autowired Sessions sessions;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  record Ending(String name, Consumer<OpenStreamsTest> work) {
    @Override
    public String toString() {
      return name;
    }
  }

  private Workspace workspace;
  private TestPeople.Someone ada;

  @BeforeEach
  void somebodySignedIn() {
    workspace = TestWorkspaces.fresh(workspaces);
    ada = people.signedIn(workspace, "Ada", Role.MEMBER);
  }

  static Stream<Arguments> endings() {
    return Stream.of(
            new Ending("their place ends", OpenStreamsTest::deactivate),
            new Ending("they sign out", test -> test.sessions.end(test.ada.token())),
            new Ending(
                "somebody ends the session", test -> test.sessions.endOthers(test.ada.id(), null)),
            new Ending(
                "the identity provider ends it",
                test -> test.sessions.endBySid("https://login.test/realms/test", test.sid())))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("endings")
  @Timeout(20)
  void aStreamEndsWhen(Ending ending) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream stream = open(client)) {
      assertThat(stream.read()).isPositive();
      ending.work().accept(this);
      // Ends: reading comes to its end instead of waiting for the next heartbeat for ever.
      while (stream.read() >= 0) {
        continue;
      }
    }
  }

  private InputStream open(HttpClient client) throws Exception {
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://localhost:%d/w/%s/sandbox/live".formatted(port, workspace.slug())))
                .timeout(Duration.ofSeconds(10))
                .header("Cookie", "bothy-session=" + ada.token())
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private void deactivate() {
    workspaces.inWorkspace(
        workspace.id(), () -> members.deactivate(ada.id(), new Actor.System(), Ended.DIRECTORY));
  }

  private String sid() {
    return workspaces.forInstallation(() ->
        jdbc.sql("select sid from session where person_id = ?")
            .param(ada.id().value())
            .query(String.class)
            .single());
  }
}
