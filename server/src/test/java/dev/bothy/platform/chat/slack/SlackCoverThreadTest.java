package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// "Who can cover?" at Slack: asked by command, answered in the thread in the ways that Slack tells
/// of, and taken with a button.
@BothyTest
@Import(EchoFeature.class)
class SlackCoverThreadTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackConnections connections;
  @Autowired SlackAbilities abilities;
  @Autowired TestClock clock;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();
  private final String unique =
      UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  private final String channel = "C0" + unique;
  private final String ada = "U0A" + unique;
  private final String ben = "U0B" + unique;
  private final String carl = "U0C" + unique;
  private Workspace workspace;
  private SlackRequests requests;
  private int said;

  @BeforeEach
  void connectWithHearing() {
    slack.team().person(ada, "ada", "Ada Lovelace");
    slack.team().person(ben, "ben", "Ben Ali");
    slack.team().person(carl, "carl", "Carl Friedrich");
    slack.team().channel(channel, "ops", SlackTeam.BOT_USER, ada, ben, carl);
    requests = SlackRequests.signedWith(SIGNING_SECRET, clock);
    workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    abilities.change(workspace.id(), admin.id(), Capability.HEAR.name(), true);
    List<String> scopes =
        connections.manifest(URI.create("https://bothy.test"), workspace.id()).scopes().stream()
            .map(SlackManifest.Scope::name)
            .toList();
    assertThat(
            connections.connect(
                workspace.id(),
                admin.id(),
                slack.install(scopes.toArray(String[]::new)),
                SIGNING_SECRET))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void answersInTheThreadStandOnTheQuestionUntilSomebodyTakesIt() {
    command("new Desk daily 09:00 Europe/Berlin <@" + ada + "> <@" + ben + ">");
    inChannel("on duty");
    command("cover Desk");
    Message asked = inChannel("Who can cover for");

    say(carl, "What was it about?", thread(asked));
    // Where it was also sent to the channel, Slack tells the message it answers in another way.
    say(
        carl,
        "Sorry, I can’t &amp; won’t",
        event -> {
          event.put("subtype", "thread_broadcast").put("thread_ts", asked.ts());
          event.remove("parent_user_id");
          event.putObject("root").put("ts", asked.ts()).put("user", SlackTeam.BOT_USER);
        });
    await().atMost(SOON).until(() -> shows(asked.ts(), "Cannot"));
    assertThat(shows(asked.ts(), "Perhaps")).isFalse();
    say(ben, "Sure, no problem", thread(asked));
    await().atMost(SOON).until(() -> shows(asked.ts(), "Perhaps"));

    Message question = direct(ada, "answered in the thread");
    press(ada, question, "rotations.request-confirm");
    await().atMost(SOON).until(() -> shows(asked.ts(), "covers for"));
    assertThat(direct(ben, "You serve for").text()).contains("Desk");
    say(carl, "I can after all", thread(asked));
    say(carl, "echo done " + unique, thread(asked));
    inChannel("heard: echo done");
    assertThat(shows(asked.ts(), "covers for")).isTrue();
  }

  private static Consumer<ObjectNode> thread(Message asked) {
    return event -> event.put("thread_ts", asked.ts()).put("parent_user_id", SlackTeam.BOT_USER);
  }

  private void say(String account, String text, Consumer<ObjectNode> where) {
    String ts = "1795330900." + (100 + ++said);
    accepted(
        "events",
        requests.event(
            "message-thread",
            payload -> {
              payload.put("event_id", "Ev" + unique + said);
              ObjectNode event = (ObjectNode) payload.path("event");
              event.put("channel", channel).put("user", account).put("text", text).put("ts", ts);
              where.accept(event);
            }));
  }

  private void command(String text) {
    accepted(
        "commands",
        requests.command(
            Map.of(
                "text", text,
                "user_id", ada,
                "channel_id", channel,
                "trigger_id", slack.trigger(ada),
                "response_url", slack.responseUrl(channel, ada).toString())));
  }

  private void press(String account, Message message, String action) {
    JsonNode button =
        Objects.requireNonNull(message.blocks()).findParents("action_id").stream()
            .filter(each -> each.path("action_id").asString().startsWith(action))
            .findFirst()
            .orElseThrow();
    accepted(
        "interactions",
        requests.interaction(
            "block-actions-button",
            payload -> {
              ((ObjectNode) payload.path("user")).put("id", account);
              payload.put("trigger_id", slack.trigger(account));
              payload.put("response_url", slack.responseUrl(channel, account).toString());
              ((ObjectNode) payload.at("/actions/0"))
                  .put("action_id", button.path("action_id").asString())
                  .put("value", button.path("value").asString());
            }));
  }

  private boolean shows(String ts, String text) {
    return slack.team().messagesIn(channel).stream()
        .anyMatch(each -> each.ts().equals(ts) && (each.text() + each.blocks()).contains(text));
  }

  private Message inChannel(String text) {
    return eventually(() -> slack.team().messagesIn(channel), text);
  }

  private Message direct(String account, String text) {
    return eventually(() -> slack.team().directMessagesTo(account), text);
  }

  private static Message eventually(Supplier<List<Message>> messages, String text) {
    return await(text)
        .atMost(SOON)
        .until(
            () ->
                messages.get().stream()
                    .filter(each -> (each.text() + each.blocks()).contains(text))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private void accepted(String path, SlackRequests.Request request) {
    assertThat(
            request
                .sendTo(
                    URI.create(
                        "http://127.0.0.1:" + port + "/chat/slack/" + workspace.id() + "/" + path))
                .statusCode())
        .isEqualTo(200);
  }
}
