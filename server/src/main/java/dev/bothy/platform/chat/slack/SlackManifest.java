package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The Slack app as the enabled features need it, and nothing more: what an admin pastes at
/// api.slack.com/apps (docs.slack.dev/reference/app-manifest).
///
/// @param scopes in the order of their names
/// @param addresses where Slack sends what happens
/// @param json the manifest, indented
public record SlackManifest(List<Scope> scopes, Addresses addresses, String json) {
  /// A permission that the app asks for.
  ///
  /// @param name as Slack calls it
  /// @param reasons why, one line for each feature that needs it; at least one
  public record Scope(String name, List<String> reasons) {}

  /// Where Slack sends what happens.
  public record Addresses(String events, String commands, String interactions) {}

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// How Slack and Bothy are to reach each other.
  ///
  /// @param sockets through sockets that Bothy opens; else Slack calls the addresses
  /// @param redirect where OAuth sends an admin back to; null when the token is pasted
  /// @param rotation whether tokens expire and are renewed; only through OAuth
  /// @param orgWide whether the app can be installed for a whole organisation
  public record Choice(
      boolean sockets, @Nullable String redirect, boolean rotation, boolean orgWide) {
    /// Slack calls us, and the token is pasted.
    public static final Choice HTTP = new Choice(false, null, false, false);
  }

  static SlackManifest of(List<ChatFeature> features, Addresses addresses) {
    return of(features, addresses, Choice.HTTP);
  }

  static SlackManifest of(List<ChatFeature> features, Addresses addresses, Choice choice) {
    return of(features, Set.of(), addresses, choice);
  }

  /// @param on which of what the features could use is switched on
  static SlackManifest of(
      List<ChatFeature> features, Set<Capability> on, Addresses addresses, Choice choice) {
    List<Scope> scopes = asked(features, on);
    boolean home =
        features.stream().anyMatch(feature -> feature.needs().containsKey(Capability.HOME));
    ObjectNode manifest = JSON.objectNode();
    manifest.putObject("_metadata").put("major_version", 2);
    manifest
        .putObject("display_information")
        .put("name", "Bothy")
        .put("description", "Runs in our own cluster, under our own keys");
    ObjectNode parts = manifest.putObject("features");
    parts
        .putObject("app_home")
        .put("home_tab_enabled", home)
        .put("messages_tab_enabled", true)
        .put("messages_tab_read_only_enabled", true);
    parts.putObject("bot_user").put("display_name", "Bothy").put("always_online", true);
    ArrayNode commands = JSON.arrayNode();
    for (ChatFeature feature : features) {
      for (ChatFeature.Command command : feature.commands()) {
        ObjectNode written = commands.addObject().put("command", command.name());
        if (!choice.sockets()) {
          written.put("url", addresses.commands());
        }
        written
            .put("description", command.description())
            .put("usage_hint", command.usage())
            // Names that people type come as ids, so that nobody is mistaken for a namesake.
            .put("should_escape", true);
      }
    }
    if (!commands.isEmpty()) {
      parts.set("slash_commands", commands);
    }
    ObjectNode oauth = manifest.putObject("oauth_config");
    if (choice.redirect() != null) {
      oauth.putArray("redirect_urls").add(choice.redirect());
    }
    ArrayNode asked = oauth.putObject("scopes").putArray("bot");
    scopes.forEach(scope -> asked.add(scope.name()));
    ObjectNode settings = manifest.putObject("settings");
    // None of these events needs a scope that is not asked for.
    ObjectNode subscriptions = settings.putObject("event_subscriptions");
    ObjectNode interactivity = settings.putObject("interactivity").put("is_enabled", true);
    if (!choice.sockets()) {
      subscriptions.put("request_url", addresses.events());
      interactivity.put("request_url", addresses.interactions());
    }
    ArrayNode events = subscriptions.putArray("bot_events");
    if (home) {
      events.add("app_home_opened");
    }
    events.add("app_uninstalled");
    if (on.contains(Capability.HEAR)
        && features.stream().anyMatch(each -> each.wishes().containsKey(Capability.HEAR))) {
      events.add("message.channels").add("message.groups");
    }
    events.add("tokens_revoked");
    if (scopes.stream().anyMatch(scope -> scope.name().equals("users:read"))) {
      events.add("team_join").add("user_change");
    }
    settings
        .put("org_deploy_enabled", choice.orgWide())
        .put("socket_mode_enabled", choice.sockets())
        .put("token_rotation_enabled", choice.rotation());
    return new SlackManifest(
        scopes,
        addresses,
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
  }

  /// The scopes that the features need, or could use where it is switched on, and a token lacks.
  static Set<String> missing(List<ChatFeature> features, Set<Capability> on, Set<String> granted) {
    Set<String> missing = new TreeSet<>();
    asked(features, on).forEach(scope -> missing.add(scope.name()));
    missing.removeAll(granted);
    return missing;
  }

  /// What the features need, or could use where it is switched on, in the order of the scopes'
  /// names.
  static List<Scope> asked(List<ChatFeature> features, Set<Capability> on) {
    Map<String, Set<String>> reasons = new TreeMap<>();
    for (ChatFeature feature : features) {
      Map<Capability, String> needs = new LinkedHashMap<>(feature.needs());
      if (!feature.commands().isEmpty()) {
        List<String> names = feature.commands().stream().map(ChatFeature.Command::name).toList();
        needs.putIfAbsent(
            Capability.COMMAND, "People use it by typing " + String.join(", ", names) + ".");
      }
      feature
          .wishes()
          .forEach((capability, reason) -> {
            if (on.contains(capability)) {
              needs.putIfAbsent(capability, reason);
            }
          });
      needs.forEach((capability, reason) ->
          SlackScopes.ofCapability(capability)
              .forEach(scope ->
                  reasons
                      .computeIfAbsent(scope, key -> new TreeSet<>())
                      .add(feature.id() + ": " + reason)));
    }
    List<Scope> scopes = new ArrayList<>();
    reasons.forEach((name, why) -> scopes.add(new Scope(name, List.copyOf(why))));
    return List.copyOf(scopes);
  }
}
