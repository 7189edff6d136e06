package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.InboundEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlackManifestTest {
  private static final SlackManifest.Addresses ADDRESSES =
      new SlackManifest.Addresses("https://b/events", "https://b/commands", "https://b/actions");

  private record Feature(
      String id,
      List<Command> commands,
      Map<Capability, String> needs,
      Map<Capability, String> wishes)
      implements ChatFeature {
    Feature(String id, List<Command> commands, Map<Capability, String> needs) {
      this(id, commands, needs, Map.of());
    }

    @Override
    public Answer handle(ChatConnection connection, InboundEvent event) {
      return new Answer.Done();
    }
  }

  private final Feature duty =
      new Feature(
          "duty",
          List.of(new ChatFeature.Command("/duty", "Who is on duty", "new | list")),
          Map.of(
              Capability.POST, "Posts its card.",
              Capability.UPDATE, "Keeps its card up to date.",
              Capability.FORM, "Asks in a form."));

  @Test
  void eachScopeIsAskedForOnceWithEveryReason() {
    Feature other = new Feature("other", List.of(), Map.of(Capability.POST, "Posts as well."));

    SlackManifest manifest = SlackManifest.of(List.of(duty, other), ADDRESSES);

    assertThat(manifest.scopes())
        .containsExactly(
            new SlackManifest.Scope(
                "chat:write",
                List.of(
                    "duty: Keeps its card up to date.",
                    "duty: Posts its card.",
                    "other: Posts as well.")),
            new SlackManifest.Scope("commands", List.of("duty: People use it by typing /duty.")));
  }

  @Test
  void whatAFeatureCouldUseIsAskedForOnceItIsSwitchedOn() {
    Feature wishing =
        new Feature(
            "duty",
            List.of(),
            Map.of(Capability.POST, "Posts its card."),
            Map.of(
                Capability.TOPIC, "Names who is on duty.",
                Capability.HEAR, "Reads the answers to its card.",
                Capability.GROUP, "Puts who is on duty into the group."));
    Set<Capability> on = Set.of(Capability.TOPIC, Capability.HEAR, Capability.JOIN);

    assertThat(SlackManifest.asked(List.of(wishing), Set.of()))
        .extracting(SlackManifest.Scope::name)
        .containsExactly("chat:write");
    assertThat(SlackManifest.asked(List.of(wishing), on))
        .contains(
            new SlackManifest.Scope("channels:write.topic", List.of("duty: Names who is on duty.")))
        .extracting(SlackManifest.Scope::name)
        .containsExactly(
            "channels:history",
            "channels:write.topic",
            "chat:write",
            "groups:history",
            "groups:write.topic");
    assertThat(SlackManifest.missing(List.of(wishing), on, Set.of("chat:write")))
        .contains("channels:write.topic");
    JsonNode manifest =
        JsonMapper.builder()
            .build()
            .readTree(
                SlackManifest.of(List.of(wishing), on, ADDRESSES, SlackManifest.Choice.HTTP)
                    .json());
    assertThat(
            manifest
                .at("/settings/event_subscriptions/bot_events")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly("app_uninstalled", "message.channels", "message.groups", "tokens_revoked");
  }

  @Test
  void forSocketsItNamesNoAddress() {
    String json =
        SlackManifest.of(
                List.of(duty), ADDRESSES, new SlackManifest.Choice(true, null, false, false))
            .json();

    assertThat(json).doesNotContain("https://b/").doesNotContain("redirect_urls");
    assertThat(settings(json).path("socket_mode_enabled").asBoolean()).isTrue();
    assertThat(settings(json).at("/interactivity/is_enabled").asBoolean()).isTrue();
    assertThat(settings(json).at("/event_subscriptions/bot_events").size()).isEqualTo(2);
  }

  @Test
  void theHomeTabIsThereForAFeatureThatFillsIt() {
    Feature page = new Feature("page", List.of(), Map.of(Capability.HOME, "Shows who is on duty."));

    JsonNode without = manifest(List.of(duty));
    JsonNode with = manifest(List.of(duty, page));

    assertThat(without.at("/features/app_home/home_tab_enabled").asBoolean(true)).isFalse();
    assertThat(with.at("/features/app_home/home_tab_enabled").asBoolean()).isTrue();
    assertThat(
            with.at("/settings/event_subscriptions/bot_events")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly("app_home_opened", "app_uninstalled", "tokens_revoked");
    assertThat(with.path("oauth_config")).isEqualTo(without.path("oauth_config"));
  }

  private static JsonNode manifest(List<ChatFeature> features) {
    return JsonMapper.builder().build().readTree(SlackManifest.of(features, ADDRESSES).json());
  }

  @Test
  void forOAuthItSaysWhatTheAdminChose() {
    String json =
        SlackManifest.of(
                List.of(duty),
                ADDRESSES,
                new SlackManifest.Choice(false, "https://b/back", true, true))
            .json();

    assertThat(settings(json).path("token_rotation_enabled").asBoolean()).isTrue();
    assertThat(settings(json).path("org_deploy_enabled").asBoolean()).isTrue();
    assertThat(settings(json).path("socket_mode_enabled").asBoolean(true)).isFalse();
    assertThat(
            JsonMapper.builder()
                .build()
                .readTree(json)
                .at("/oauth_config/redirect_urls/0")
                .asString())
        .isEqualTo("https://b/back");
  }

  private static JsonNode settings(String json) {
    return JsonMapper.builder().build().readTree(json).path("settings");
  }

  @Test
  void theManifestIsWhatSlackReads() {
    JsonNode manifest =
        JsonMapper.builder().build().readTree(SlackManifest.of(List.of(duty), ADDRESSES).json());

    assertThat(manifest.at("/features/slash_commands/0/command").asString()).isEqualTo("/duty");
    assertThat(manifest.at("/features/slash_commands/0/url").asString())
        .isEqualTo("https://b/commands");
    assertThat(manifest.at("/features/slash_commands/0/should_escape").asBoolean()).isTrue();
    assertThat(manifest.at("/oauth_config/scopes/bot").valueStream().map(JsonNode::asString))
        .containsExactly("chat:write", "commands");
    assertThat(manifest.at("/settings/event_subscriptions/request_url").asString())
        .isEqualTo("https://b/events");
    assertThat(
            manifest
                .at("/settings/event_subscriptions/bot_events")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly("app_uninstalled", "tokens_revoked");
    assertThat(manifest.at("/settings/interactivity/request_url").asString())
        .isEqualTo("https://b/actions");
    assertThat(manifest.at("/settings/socket_mode_enabled").asBoolean(true)).isFalse();
  }

  @Test
  void whoShowsNamesHearsWhenTheyChange() {
    Map<Capability, String> needs = new EnumMap<>(Map.of(Capability.LOOKUP, "Shows names."));

    JsonNode manifest =
        JsonMapper.builder()
            .build()
            .readTree(
                SlackManifest.of(List.of(new Feature("one", List.of(), needs)), ADDRESSES).json());

    assertThat(
            manifest
                .at("/settings/event_subscriptions/bot_events")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly("app_uninstalled", "tokens_revoked", "team_join", "user_change");
  }

  @ParameterizedTest
  @EnumSource(Capability.class)
  void aFeatureWithoutCommandsAsksForNothingButWhatItNeeds(Capability capability) {
    Map<Capability, String> needs = new EnumMap<>(Map.of(capability, "Because."));

    List<SlackManifest.Scope> scopes =
        SlackManifest.of(List.of(new Feature("one", List.of(), needs)), ADDRESSES).scopes();

    // Of public and of private channels, each.
    assertThat(scopes).hasSizeLessThanOrEqualTo(2);
    assertThat(scopes).allMatch(scope -> scope.reasons().equals(List.of("one: Because.")));
  }

  @Test
  void whatATokenLacksIsNamed() {
    assertThat(SlackManifest.missing(List.of(duty), Set.of(), Set.of("chat:write", "users:read")))
        .containsExactly("commands");
  }
}
