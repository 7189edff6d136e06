package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.SlackSignature;
import com.slack.api.app_backend.events.payload.AppHomeOpenedPayload;
import com.slack.api.app_backend.events.payload.AppMentionPayload;
import com.slack.api.app_backend.events.payload.AppUninstalledPayload;
import com.slack.api.app_backend.events.payload.EventsApiPayload;
import com.slack.api.app_backend.events.payload.MemberJoinedChannelPayload;
import com.slack.api.app_backend.events.payload.MessageChangedPayload;
import com.slack.api.app_backend.events.payload.MessageDeletedPayload;
import com.slack.api.app_backend.events.payload.MessagePayload;
import com.slack.api.app_backend.events.payload.ReactionAddedPayload;
import com.slack.api.app_backend.events.payload.TeamJoinPayload;
import com.slack.api.app_backend.events.payload.TokensRevokedPayload;
import com.slack.api.app_backend.events.payload.UrlVerificationPayload;
import com.slack.api.app_backend.events.payload.UserChangePayload;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.slash_commands.SlashCommandPayloadParser;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewClosedPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.methods.response.oauth.OAuthV2AccessResponse;
import com.slack.api.methods.response.users.UsersInfoResponse;
import com.slack.api.methods.response.users.UsersListResponse;
import com.slack.api.methods.response.views.ViewsOpenResponse;
import com.slack.api.methods.response.views.ViewsPublishResponse;
import com.slack.api.model.Message;
import com.slack.api.model.User;
import com.slack.api.model.Usergroup;
import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.composition.BlockCompositions;
import com.slack.api.model.block.element.BlockElements;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.view.Views;
import com.slack.api.util.json.GsonFactory;
import com.slack.api.webhook.Payload;
import com.slack.api.webhook.WebhookResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Slack's Java SDK takes the fake for Slack, and our recorded requests for Slack's.
class SlackSdkTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  private final FakeSlack fake = FakeSlack.start(Clock.systemUTC());
  private final SlackRequests requests = SlackRequests.signedWith(SECRET, Clock.systemUTC());
  private final Slack sdk = Slack.getInstance(config());
  private String token = "";

  @BeforeEach
  void populate() {
    fake.team().person("U0ADA0001", "ada", "Ada Lovelace");
    fake.team().channel("C0OPS0001", "ops", SlackTeam.BOT_USER, "U0ADA0001");
    token = fake.install("chat:write", "im:write", "users:read", "users:read.email");
  }

  @AfterEach
  void stop() throws Exception {
    sdk.close();
    fake.close();
  }

  private SlackConfig config() {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(fake.api().toString());
    config.setStatsEnabled(false);
    return config;
  }

  private MethodsClient client() {
    return sdk.methods(token);
  }

  @Test
  void theSdkReadsWhoTheBotIs() throws Exception {
    AuthTestResponse answer = client().authTest(request -> request);

    assertThat(answer.isOk()).isTrue();
    assertThat(answer.getTeamId()).isEqualTo(SlackTeam.ID);
    assertThat(answer.getBotId()).isEqualTo(SlackTeam.BOT_ID);
    assertThat(answer.getUserId()).isEqualTo(SlackTeam.BOT_USER);
    assertThat(answer.getHttpResponseHeaders())
        .hasEntrySatisfying(
            "x-oauth-scopes", scopes -> assertThat(scopes.getFirst()).contains("chat:write"));
  }

  @Test
  void theSdkInstallsAnAppThroughOAuthAndRenewsItsToken() throws Exception {
    String clientId = fake.app("c1ient5ecret0000", true, "https://bothy.test/back");
    fake.installNextInto(SlackPlace.workspace("Acme", "ACME00001"));
    String code = allow(clientId, "https://bothy.test/back");

    OAuthV2AccessResponse installed =
        sdk.methods()
            .oauthV2Access(request ->
                request
                    .clientId(clientId)
                    .clientSecret("c1ient5ecret0000")
                    .code(code)
                    .redirectUri("https://bothy.test/back"));
    assertThat(installed.getError()).isNull();
    assertThat(installed.getTeam().getId()).isEqualTo("T0ACME00001");
    assertThat(installed.getBotUserId()).isEqualTo("U0BOTACME00001");
    assertThat(installed.getScope()).isEqualTo("chat:write,commands");
    assertThat(installed.isEnterpriseInstall()).isFalse();
    assertThat(installed.getExpiresIn()).isEqualTo(43_200);

    OAuthV2AccessResponse renewed = renewed(clientId, installed.getRefreshToken());
    assertThat(renewed.getAccessToken()).isNotEqualTo(installed.getAccessToken());
    assertThat(renewed.getRefreshToken()).isNotEqualTo(installed.getRefreshToken());
    assertThat(renewed(clientId, installed.getRefreshToken()).getError())
        .isEqualTo("invalid_refresh_token");

    MethodsClient before = sdk.methods(installed.getAccessToken());
    assertThat(before.authTest(request -> request).getTeamId()).isEqualTo("T0ACME00001");
    fake.expire(installed.getAccessToken());
    assertThat(before.authTest(request -> request).getError()).isEqualTo("token_expired");
    assertThat(sdk.methods(renewed.getAccessToken()).authTest(request -> request).isOk()).isTrue();
  }

  @Test
  void theSdkReadsAnInstallationInAWholeOrganisation() throws Exception {
    String clientId = fake.app("c1ient5ecret0000", false, "https://bothy.test/back");
    fake.installNextInto(SlackPlace.organisation("The group", "GROUP0001"));
    String code = allow(clientId, "https://bothy.test/back");

    OAuthV2AccessResponse installed =
        sdk.methods()
            .oauthV2Access(request ->
                request
                    .clientId(clientId)
                    .clientSecret("c1ient5ecret0000")
                    .code(code)
                    .redirectUri("https://bothy.test/back"));

    assertThat(installed.isEnterpriseInstall()).isTrue();
    assertThat(installed.getTeam()).isNull();
    assertThat(installed.getEnterprise().getId()).isEqualTo("E0GROUP0001");
    assertThat(installed.getRefreshToken()).isNull();
    AuthTestResponse who = sdk.methods(installed.getAccessToken()).authTest(request -> request);
    assertThat(who.isEnterpriseInstall()).isTrue();
    assertThat(who.getEnterpriseId()).isEqualTo("E0GROUP0001");
  }

  private String allow(String clientId, String redirect) {
    URI page =
        URI.create(
            fake.api().resolve("/oauth/v2/authorize")
                + "?client_id="
                + clientId
                + "&scope=chat%3Awrite%2Ccommands&state=s&redirect_uri="
                + URLEncoder.encode(redirect, UTF_8));
    return fake.authorize(page).replaceAll(".*[?&]code=([^&]*).*", "$1");
  }

  private OAuthV2AccessResponse renewed(String clientId, String refreshToken) throws Exception {
    return sdk.methods()
        .oauthV2Access(request ->
            request
                .clientId(clientId)
                .clientSecret("c1ient5ecret0000")
                .grantType("refresh_token")
                .refreshToken(refreshToken));
  }

  @Test
  void theSdkPostsUpdatesAndDeletesAMessageWithBlocks() throws Exception {
    ChatPostMessageResponse posted =
        client()
            .chatPostMessage(request ->
                request
                    .channel("C0OPS0001")
                    .text("On duty: Ada")
                    .blocks(
                        Blocks.asBlocks(
                            Blocks.section(block ->
                                block.text(BlockCompositions.markdownText("*On duty:* Ada"))),
                            Blocks.actions(block ->
                                block.elements(
                                    BlockElements.asElements(
                                        BlockElements.button(button ->
                                            button
                                                .actionId("acknowledge")
                                                .value("1")
                                                .text(BlockCompositions.plainText("Got it")))))))));
    assertThat(posted.getError()).isNull();
    assertThat(posted.getMessage().getBlocks()).hasSize(2);

    assertOk(
        client()
            .chatUpdate(
                request -> request.channel("C0OPS0001").ts(posted.getTs()).text("On duty: Ben")));
    assertThat(fake.team().messagesIn("C0OPS0001").getFirst().text()).isEqualTo("On duty: Ben");
    assertThat(fake.team().messagesIn("C0OPS0001").getFirst().edited()).isTrue();

    assertOk(client().chatDelete(request -> request.channel("C0OPS0001").ts(posted.getTs())));
    assertThat(fake.team().messages()).isEmpty();
  }

  @Test
  void theSdkWritesToOnePersonInAChannelAndInADirectMessage() throws Exception {
    assertOk(
        client()
            .chatPostEphemeral(
                request -> request.channel("C0OPS0001").user("U0ADA0001").text("only you")));
    String direct =
        client()
            .conversationsOpen(request -> request.users(List.of("U0ADA0001")))
            .getChannel()
            .getId();
    assertOk(client().chatPostMessage(request -> request.channel(direct).text("hello")));

    assertThat(fake.team().messagesIn("C0OPS0001").getFirst().ephemeralFor())
        .isEqualTo("U0ADA0001");
    assertThat(fake.team().directMessagesTo("U0ADA0001").getFirst().text()).isEqualTo("hello");
    assertThat(
            client()
                .conversationsOpen(request -> request.users(List.of("U0ADA0001")))
                .isAlreadyOpen())
        .isTrue();
  }

  @Test
  void theSdkJoinsAChannelSetsItsTopicAndFillsAUserGroup() throws Exception {
    token =
        fake.install(
            "channels:join", "channels:write.topic", "usergroups:read", "usergroups:write");
    fake.team().channel("C0NEWS001", "news", "U0ADA0001");
    fake.team().group("S0DUTY001", "U0ADA0001");
    fake.team().person("U0BEN0002", "ben", "Ben Ali");

    assertThat(
            client()
                .conversationsSetTopic(request -> request.channel("C0NEWS001").topic("x"))
                .getError())
        .isEqualTo("not_in_channel");
    assertThat(client().conversationsJoin(request -> request.channel("C0NEWS001")).getWarning())
        .isNull();
    assertThat(client().conversationsJoin(request -> request.channel("C0NEWS001")).getWarning())
        .isEqualTo("already_in_channel");
    assertThat(
            client()
                .conversationsSetTopic(request -> request.channel("C0NEWS001").topic("On duty"))
                .getChannel()
                .getTopic()
                .getValue())
        .isEqualTo("On duty");
    assertThat(
            client()
                .usergroupsUsersUpdate(request ->
                    request.usergroup("S0DUTY001").users(List.of("U0ADA0001", "U0BEN0002")))
                .getUsergroup()
                .getUsers())
        .containsExactly("U0ADA0001", "U0BEN0002");
    assertThat(
            client()
                .usergroupsUsersUpdate(request -> request.usergroup("S0DUTY001").users(List.of()))
                .getError())
        .isEqualTo("no_users_provided");
    assertThat(client().usergroupsList(request -> request).getUsergroups())
        .extracting(Usergroup::getHandle)
        .contains("s0duty001");
    assertThat(fake.team().membersOf("S0DUTY001")).contains(List.of("U0ADA0001", "U0BEN0002"));
  }

  @Test
  void theSdkFindsAMessageByItsMetadataPageByPage() throws Exception {
    token =
        fake.install("chat:write", "im:write", "channels:history", "groups:history", "im:history");
    String root =
        client()
            .chatPostMessage(request ->
                request
                    .channel("C0OPS0001")
                    .text("first")
                    .metadata(
                        Message.Metadata.builder()
                            .eventType("bothy_message")
                            .eventPayload(Map.of("id", "42", "part", 0))
                            .build()))
            .getTs();
    client().chatPostMessage(request -> request.channel("C0OPS0001").text("second"));
    client().chatPostMessage(request -> request.channel("C0OPS0001").text("reply").threadTs(root));

    ConversationsHistoryResponse newest =
        client()
            .conversationsHistory(request ->
                request.channel("C0OPS0001").oldest("1.000000").inclusive(true).limit(1));
    assertThat(newest.isHasMore()).isTrue();
    assertThat(newest.getMessages()).extracting(Message::getText).containsExactly("second");
    ConversationsHistoryResponse older =
        client()
            .conversationsHistory(request ->
                request
                    .channel("C0OPS0001")
                    .limit(1)
                    .includeAllMetadata(true)
                    .cursor(newest.getResponseMetadata().getNextCursor()));
    assertThat(older.isHasMore()).isFalse();
    assertThat(older.getMessages().getFirst().getMetadata().getEventPayload())
        .containsEntry("id", "42");
    assertThat(older.getMessages().getFirst().getUser()).isEqualTo(SlackTeam.BOT_USER);

    ConversationsRepliesResponse thread =
        client().conversationsReplies(request -> request.channel("C0OPS0001").ts(root));
    assertThat(thread.getMessages()).extracting(Message::getText).containsExactly("first", "reply");
    assertThat(thread.getMessages().getFirst().getMetadata()).isNull();
  }

  @Test
  void theSdkIsToldWhichScopeReadingNeeds() throws Exception {
    ConversationsHistoryResponse refused =
        client().conversationsHistory(request -> request.channel("C0OPS0001"));

    assertThat(refused.getError()).isEqualTo("missing_scope");
    assertThat(refused.getNeeded()).isEqualTo("channels:history");
  }

  @Test
  void theSdkReadsAPerson() throws Exception {
    UsersInfoResponse answer = client().usersInfo(request -> request.user("U0ADA0001"));

    assertThat(answer.getUser().getRealName()).isEqualTo("Ada Lovelace");
    assertThat(answer.getUser().getTz()).isEqualTo("UTC");
    assertThat(answer.getUser().getProfile().getEmail()).isEqualTo("ada@example.com");
  }

  @Test
  void theSdkReadsEverybodyPageByPage() throws Exception {
    fake.team().person("U0BEN0002", "ben", "Ben Okri");
    UsersListResponse first = client().usersList(request -> request.limit(2));
    String cursor = first.getResponseMetadata().getNextCursor();
    UsersListResponse last = client().usersList(request -> request.limit(2).cursor(cursor));

    assertThat(first.getMembers())
        .extracting(User::getId)
        .containsExactly(SlackTeam.BOT_USER, "U0ADA0001");
    assertThat(last.getMembers()).extracting(User::getRealName).containsExactly("Ben Okri");
    assertThat(last.getResponseMetadata().getNextCursor()).isEmpty();
    assertThat(client().usersList(request -> request.cursor("bm9ib2R5")).getError())
        .isEqualTo("invalid_cursor");
  }

  @Test
  void theSdkOpensAView() throws Exception {
    String trigger = fake.trigger("U0ADA0001");

    ViewsOpenResponse answer =
        client()
            .viewsOpen(request ->
                request
                    .triggerId(trigger)
                    .view(
                        Views.view(view ->
                            view.type("modal")
                                .callbackId("rotation-new")
                                .title(Views.viewTitle(t -> t.type("plain_text").text("New")))
                                .submit(Views.viewSubmit(t -> t.type("plain_text").text("Create")))
                                .blocks(
                                    Blocks.asBlocks(
                                        Blocks.input(block ->
                                            block
                                                .blockId("name")
                                                .label(BlockCompositions.plainText("Name"))
                                                .element(
                                                    BlockElements.plainTextInput(
                                                        input -> input.actionId("value")))))))));

    assertThat(answer.getError()).isNull();
    assertThat(answer.getView().getId()).startsWith("V0");
    assertThat(answer.getView().getCallbackId()).isEqualTo("rotation-new");
  }

  @Test
  void theSdkPublishesAHomeTabAndSeesAConflict() throws Exception {
    ViewsPublishResponse first = published("", "one");
    assertThat(first.getError()).isNull();
    assertThat(first.getView().getType()).isEqualTo("home");
    String hash = first.getView().getHash();
    assertThat(hash).isNotEmpty();

    ViewsPublishResponse second = published(hash, "two");
    assertThat(second.getError()).isNull();
    assertThat(second.getView().getId()).isEqualTo(first.getView().getId());
    assertThat(second.getView().getHash()).isNotEqualTo(hash);

    assertThat(published(hash, "three").getError()).isEqualTo("hash_conflict");
    assertThat(fake.homeOf("U0ADA0001").orElseThrow().at("/blocks/0/text/text").asString())
        .isEqualTo("two");
    assertThat(published("", "four").getError()).isNull();
    assertThat(published("", "x".repeat(3_001)).getError()).isEqualTo("invalid_arguments");
  }

  private ViewsPublishResponse published(String hash, String text) throws Exception {
    return client()
        .viewsPublish(request ->
            request
                .userId("U0ADA0001")
                .hash(hash.isEmpty() ? null : hash)
                .view(
                    Views.view(view ->
                        view.type("home")
                            .blocks(
                                Blocks.asBlocks(
                                    Blocks.section(block ->
                                        block.text(BlockCompositions.markdownText(text))))))));
  }

  @Test
  void theSdkSeesARefusalAsRefusalAndALimitAsLimit() throws Exception {
    ChatPostMessageResponse refused =
        client().chatPostMessage(request -> request.channel("C0NOWHERE").text("x"));
    assertThat(refused.isOk()).isFalse();
    assertThat(refused.getError()).isEqualTo("channel_not_found");

    fake.limitNext("chat.postMessage", 3);
    assertThatThrownBy(
            () -> client().chatPostMessage(request -> request.channel("C0OPS0001").text("x")))
        .isInstanceOfSatisfying(
            SlackApiException.class,
            limited -> {
              assertThat(limited.getResponse().code()).isEqualTo(429);
              assertThat(limited.getResponse().header("Retry-After")).isEqualTo("3");
            });
  }

  @Test
  void theSdkAnswersThroughAResponseUrl() throws Exception {
    WebhookResponse answer =
        sdk.send(
            fake.responseUrl("C0OPS0001", "U0ADA0001").toString(),
            Payload.builder().text("done").build());

    assertThat(answer.getCode()).isEqualTo(200);
    assertThat(fake.team().messages().getFirst().ephemeralFor()).isEqualTo("U0ADA0001");
  }

  @Test
  void theSdkFindsOurSignatureRight() {
    SlackRequests.Request request = requests.event("app-mention");

    assertThat(
            new SlackSignature.Verifier(new SlackSignature.Generator(SECRET))
                .isValid(
                    request.header("X-Slack-Request-Timestamp"),
                    new String(request.body(), UTF_8),
                    request.header("X-Slack-Signature")))
        .isTrue();
  }

  @Test
  void theSdkParsesOurEvents() {
    AppMentionPayload mention = parse("app-mention", AppMentionPayload.class);
    AppMentionEvent event = mention.getEvent();
    assertThat(mention.getEventId()).isEqualTo("Ev0APPMENTION");
    assertThat(mention.getAuthorizations().getFirst().getUserId()).isEqualTo(SlackTeam.BOT_USER);
    assertThat(event.getUser()).isEqualTo("U0ADA0001");
    assertThat(event.getText()).contains("&amp;");

    for (Map.Entry<String, Class<? extends EventsApiPayload<?>>> typed : TYPED.entrySet()) {
      EventsApiPayload<?> payload = parse(typed.getKey(), typed.getValue());
      assertThat(payload.getTeamId()).as(typed.getKey()).isEqualTo(SlackTeam.ID);
      assertThat(payload.getEvent().getType()).as(typed.getKey()).isNotEmpty();
    }
    assertThat(parse("app-home-opened", AppHomeOpenedPayload.class).getEvent().getView().getHash())
        .isEqualTo("1795330815.001500");
    assertThat(parse("url-verification", UrlVerificationPayload.class).getChallenge()).hasSize(52);
  }

  private static final Map<String, Class<? extends EventsApiPayload<?>>> TYPED =
      Map.of(
          "message-channels", MessagePayload.class,
          "message-thread", MessagePayload.class,
          "message-im", MessagePayload.class,
          "message-changed", MessageChangedPayload.class,
          "message-deleted", MessageDeletedPayload.class,
          "member-joined-channel", MemberJoinedChannelPayload.class,
          "reaction-added", ReactionAddedPayload.class,
          "app-home-opened", AppHomeOpenedPayload.class,
          "app-uninstalled", AppUninstalledPayload.class,
          "tokens-revoked", TokensRevokedPayload.class);

  @Test
  void theSdkParsesOurEventsAboutAccounts() {
    UserChangePayload changed = parse("user-change", UserChangePayload.class);
    assertThat(changed.getEvent().getUser().getId()).isEqualTo("U0ADA0001");
    assertThat(changed.getEvent().getUser().getUpdated()).isEqualTo(1795330815);
    TeamJoinPayload joined = parse("team-join", TeamJoinPayload.class);
    assertThat(joined.getEvent().getUser().getProfile().getDisplayName()).isEqualTo("new");
  }

  @Test
  void theSdkParsesOurCommand() {
    SlashCommandPayload command =
        new SlashCommandPayloadParser()
            .parse(new String(requests.command(Map.of("text", "new a & b <c> ü")).body(), UTF_8));

    assertThat(command.getCommand()).isEqualTo("/rotation");
    assertThat(command.getText()).isEqualTo("new a & b <c> ü");
    assertThat(command.getUserId()).isEqualTo("U0ADA0001");
    assertThat(command.getTriggerId()).isNotEmpty();
    assertThat(command.getResponseUrl()).startsWith("https://hooks.slack.com/commands/");
  }

  @Test
  void theSdkParsesOurInteractions() {
    BlockActionPayload action = parseForm("block-actions-button", BlockActionPayload.class);
    assertThat(action.getActions().getFirst().getActionId()).isEqualTo("acknowledge");
    assertThat(action.getMessage().getTs()).isEqualTo(action.getContainer().getMessageTs());
    assertThat(
            parseForm("block-actions-select", BlockActionPayload.class)
                .getActions()
                .getFirst()
                .getSelectedOption()
                .getValue())
        .isEqualTo("high");

    BlockActionPayload atHome = parseForm("block-actions-home", BlockActionPayload.class);
    assertThat(atHome.getContainer().getChannelId()).isNull();
    assertThat(atHome.getView().getType()).isEqualTo("home");

    ViewSubmissionPayload submitted = parseForm("view-submission", ViewSubmissionPayload.class);
    assertThat(submitted.getView().getCallbackId()).isEqualTo("rotation-new");
    assertThat(submitted.getView().getState().getValues())
        .hasEntrySatisfying(
            "people",
            field ->
                assertThat(field)
                    .hasEntrySatisfying(
                        "value",
                        value ->
                            assertThat(value.getSelectedUsers())
                                .containsExactly("U0ADA0001", "U0BEN0002")));
    assertThat(parseForm("view-closed", ViewClosedPayload.class).isCleared()).isFalse();
  }

  private <T> T parse(String recording, Class<T> type) {
    return GsonFactory.createSnakeCase(config())
        .fromJson(new String(requests.event(recording).body(), UTF_8), type);
  }

  private <T> T parseForm(String recording, Class<T> type) {
    String body = new String(requests.interaction(recording).body(), UTF_8);
    String payload = URLDecoder.decode(body.substring("payload=".length()), UTF_8);
    return GsonFactory.createSnakeCase(config()).fromJson(payload, type);
  }

  private static void assertOk(SlackApiTextResponse answer) {
    assertThat(answer.getError()).isNull();
    assertThat(answer.isOk()).isTrue();
  }
}
