package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Account;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Reads Slack's user objects (docs.slack.dev/reference/objects/user-object), which are the same in
/// `users.info`, `users.list`, `user_change` and `team_join`.
final class SlackAccounts {
  private static final int NAME = 80;

  /// What Slack says of an account that there is none of, or none for us to see.
  private static final Set<String> NOBODY =
      Set.of("user_not_found", "user_not_visible", "users_not_found");

  private SlackAccounts() {}

  static boolean isNobody(SlackAnswer.Refused refused) {
    return NOBODY.contains(refused.error());
  }

  /// The accounts of one answer of `users.list`.
  static List<Account> members(JsonNode body) {
    return body.path("members")
        .valueStream()
        .filter(user -> !user.path("id").asString("").isEmpty())
        .map(SlackAccounts::read)
        .toList();
  }

  /// The address, if Slack has confirmed it and the account is of the same company: in a shared
  /// channel another company's admins decide what stands there.
  static Optional<String> email(JsonNode user, SlackIdentity ours) {
    boolean own =
        is(user.path("team_id"), ours.team())
            || is(user.at("/enterprise_user/enterprise_id"), ours.enterprise());
    String email = user.at("/profile/email").asString("").strip();
    return own && user.path("is_email_confirmed").asBoolean(true) && !email.isEmpty()
        ? Optional.of(email)
        : Optional.empty();
  }

  static Account read(JsonNode user) {
    String id = user.path("id").asString("");
    String name =
        Stream.of(
                user.at("/profile/display_name"), user.at("/profile/real_name"), user.path("name"))
            .map(each -> each.asString(""))
            .filter(each -> !each.isBlank())
            .findFirst()
            .orElse(id);
    // Slackbot is a program that Slack does not mark as one.
    boolean bot = user.path("is_bot").asBoolean(false) || id.equals("USLACKBOT");
    long changed = user.path("updated").asLong(0);
    return new Account(
        id,
        name.length() <= NAME ? name : name.substring(0, NAME),
        zone(user.path("tz").asString("UTC")),
        !user.path("deleted").asBoolean(false),
        bot,
        changed == 0 ? null : Instant.ofEpochSecond(changed));
  }

  private static boolean is(JsonNode id, String ours) {
    return !ours.isEmpty() && id.asString("").equals(ours);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }
}
