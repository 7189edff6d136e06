package dev.bothy.platform.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.work.OutboxSender.Result;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every connector does. A connector's test implements this and supplies its [Harness]; one
/// whose network calls it over HTTP implements [WebhooksContract] as well.
public interface ChatConnectorContract {
  /// The connector under test with a network behind it.
  Harness harness();

  /// A connector, a network and what the network shows.
  interface Harness {
    ChatConnector connector();

    ChatConnection connection();

    /// A conversation in which the connection may post.
    String conversation();

    /// An active account.
    String account();

    /// The text of what people see in the conversation, or in the direct messages to an account,
    /// oldest first, without what was deleted.
    List<String> visibleIn(String conversationOrAccount);

    /// The text of the answers in the thread of a message, oldest first.
    ///
    /// @param externalId what the message was answered with
    List<String> visibleBelow(String externalId);

    /// A public conversation that the connection is not in, if the network has such.
    String elsewhere();

    /// The topic of a conversation; empty when it has none.
    String topicOf(String conversation);

    /// A group that people mention by one name.
    String group();

    /// The accounts in the group.
    List<String> membersOf(String group);

    /// What must never show.
    Set<String> secrets();
  }

  private Result send(OutboundMessage message, String target) {
    Harness harness = harness();
    return harness
        .connector()
        .send(
            new ChatConnector.Delivery(
                UUID.randomUUID(),
                harness.connection(),
                message,
                target.isEmpty() ? null : target));
  }

  private Result send(OutboundMessage message) {
    return send(message, "");
  }

  private String post(String text) {
    Result result =
        send(new OutboundMessage.Post(harness().conversation(), null, Content.of(text)));
    assertThat(result).isInstanceOf(Result.Sent.class);
    return java.util.Objects.requireNonNull(((Result.Sent) result).externalId());
  }

  @Test
  default void aPostIsSeenInTheConversation() {
    post("The kettle is on");
    assertThat(harness().visibleIn(harness().conversation()))
        .anyMatch(text -> text.contains("The kettle is on"));
  }

  @Test
  default void aDirectMessageIsSeenByItsPerson() {
    Result result =
        send(new OutboundMessage.Direct(harness().account(), Content.of("For you alone")));
    assertThat(result).isInstanceOf(Result.Sent.class);
    assertThat(harness().visibleIn(harness().account()))
        .anyMatch(text -> text.contains("For you alone"));
    assertThat(harness().visibleIn(harness().conversation()))
        .noneMatch(text -> text.contains("For you alone"));
  }

  @Test
  default void whatPeopleTypedIsShownAsTheyTypedItAndMeansNothingToTheNetwork() {
    String typed = "<!channel> & <@U1> *not bold* <https://example.org|here>";
    post(typed);
    assertThat(harness().visibleIn(harness().conversation()))
        .anyMatch(text -> text.contains(typed));
  }

