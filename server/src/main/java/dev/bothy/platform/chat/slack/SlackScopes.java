package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Capability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which scope each method of Slack's needs (docs.slack.dev/reference/methods). Every call goes
/// through this table, so that what a scope is used for, and whether it is, can be shown.
///
/// None of these asks an installation in a whole organisation for a `team_id`
/// (docs.slack.dev/enterprise/developing-for-enterprise-orgs, "Changes to APIs") but `users.list`.
final class SlackScopes {
  /// Slash commands come in; no method uses this one.
  static final String COMMANDS = "commands";

  /// With it `users.info` tells addresses; without it, it works and tells none.
  static final String EMAIL = "users:read.email";

  /// What a connection can do only where an admin has switched it on and Slack has granted it.
  static final Set<Capability> OPTIONAL_ABILITIES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.HEAR,
              Capability.JOIN,
              Capability.POST_ANYWHERE,
              Capability.TOPIC,
              Capability.GROUP));

  /// Without being asked for by a feature they are of use: with them a message in doubt is looked
  /// up ([SlackLookup]).
  static final Set<String> OPTIONAL = Set.of("channels:history", "groups:history", "im:history");

  /// Whether these are used cannot be seen: Slack does not tell by which scope a message came, and
  /// takes a message or a topic without saying in what kind of channel the bot is.
  static final Set<String> USED_UNSEEN =
      Set.of("channels:history", "groups:history", "chat:write.public", "groups:write.topic");

  private static final Map<String, String> NEEDED =
      Map.ofEntries(
          Map.entry("apps.connections.open", ""),
          Map.entry("auth.test", ""),
          Map.entry("chat.delete", "chat:write"),
          Map.entry("chat.postEphemeral", "chat:write"),
          Map.entry("chat.postMessage", "chat:write"),
          Map.entry("chat.update", "chat:write"),
          Map.entry("conversations.history", "channels:history"),
          Map.entry("conversations.join", "channels:join"),
          Map.entry("conversations.open", "im:write"),
          Map.entry("conversations.replies", "channels:history"),
          Map.entry("conversations.setTopic", "channels:write.topic"),
          Map.entry("oauth.v2.access", ""),
          Map.entry("usergroups.list", "usergroups:read"),
          Map.entry("usergroups.users.update", "usergroups:write"),
          Map.entry("users.info", "users:read"),
          Map.entry("users.list", "users:read"),
          Map.entry("views.open", ""),
          Map.entry("views.publish", ""),
          Map.entry("views.push", ""),
          Map.entry("views.update", ""));

  private SlackScopes() {}

  /// The scope that a method needs; empty for one that any token may call.
  ///
  /// @throws IllegalArgumentException for a method that is not in the table: whoever calls it adds
  ///   it
  static Optional<String> neededBy(String method) {
    String scope = NEEDED.get(method);
    if (scope == null) {
      throw new IllegalArgumentException("Say in SlackScopes which scope " + method + " needs");
    }
    return scope.isEmpty() ? Optional.empty() : Optional.of(scope);
  }

  /// What Slack asks for a capability; empty for what needs no permission.
  static List<String> ofCapability(Capability capability) {
    return switch (capability) {
      case POST, THREAD, UPDATE, DELETE, EPHEMERAL, ACTIONS -> List.of("chat:write");
      case DIRECT -> List.of("im:write");
      case COMMAND -> List.of(COMMANDS);
      case LOOKUP -> List.of("users:read");
      case EMAIL -> List.of(EMAIL);
      case HEAR -> List.of("channels:history", "groups:history");
      case JOIN -> List.of("channels:join");
      case POST_ANYWHERE -> List.of("chat:write.public");
      case TOPIC -> List.of("channels:write.topic", "groups:write.topic");
      case GROUP -> List.of("usergroups:read", "usergroups:write");
      case FORM, HOME -> List.of();
    };
  }

  /// Which optional abilities these scopes give. Of a scope for public channels and one for private
  /// ones either is enough for its kind; user groups take both of theirs.
  static Set<Capability> abilities(Set<String> granted) {
    Set<Capability> abilities = EnumSet.copyOf(OPTIONAL_ABILITIES);
    abilities.removeIf(each ->
        each == Capability.GROUP
            ? !granted.containsAll(ofCapability(each))
            : ofCapability(each).stream().noneMatch(granted::contains));
    return abilities;
  }

  /// The scopes in Slack's own notation, in the order of their names.
  ///
  /// @param written comma-separated
  static Set<String> parse(String written) {
    Set<String> scopes = new TreeSet<>();
    for (String scope : written.split(",")) {
      if (!scope.isBlank()) {
        scopes.add(scope.strip());
      }
    }
    return scopes;
  }
}
