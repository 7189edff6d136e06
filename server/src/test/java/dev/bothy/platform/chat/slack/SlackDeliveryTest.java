package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.slack.SlackDelivery.Happened;
import dev.bothy.platform.chat.slack.SlackDelivery.Malformed;
import dev.bothy.platform.chat.slack.SlackDelivery.OfNoInterest;
import dev.bothy.platform.chat.slack.SlackDelivery.UnknownType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Each recorded payload is read as what it says.
class SlackDeliveryTest {
  private static final SlackIdentity SELF =
      new SlackIdentity(SlackTeam.ID, SlackTeam.BOT_USER, SlackTeam.BOT_ID);
  private static final String OPS = "C0OPS0001";
  private static final String ADA = "U0ADA0001";

  @Test
  void aMessageIsWhatItsAuthorTyped() {
    assertThat(happened("message-channels").event())
        .isEqualTo(
            new InboundEvent.MessagePosted(
                OPS, null, "1795330801.000200", ADA, "The printer says 3 < 2 again"));
  }

  @Test
  void aReplyNamesTheMessageItAnswers() {
    assertThat(happened("message-thread").event())
        .isEqualTo(
            new InboundEvent.MessagePosted(
                OPS, "1795330801.000200", "1795330802.000300", "U0BEN0002", "On it", ADA));
  }

  @Test
  void aMentionIsAMessage() {
    assertThat(happened("app-mention").event())
        .isEqualTo(
            new InboundEvent.MessagePosted(
                OPS, null, "1795330800.000100", ADA, "<@U0BOTHY99> who is on duty & until when?"));
  }

  @Test
  void aMessageThatMentionsTheBotComesTwiceAndIsOne() {
    Happened mention = happened("app-mention");
    Happened message =
        happened(
            "message-channels",
            payload -> ((ObjectNode) payload.path("event")).put("ts", "1795330800.000100"));

    assertThat(message.id()).isEqualTo(mention.id());
    assertThat(happened("message-channels").id()).isNotEqualTo(mention.id());
  }

  @Test
  void editsDeletionsReactionsAndMembersAreRead() {
    assertThat(happened("message-changed").event())
        .isEqualTo(
            new InboundEvent.MessageEdited(
                OPS, "1795330801.000200", ADA, "The printer says 3 < 2 again, fixed"));
    assertThat(happened("message-deleted").event())
        .isEqualTo(new InboundEvent.MessageDeleted(OPS, "1795330801.000200"));
    assertThat(happened("reaction-added").event())
        .isEqualTo(new InboundEvent.ReactionAdded(OPS, "1795330801.000200", ADA, "eyes"));
    assertThat(happened("member-joined-channel").event())
        .isEqualTo(new InboundEvent.MemberJoined(OPS, "U0BEN0002"));
    assertThat(happened("member-left-channel").event())
        .isEqualTo(new InboundEvent.MemberLeft(OPS, "U0BEN0002"));
    assertThat(happened("app-uninstalled").event())
        .isEqualTo(
            new InboundEvent.AppRemoved(
                "", SlackReason.UNINSTALLED, Instant.ofEpochSecond(1795330813)));
    assertThat(happened("tokens-revoked").event())
        .isEqualTo(
            new InboundEvent.AppRemoved(
                "", SlackReason.REVOKED, Instant.ofEpochSecond(1795330814)));
  }

