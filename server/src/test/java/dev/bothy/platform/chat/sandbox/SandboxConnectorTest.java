package dev.bothy.platform.chat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatConnector;
import dev.bothy.platform.chat.ChatConnectorContract;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.ReplyHandle;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class SandboxConnectorTest implements ChatConnectorContract {
  @Autowired SandboxConnector connector;
  @Autowired SandboxRoom room;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  private @Nullable ChatConnection connection;

  @Override
  public Harness harness() {
    ChatConnection own = connection();
    return new Harness() {
      @Override
      public ChatConnector connector() {
        return connector;
      }

      @Override
      public ChatConnection connection() {
        return own;
      }

      @Override
      public String conversation() {
        return "general";
      }

      @Override
      public String account() {
        return "ada";
      }

      @Override
      public List<String> visibleIn(String conversationOrAccount) {
        return conversationOrAccount.equals("ada")
            ? seenBy("ada", "@ada")
            : seenBy("ben", conversationOrAccount);
      }

      @Override
      public List<String> visibleBelow(String externalId) {
        UUID first = UUID.fromString(externalId);
        return inRoom(() -> room.thread(own, first, "ada")).stream()
            .filter(message -> !message.id().equals(first))
            .map(message -> text(message.content()))
            .toList();
      }

      @Override
      public String elsewhere() {
        return "on-call";
      }

      @Override
      public String topicOf(String conversation) {
        return inRoom(() -> room.topic(own, conversation));
      }

      @Override
      public String group() {
        return "on-duty";
      }

      @Override
      public List<String> membersOf(String group) {
        return inRoom(() -> room.groups(own)).getOrDefault(group, List.of());
      }

      @Override
      public Set<String> secrets() {
        return Set.of();
      }
    };
  }

  @Test
  void aMessageThatIsSentTwiceIsThereOnce() {
    ChatConnector.Delivery delivery = delivery(post("once"));
    assertThat(connector.send(delivery)).isEqualTo(connector.send(delivery));
    assertThat(seenBy("ada", "general")).containsExactly("once");
  }

  @Test
  void aFormThatIsSentAgainAfterItWasAnsweredStaysClosed() {
    ChatConnector.Delivery delivery =
        delivery(new OutboundMessage.OpenForm("general", "ada", ReplyHandle.NONE, form("First")));
    connector.send(delivery);
    inRoom(() -> {
      room.dismiss(connection(), "ada", delivery.id());
      return true;
    });
    connector.send(delivery);
    assertThat(inRoom(() -> room.form(connection(), "ada"))).isEmpty();
  }

  @Test
  void aSecondFormTakesTheFirstOnesPlaceForItsPersonAlone() {
    connector.send(
        delivery(new OutboundMessage.OpenForm("general", "ada", ReplyHandle.NONE, form("First"))));
    connector.send(
        delivery(new OutboundMessage.OpenForm("general", "ben", ReplyHandle.NONE, form("Ben's"))));
    connector.send(
        delivery(new OutboundMessage.OpenForm("general", "ada", ReplyHandle.NONE, form("Second"))));
    assertThat(inRoom(() -> room.form(connection(), "ada")).orElseThrow().form().title())
        .isEqualTo("Second");
    assertThat(inRoom(() -> room.form(connection(), "ben")).orElseThrow().form().title())
        .isEqualTo("Ben's");
  }

  @Test
  void anEphemeralIsSeenByItsPersonAlone() {
    connector.send(
        delivery(
            new OutboundMessage.Ephemeral("general", "ada", ReplyHandle.NONE, Content.of("psst"))));
    assertThat(seenBy("ada", "general")).containsExactly("psst");
    assertThat(seenBy("ben", "general")).isEmpty();
  }

  @Test
  void anAnswerStandsInItsThreadAlone() {
    ChatConnector.Delivery question = delivery(post("question"));
    connector.send(question);
    connector.send(
        delivery(
            new OutboundMessage.Post("general", question.id().toString(), Content.of("answer"))));
    assertThat(seenBy("ada", "general")).containsExactly("question");
    assertThat(inRoom(() -> room.thread(connection(), question.id(), "ada")))
        .extracting(message -> text(message.content()))
        .containsExactly("question", "answer");
    assertThat(inRoom(() -> room.messages(connection(), "general", "ada")).getFirst().replies())
        .isEqualTo(1);
  }

  @Test
  void whoLeftTheCompanyGetsNoDirectMessageAndIsKnownAsGone() {
    inRoom(() -> {
      room.setActive(connection(), "chen", false);
      return true;
    });
    assertThat(connector.send(delivery(new OutboundMessage.Direct("chen", Content.of("hello")))))
        .isInstanceOf(Result.Rejected.class);
    assertThat(connector.lookUp(connection(), "chen").orElseThrow().active()).isFalse();
  }

  @Test
  void whatWasTakenBackIsGoneFromTheDatabase() {
    ChatConnector.Delivery sent = delivery(post("take me back"));
    connector.send(sent);
    connector.send(
        new ChatConnector.Delivery(
            UUID.randomUUID(),
            connection(),
            new OutboundMessage.Delete(sent.id(), "general"),
            sent.id().toString()));
    assertThat(
            inRoom(() ->
                jdbc.sql("select count(*) from sandbox_message where content is not null")
                    .query(Long.class)
                    .single()))
        .isZero();
  }

  @Test
  void textsAreCiphertextInTheDatabase() {
    connector.send(delivery(post("the runbook")));
    List<byte[]> stored =
        inRoom(() -> jdbc.sql("select content from sandbox_message").query(byte[].class).list());
    assertThat(new String(stored.getFirst(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("runbook");
  }

  @Test
  void openingTheRoomAgainFindsTheSameRoom() {
    ChatConnection first = connection();
    assertThat(inRoom(() -> room.open()).id()).isEqualTo(first.id());
    assertThat(inRoom(() -> room.people(first)))
        .extracting(RoomPerson::name)
        .containsExactly("Ada Byron", "Ben Okafor", "Chen Wei", "Dana Ruiz");
  }

  private ChatConnection connection() {
    ChatConnection known = connection;
    if (known == null) {
      known =
          workspaces.inWorkspace(
              TestWorkspaces.fresh(workspaces).id(), (Supplier<ChatConnection>) room::open);
      connection = known;
    }
    return known;
  }

  private <T> T inRoom(Supplier<T> work) {
    return workspaces.inWorkspace(connection().workspace(), work);
  }

  private List<String> seenBy(String account, String conversation) {
    return inRoom(() -> room.messages(connection(), conversation, account)).stream()
        .map(message -> text(message.content()))
        .toList();
  }

  private static String text(Content content) {
    StringBuilder text = new StringBuilder();
    for (RichText.Span span : content.text().spans()) {
      text.append(
          switch (span) {
            case RichText.Plain plain -> plain.text();
            case RichText.Bold bold -> bold.text();
            case RichText.Code code -> code.text();
            case RichText.Mention mention -> "@" + mention.account();
            case RichText.Link link -> link.label();
          });
    }
    return text.toString();
  }

  private ChatConnector.Delivery delivery(OutboundMessage message) {
    return new ChatConnector.Delivery(UUID.randomUUID(), connection(), message, null);
  }

  private static OutboundMessage post(String text) {
    return new OutboundMessage.Post("general", null, Content.of(text));
  }

  private static Form form(String title) {
    return new Form(
        "test.form",
        title,
        "Save",
        "",
        List.of(new Form.TextField("name", "Name", "", "", false, false, 40)));
  }
}