  @Test
  default void overlongTextIsSplitAndNeverCut() {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 900; line++) {
      text.append("line ").append(line).append(" of a long story\n");
    }
    post(text.toString());
    String seen = String.join("", harness().visibleIn(harness().conversation()));
    for (int line = 0; line < 900; line++) {
      assertThat(seen).contains("line " + line + " of a long story");
    }
  }

  @Test
  default void anUpdateReplacesAndADeleteTakesBack() {
    String first = post("before the change");
    send(
        new OutboundMessage.Update(
            UUID.randomUUID(), harness().conversation(), Content.of("after the change")),
        first);
    assertThat(harness().visibleIn(harness().conversation()))
        .anyMatch(text -> text.contains("after the change"))
        .noneMatch(text -> text.contains("before the change"));
    send(new OutboundMessage.Delete(UUID.randomUUID(), harness().conversation()), first);
    assertThat(harness().visibleIn(harness().conversation()))
        .noneMatch(text -> text.contains("after the change"));
  }

  @Test
  default void anAnswerToAMessageOfOursStandsBelowItAndNowhereElse() {
    String first = post("Who can cover Tuesday?");
    Result answer =
        send(
            new OutboundMessage.Reply(
                UUID.randomUUID(), harness().conversation(), Content.of("Ben can")),
            first);
    assertThat(answer).isInstanceOf(Result.Sent.class);
    assertThat(harness().visibleBelow(first)).anyMatch(text -> text.contains("Ben can"));
    assertThat(harness().visibleBelow(post("another"))).isEmpty();
  }

  @Test
  default void anAnswerToADirectMessageStandsBelowItWhereItsPersonSeesIt() {
    Result first =
        send(new OutboundMessage.Direct(harness().account(), Content.of("Your note, please")));
    String id = java.util.Objects.requireNonNull(((Result.Sent) first).externalId());
    assertThat(
            send(
                new OutboundMessage.Reply(
                    UUID.randomUUID(), harness().account(), Content.of("A reminder")),
                id))
        .isInstanceOf(Result.Sent.class);
    assertThat(harness().visibleBelow(id)).anyMatch(text -> text.contains("A reminder"));
  }

  @Test
  default void aMessageIsKnownAgainByWhatEventsCallIt() {
    Harness harness = harness();
    String sent = post("known again");
    assertThat(harness.connector().externalId(harness.conversation(), idInEvents(sent)))
        .isEqualTo(sent);
  }

  /// As events name a message that was answered with this; it ends with that.
  private static String idInEvents(String externalId) {
    return externalId.substring(externalId.lastIndexOf('/') + 1);
  }

  @Test
  default void whereItJoinsItMayPostAndJoiningTwiceIsOnce() {
    Harness harness = harness();
    if (harness.connector().capabilities().contains(Capability.JOIN)) {
      OutboundMessage join = new OutboundMessage.Join(harness.elsewhere());
      assertThat(send(join)).isInstanceOf(Result.Sent.class);
      assertThat(send(join)).isInstanceOf(Result.Sent.class);
      assertThat(send(new OutboundMessage.Post(harness.elsewhere(), null, Content.of("Here I am"))))
          .isInstanceOf(Result.Sent.class);
      assertThat(send(new OutboundMessage.Join("no-such-conversation")))
          .isInstanceOf(Result.Rejected.class);
    }
  }

  @Test
  default void aTopicStandsOverItsConversationUntilAnotherDoes() {
    Harness harness = harness();
    if (harness.connector().capabilities().contains(Capability.TOPIC)) {
      String conversation = harness.conversation();
      assertThat(send(new OutboundMessage.Topic(conversation, "On duty: Ada")))
          .isInstanceOf(Result.Sent.class);
      assertThat(harness.topicOf(conversation)).isEqualTo("On duty: Ada");
      assertThat(send(new OutboundMessage.Topic(conversation, ""))).isInstanceOf(Result.Sent.class);
      assertThat(harness.topicOf(conversation)).isEmpty();
      assertThat(send(new OutboundMessage.Topic("no-such-conversation", "x")))
          .isInstanceOf(Result.Rejected.class);
    }
  }

  @Test
  default void whoIsInAGroupIsReplacedAndAGroupIsNeverEmptied() throws IOException {
    Harness harness = harness();
    if (harness.connector().capabilities().contains(Capability.GROUP)) {
      assertThat(harness.connector().groups(harness.connection()))
          .extracting(Group::id)
          .contains(harness.group());
      List<String> ada = List.of(harness.account());
      assertThat(send(new OutboundMessage.GroupMembers(harness.group(), ada)))
          .isInstanceOf(Result.Sent.class);
      assertThat(harness.membersOf(harness.group())).isEqualTo(ada);
      for (List<String> wrong : List.of(List.<String>of(), List.of("UNOBODY"))) {
        Result refused = send(new OutboundMessage.GroupMembers(harness.group(), wrong));
        assertThat(refused).isInstanceOf(Result.Rejected.class);
        assertThat(((Result.Rejected) refused).reason()).contains(" ");
      }
      assertThat(harness.membersOf(harness.group())).isEqualTo(ada);
    }
  }

  @Test
  default void whatIsOptionalIsAmongWhatItCanDo() {
    assertThat(harness().connector().capabilities()).containsAll(harness().connector().optional());
  }

  @Test
  default void aConversationThatDoesNotExistIsRejectedInWords() {
    Result result =
        send(new OutboundMessage.Post("no-such-conversation", null, Content.of("hello")));
    assertThat(result).isInstanceOf(Result.Rejected.class);
    assertThat(((Result.Rejected) result).reason()).isNotBlank();
  }

  @Test
  default void theDirectoryKnowsAnActiveAccountAndNotAnUnknownOne() throws IOException {
    Harness harness = harness();
    assertThat(harness.connector().lookUp(harness.connection(), harness.account()))
        .hasValueSatisfying(account -> {
          assertThat(account.active()).isTrue();
          assertThat(account.name()).isNotBlank();
        });
    assertThat(harness.connector().lookUp(harness.connection(), "UNOBODY")).isEmpty();
  }

  @Test
  default void anAddressIsToldOnlyWhereThatIsDeclaredAndOfNobodyUnknown() throws IOException {
    Harness harness = harness();
    boolean declared = harness.connector().capabilities().contains(Capability.EMAIL);
    assertThat(harness.connector().emailOf(harness.connection(), harness.account()))
        .satisfies(email ->
            assertThat(email.isEmpty() || (declared && email.get().contains("@"))).isTrue());
    assertThat(harness.connector().emailOf(harness.connection(), "UNOBODY")).isEmpty();
  }

  @Test
  default void aLinkIsSeenByItsLabel() {
    Result result =
        send(
            new OutboundMessage.Post(
                harness().conversation(),
                null,
                Content.of(
                    RichText.of("Here: ").link("the page", "https://bothy.test/w/x?a=1&b"))));
    assertThat(result).isInstanceOf(Result.Sent.class);
    assertThat(harness().visibleIn(harness().conversation()))
        .anyMatch(text -> text.contains("the page"));
  }

  @Test
  default void aCapabilityThatIsNotDeclaredAnswersUnsupported() {
    Harness harness = harness();
    Set<Capability> missing = EnumSet.allOf(Capability.class);
    missing.removeAll(harness.connector().capabilities());
    List<OutboundMessage> each =
        List.of(
            new OutboundMessage.Post(harness.conversation(), "thread", Content.of("text")),
            new OutboundMessage.Direct(harness.account(), Content.of("text")),
            new OutboundMessage.Home(harness.account(), null, Content.of("text")),
            new OutboundMessage.Join(harness.conversation()),
            new OutboundMessage.Topic(harness.conversation(), "text"),
            new OutboundMessage.GroupMembers("group", List.of(harness.account())),
            new OutboundMessage.Ephemeral(
                harness.conversation(), harness.account(), ReplyHandle.NONE, Content.of("text")));
    each.stream()
        .filter(message -> missing.contains(message.needs()))
        .forEach(message -> assertThat(send(message)).isInstanceOf(Result.Unsupported.class));
    assertThat(harness.connector().capabilities()).contains(Capability.POST);
  }

  @Test
  default void secretsDoNotShow() {
    Harness harness = harness();
    String shown = harness.connector() + " " + harness.connection();
    harness.secrets().forEach(secret -> assertThat(shown).doesNotContain(secret));
  }
}
