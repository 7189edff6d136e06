package dev.bothy.platform.chat.sandbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The room by HTTP, with the rotations app behind it.
@BothyTest
class RoomTest {
  private static final Pattern FORM = Pattern.compile("/sandbox/forms/([0-9a-f-]{36})\"");
  private static final Pattern BUTTON =
      Pattern.compile(
          "name=\"message\" value=\"([^\"]+)\"\\s*>\\s*<input type=\"hidden\" name=\"choice\""
              + " value=\"([^\"]+)\"\\s*>\\s*<button[^>]*value=\"([^\"]*)\"");
  private static final Pattern TOKEN = Pattern.compile("X-CSRF-TOKEN&quot;: &quot;([^&]+)&quot;");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @Autowired SandboxRoom room;
  @Autowired Chat chat;
  @LocalServerPort int port;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void whatSomebodySaysIsSeenByTheOthers() {
    Visitor visitor = visitor(Role.MEMBER);
    visitor.say("ada", "general", "hello @ben <b>");
    assertThat(visitor.parts("ben", "general"))
        .contains("hello ")
        .contains("@Ben Okafor")
        .contains("&lt;b&gt;");
    assertThat(visitor.parts("ben", "on-call")).doesNotContain("hello ");
  }

  @Test
  void aMessageThatWasTamperedWithLeavesTheRestOfThePageAsItIs() {
    Visitor visitor = visitor(Role.MEMBER);
    for (String text : List.of("well-before", "planted-word", "well-after")) {
      visitor.say("ada", "general", text);
    }
    UUID changed =
        workspaces.inWorkspace(
            visitor.workspace().id(),
            () ->
                jdbc.sql(
                        "update sandbox_message set content ="
                            + " set_byte(content, 20, get_byte(content, 20) # 1) where id ="
                            + " (select id from sandbox_message order by sequence offset 1 limit 1)"
                            + " returning id")
                    .query(UUID.class)
                    .single());

    assertThat(visitor.page("ben", "general"))
        .contains("well-before")
        .contains("well-after")
        .contains("cannot be read: what is stored of it was changed")
        .doesNotContain("planted-word");
  }

  @Test
  void sentTwiceItIsSaidOnce() {
    Visitor visitor = visitor(Role.MEMBER);
    UUID id = UUID.randomUUID();
    String form = "as=ada&in=general&text=only-once&saying=" + id;
    visitor.post("/say", form);
    visitor.post("/say", form);
    assertThat(visitor.parts("ben", "general").split("only-once", -1)).hasSize(2);
  }

  @Test
  void anUnknownCommandIsRefusedInWordsAndStaysTyped() {
    Visitor visitor = visitor(Role.MEMBER);
    assertThat(visitor.say("ada", "general", "/rotatoin new"))
        .contains("There is no command /rotatoin")
        .contains("/rotation")
        .contains(">/rotatoin new</textarea>");
    assertThat(visitor.parts("ada", "general")).doesNotContain("rotatoin");
  }

  @Test
  void aFormOpensForItsPersonAloneAndKeepsWhatWasTypedWhenItIsWrong() {
    Visitor visitor = visitor(Role.MEMBER);
    visitor.say("ada", "general", "/rotation new");
    String form = visitor.awaitForm("ada");
    assertThat(visitor.parts("ben", "general")).doesNotContainPattern(FORM);
    String answer =
        visitor.post(
            "/forms/" + form,
            "as=ada&in=general&attempt=" + UUID.randomUUID() + "&value.zone=Mars");
    assertThat(answer).contains("Please fill this in.").containsPattern(FORM);
    visitor.post("/forms/" + form + "/dismiss", "as=ada&in=general");
    assertThat(visitor.parts("ada", "general")).doesNotContainPattern(FORM);
  }

  @Test
  void anEphemeralAnswerIsSeenByTheOneWhoAsked() {
    Visitor visitor = visitor(Role.MEMBER);
    visitor.say("ada", "general", "/rotation help");
    await()
        .atMost(PATIENCE)
        .until(() -> visitor.parts("ada", "general").split("only you see this", -1).length > 2);
    assertThat(visitor.parts("ben", "general")).doesNotContain("only you see this");
  }