  @Test
  void theOpenedHomeTabTellsWhatItShowsAndOtherTabsAreOfNoInterest() {
    Happened opened = happened("app-home-opened");
    assertThat(opened.event()).isEqualTo(new InboundEvent.HomeOpened("", ADA, "1795330815.001500"));
    assertThat(opened.id()).isEqualTo("Ev0HOMEOPENED");

    Happened first =
        happened("app-home-opened", payload -> ((ObjectNode) payload.path("event")).remove("view"));
    assertThat(first.event()).isEqualTo(new InboundEvent.HomeOpened("", ADA, null));
    assertThat(
            event(
                "app-home-opened",
                payload -> ((ObjectNode) payload.path("event")).put("tab", "messages")))
        .isInstanceOf(OfNoInterest.class);
    assertThat(
            event(
                "app-home-opened", payload -> ((ObjectNode) payload.path("event")).remove("user")))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void whatBecameOfAnAccountIsRead() {
    assertThat(event("user-change", unchanged -> {}))
        .isEqualTo(
            new SlackDelivery.AccountChanged(
                new Account(
                    ADA,
                    "ada.l",
                    ZoneId.of("Europe/Berlin"),
                    true,
                    false,
                    Instant.ofEpochSecond(1795330815))));
    assertThat(event("team-join", unchanged -> {}))
        .isInstanceOf(SlackDelivery.AccountChanged.class);
    assertThat(
            event("user-change", payload -> ((ObjectNode) payload.at("/event/user")).remove("id")))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void aPressInTheHomeTabIsOfNoConversation() {
    InboundEvent.ActionTaken press =
        (InboundEvent.ActionTaken)
            ((Happened) interaction("block-actions-home", unchanged -> {})).event();

    assertThat(press.conversation()).isEmpty();
    assertThat(press.author()).isEqualTo(ADA);
    assertThat(press.action()).isEqualTo("rotations.new");
  }

  @Test
  void anotherProgramsMessageIsByThatProgram() {
    assertThat(((InboundEvent.MessagePosted) happened("message-bot-other").event()).author())
        .isEqualTo("B0OTHER01");
  }

  @Test
  void whatWeSaidOurselvesIsNoEvent() {
    assertThat(event("message-bot-own", unchanged -> {})).isInstanceOf(OfNoInterest.class);
    assertThat(
            event(
                "message-changed",
                payload -> ((ObjectNode) payload.at("/event/message")).put("user", "U0BOTHY99")))
        .isInstanceOf(OfNoInterest.class);
    assertThat(
            event(
                "message-deleted",
                payload ->
                    ((ObjectNode) payload.at("/event/previous_message")).put("user", "U0BOTHY99")))
        .isInstanceOf(OfNoInterest.class);
  }

  @Test
  void aLinksPreviewIsNoEdit() {
    assertThat(
            event(
                "message-changed",
                payload -> ((ObjectNode) payload.at("/event/message")).remove("edited")))
        .isInstanceOf(OfNoInterest.class);
  }

  /// In a channel that two companies share, the outer team may be the other one's.
  @Test
  void whatHappensInASharedChannelIsForTheInstallationThatMaySeeIt() {
    assertThat(event("message-channels", payload -> payload.put("team_id", "T0OTHER01")))
        .isInstanceOf(SlackDelivery.Happened.class);
  }

  @Test
  void anotherWorkspacesEventIsNotOurs() {
    assertThat(
            event(
                "message-channels",
                payload ->
                    ((ObjectNode) payload.at("/authorizations/0")).put("team_id", "T0OTHER01")))
        .isInstanceOf(OfNoInterest.class);
    assertThat(
            event(
                "message-channels",
                payload -> payload.put("team_id", "T0OTHER01").remove("authorizations")))
        .isInstanceOf(OfNoInterest.class);
    assertThat(command(Map.of("team_id", "T0OTHER01"))).isInstanceOf(OfNoInterest.class);
    assertThat(
            interaction(
                "view-submission",
                payload -> ((ObjectNode) payload.path("team")).put("id", "T0OTHER01")))
        .isInstanceOf(OfNoInterest.class);
  }

  @Test
  void unknownTypesAreNamed() {
    assertThat(event("unknown-event", unchanged -> {}))
        .isEqualTo(new UnknownType("canvas_sparkled"));
    assertThat(interaction("shortcut", unchanged -> {})).isEqualTo(new UnknownType("shortcut"));
    assertThat(
            event(
                "message-channels",
                payload -> ((ObjectNode) payload.path("event")).put("subtype", "channel_topic")))
        .isEqualTo(new UnknownType("message.channel_topic"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"type", "event_id", "event"})
  void aCallbackWithoutItsPartsIsMalformed(String part) {
    assertThat(event("message-channels", payload -> payload.remove(part)))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void aCommandCarriesWhatAnswersIt() {
    Happened happened = (Happened) command(Map.of("text", "  swap <@U0BEN0002|ben> &amp; me "));
    InboundEvent.CommandInvoked command = (InboundEvent.CommandInvoked) happened.event();

    assertThat(command.command()).isEqualTo("/rotation");
    assertThat(command.text()).isEqualTo("swap <@U0BEN0002> & me");
    assertThat(command.author()).isEqualTo(ADA);
    assertThat(command.conversation()).isEqualTo(OPS);
    SlackReply reply = SlackReply.of(command.reply());
    assertThat(reply.trigger()).startsWith("1000001.");
    assertThat(reply.url()).startsWith("https://hooks.slack.com/commands/");
    assertThat(command.toString() + reply).doesNotContain("1000001").doesNotContain("hooks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"command", "user_id", "trigger_id"})
  void aCommandWithoutItsPartsIsMalformed(String part) {
    assertThat(command(Map.of(part, ""))).isInstanceOf(Malformed.class);
  }

  @Test
  void aPressAndAChoiceCarryTheirValue() {
    InboundEvent.ActionTaken press =
        (InboundEvent.ActionTaken)
            ((Happened) interaction("block-actions-button", unchanged -> {})).event();
    assertThat(press.action()).isEqualTo("acknowledge");
    assertThat(press.value()).isEqualTo("rotation-1");
    assertThat(press.message()).isEqualTo("1795330804.000500");
    assertThat(press.conversation()).isEqualTo(OPS);

    assertThat(actionValue("block-actions-select")).isEqualTo("high");
    assertThat(actionValue("block-actions-user-select")).isEqualTo("U0BEN0002");
  }

  @Test
  void aFormComesWithAllItsFields() {
    InboundEvent.FormSubmitted form =
        (InboundEvent.FormSubmitted)
            ((Happened)
                    interaction(
                        "view-submission",
                        payload ->
                            ((ObjectNode) payload.path("view"))
                                .put("private_metadata", "C0OPS0001\ntwo\nlines")))
                .event();

    assertThat(form.form()).isEqualTo("rotation-new");
    assertThat(form.conversation()).isEqualTo(OPS);
    assertThat(form.context()).isEqualTo("two\nlines");
    assertThat(form.values())
        .containsEntry("name", List.of("First line"))
        .containsEntry("people", List.of(ADA, "U0BEN0002"))
        .containsEntry("every", List.of("week"))
        .containsEntry("note", List.of());
  }

  @Test
  void aClosedFormIsNoEvent() {
    assertThat(interaction("view-closed", unchanged -> {})).isInstanceOf(OfNoInterest.class);
  }

  @Test
  void aRepetitionHasTheSameIdAndAnotherDeliveryHasNot() {
    assertThat(happened("reaction-added").id()).isEqualTo(happened("reaction-added").id());
    assertThat(happened("reaction-added").id())
        .isNotEqualTo(happened("reaction-added", p -> p.put("event_id", "Ev0OTHER")).id());
    assertThat(((Happened) command(Map.of())).id()).isEqualTo(((Happened) command(Map.of())).id());
    assertThat(((Happened) command(Map.of())).id())
        .isNotEqualTo(((Happened) command(Map.of("trigger_id", "1.2.3"))).id());
  }

  private static String actionValue(String recording) {
    Happened happened = (Happened) interaction(recording, unchanged -> {});
    return ((InboundEvent.ActionTaken) happened.event()).value();
  }

  private static Happened happened(String recording) {
    return happened(recording, unchanged -> {});
  }

  private static Happened happened(String recording, Consumer<ObjectNode> change) {
    SlackDelivery delivery = event(recording, change);
    assertThat(delivery).isInstanceOf(Happened.class);
    return (Happened) delivery;
  }

  private static SlackDelivery event(String recording, Consumer<ObjectNode> change) {
    ObjectNode payload = SlackRequests.recording(recording);
    change.accept(payload);
    return SlackEvents.read(payload, SELF);
  }

  private static SlackDelivery command(Map<String, String> changes) {
    Map<String, String> fields = new HashMap<>();
    SlackRequests.recording("slash-command")
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
    fields.putAll(changes);
    return SlackInteractions.command(fields, SELF);
  }

  private static SlackDelivery interaction(String recording, Consumer<ObjectNode> change) {
    ObjectNode payload = SlackRequests.recording(recording);
    change.accept(payload);
    return SlackInteractions.interaction(payload, SELF);
  }
}