  @Test
  void whoLeftTheCompanyWritesNoMore() {
    Visitor visitor = visitor(Role.MEMBER);
    visitor.post("/people/chen", "active=false&as=chen&in=general");
    assertThat(visitor.say("chen", "general", "I am back")).contains("has left the company");
    assertThat(visitor.parts("ada", "general"))
        .contains("left the company")
        .doesNotContain("back<");
    visitor.post("/people/chen", "active=true&as=chen&in=general");
    visitor.say("chen", "general", "truly-back");
    assertThat(visitor.parts("ada", "general")).contains("truly-back");
  }

  @Test
  void nobodyWritesIntoTheDirectMessagesOfAnother() {
    Visitor visitor = visitor(Role.MEMBER);
    assertThat(visitor.say("ada", "@ben", "hello")).contains("no such conversation");
  }

  @Test
  void aButtonThatNoMessageOffersIsNotPressed() {
    Visitor visitor = visitor(Role.MEMBER);
    UUID id = UUID.randomUUID();
    visitor.post("/say", "as=ada&in=general&text=plain&saying=" + id);
    assertThat(visitor.post("/act", "as=ada&message=" + id + "&choice=rotations.delete&value=1"))
        .contains("has changed meanwhile");
  }

  @Test
  void aWrongChannelNameSaysWhatIsAllowedAndARightOneMakesAChannel() {
    Visitor visitor = visitor(Role.MEMBER);
    assertThat(visitor.status("/channels", "name=No+Spaces&as=ada&in=general")).isEqualTo(302);
    assertThat(visitor.page("ada", "general")).doesNotContain("No Spaces</span>");
    visitor.post("/channels", "name=%23night-watch&as=ada&in=general");
    assertThat(visitor.page("ada", "night-watch")).contains("#night-watch");
  }

  @Test
  void theStreamTellsOfAChange() throws Exception {
    Visitor visitor = visitor(Role.MEMBER);
    visitor.say("ada", "general", "before");
    HttpResponse<InputStream> stream =
        client.send(
            visitor.request("/live").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      long first = next(lines);
      visitor.say("ben", "general", "a change");
      assertThat(next(lines)).isGreaterThan(first);
    }
  }

  @Test
  void theStreamTellsOfWhatAnotherReplicaChanged() throws Exception {
    Visitor visitor = visitor(Role.MEMBER);
    visitor.say("ada", "general", "before");
    HttpResponse<InputStream> stream =
        client.send(
            visitor.request("/live").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      long first = next(lines);
      workspaces.inWorkspace(
          visitor.workspace().id(),
          () -> jdbc.sql("update sandbox_room set changes = changes + 1").update());
      assertThat(next(lines)).isEqualTo(first + 1);
    }
  }

  @Test
  void aButtonReachesItsApp() {
    Visitor visitor = visitor(Role.MEMBER);
    visitor.say("ada", "general", "/rotation help");
    await().atMost(PATIENCE).until(() -> BUTTON.matcher(visitor.parts("ada", "general")).find());
    Matcher button = BUTTON.matcher(visitor.parts("ada", "general"));
    assertThat(button.find()).isTrue();
    String form = "&message=" + button.group(1) + "&choice=" + button.group(2) + "&value=";
    assertThat(visitor.post("/act", "as=ben" + form)).contains("has changed meanwhile");
    visitor.post("/act", "as=ada" + form + button.group(3));
    visitor.awaitForm("ada");
  }

  @Test
  void aTopicAndAGroupAreShownWithNames() {
    Visitor visitor = visitor(Role.MEMBER);
    visitor.page("ada", "general");
    workspaces.inWorkspace(
        visitor.workspace().id(),
        () -> {
          ConnectionId connection = room.open().id();
          chat.send(connection, new OutboundMessage.Topic("general", "On duty: <Ada>"));
          chat.send(connection, new OutboundMessage.GroupMembers("on-duty", List.of("ada", "ben")));
        });
    await()
        .atMost(PATIENCE)
        .until(() -> visitor.parts("ada", "general").contains("Ada Byron, Ben Okafor"));
    await().atMost(PATIENCE).until(() -> visitor.parts("ada", "general").contains("On duty: "));
    assertThat(visitor.page("ada", "general"))
        .contains("On duty: &lt;Ada&gt;")
        .contains("@on-duty");
    assertThat(visitor.page("ada", "on-call")).doesNotContain("On duty: ");
  }

  @Test
  void anAuditorLooksAndTouchesNothing() {
    Visitor auditor = visitor(Role.AUDITOR);
    assertThat(auditor.page("ada", "general")).contains("#general");
    assertThat(auditor.status("/say", "as=ada&in=general&text=hi&saying=" + UUID.randomUUID()))
        .isEqualTo(403);
  }

  @Test
  void onlyAnAdminClearsTheRoom() {
    Visitor member = visitor(Role.MEMBER);
    assertThat(member.status("/clear", "as=ada&in=general")).isEqualTo(403);
    Visitor admin = visitor(Role.ADMIN);
    admin.say("ada", "general", "soon-gone");
    assertThat(admin.status("/clear", "as=ada&in=general")).isEqualTo(302);
    assertThat(admin.parts("ada", "general")).doesNotContain("soon-gone");
  }

  @Test
  void anotherWorkspacesRoomIsNotFound() throws Exception {
    Visitor visitor = visitor(Role.MEMBER);
    Workspace other = TestWorkspaces.fresh(workspaces);
    HttpResponse<String> answer =
        client.send(
            new Visitor(other, visitor.someone()).request("").GET().build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  private static long next(BufferedReader lines) throws IOException {
    while (true) {
      String line = lines.readLine();
      if (line != null && line.startsWith("data:")) {
        return Long.parseLong(line.substring(5).strip());
      }
    }
  }

  private Visitor visitor(Role role) {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    return new Visitor(workspace, people.signedIn(workspace, "Visitor", role));
  }

  private final class Visitor {
    private final Workspace workspace;
    private final TestPeople.Someone someone;

    Visitor(Workspace workspace, TestPeople.Someone someone) {
      this.workspace = workspace;
      this.someone = someone;
    }

    Workspace workspace() {
      return workspace;
    }

    TestPeople.Someone someone() {
      return someone;
    }

    String say(String account, String conversation, String text) {
      return post(
          "/say",
          "as="
              + account
              + "&in="
              + encode(conversation)
              + "&saying="
              + UUID.randomUUID()
              + "&text="
              + encode(text));
    }

    String parts(String account, String conversation) {
      return get("/parts?as=" + account + "&in=" + encode(conversation));
    }

    String page(String account, String conversation) {
      return get("?as=" + account + "&in=" + encode(conversation));
    }

    String awaitForm(String account) {
      await().atMost(PATIENCE).until(() -> FORM.matcher(parts(account, "general")).find());
      Matcher form = FORM.matcher(parts(account, "general"));
      assertThat(form.find()).isTrue();
      return form.group(1);
    }

    String post(String path, String form) {
      HttpResponse<String> answer = send(path, form);
      assertThat(answer.statusCode()).as(path).isIn(200, 302);
      return answer.body();
    }

    int status(String path, String form) {
      return send(path, form).statusCode();
    }

    private HttpResponse<String> send(String path, String form) {
      return exchange(
          request(path)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header("X-CSRF-TOKEN", token())
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build());
    }

    /// As htmx finds it on the page.
    private String token() {
      Matcher token = TOKEN.matcher(page("ada", "general"));
      assertThat(token.find()).isTrue();
      return token.group(1);
    }

    private String get(String path) {
      HttpResponse<String> answer = exchange(request(path).GET().build());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer.body();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
      try {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/sandbox" + path))
          .header("Cookie", "bothy-session=" + someone.token());
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
