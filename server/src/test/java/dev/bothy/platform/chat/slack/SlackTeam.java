package dev.bothy.platform.chat.slack;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one Slack workspace holds: users, conversations and the messages in them.
///
/// The bot is a user of the team. It posts only where it is a member, as in Slack.
public final class SlackTeam {
  public static final String ID = "T0BOTHY01";
  public static final String APP_ID = "A0BOTHY01";
  public static final String BOT_ID = "B0BOTHY99";
  public static final String BOT_USER = "U0BOTHY99";

  /// @param email null when the person keeps it from apps
  /// @param timeZone an IANA name
  public record User(
      String id,
      String name,
      String realName,
      @Nullable String email,
      String timeZone,
      boolean deleted,
      boolean bot) {}

  /// @param directWith the user at the other end, for a direct-message conversation
  public record Channel(
      String id,
      String name,
      boolean isPrivate,
      boolean archived,
      @Nullable String directWith,
      Set<String> members) {}

  /// @param ephemeralFor the only user who sees it; null for a message that all members see
  public record Message(
      String channel,
      String ts,
      String text,
      @Nullable JsonNode blocks,
      @Nullable String threadTs,
      @Nullable JsonNode metadata,
      @Nullable String ephemeralFor,
      boolean edited) {}

  private final Clock clock;
  private final Map<String, User> users = new LinkedHashMap<>();
  private final Map<String, Instant> changedAt = new HashMap<>();
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, String> topics = new HashMap<>();
  private final Map<String, List<String>> groups = new HashMap<>();
  private boolean paid = true;
  private int counter = 100;

  SlackTeam(Clock clock) {
    this.clock = clock;
    user(new User(BOT_USER, "bothy", "Bothy", null, "UTC", false, true));
  }

  public synchronized void user(User user) {
    users.put(user.id(), user);
    changedAt.put(user.id(), clock.instant());
  }

  /// Adds a person whose e-mail address is `name@example.com`, in UTC.
  public void person(String id, String name, String realName) {
    user(new User(id, name, realName, name + "@example.com", "UTC", false, false));
  }

  public synchronized void channel(String id, String name, String... members) {
    channels.put(
        id, new Channel(id, name, false, false, null, new LinkedHashSet<>(List.of(members))));
  }

  public synchronized void privateChannel(String id, String name, String... members) {
    channels.put(
        id, new Channel(id, name, true, false, null, new LinkedHashSet<>(List.of(members))));
  }

  public synchronized void archive(String id) {
    channels.computeIfPresent(
        id,
        (key, channel) ->
            new Channel(key, channel.name(), channel.isPrivate(), true, null, channel.members()));
  }

  /// A user group; it is never empty, as in Slack.
  public synchronized void group(String id, String... members) {
    groups.put(id, List.of(members));
  }

  /// Who is in the user group; empty when there is no such group.
  public synchronized Optional<List<String>> membersOf(String group) {
    return Optional.ofNullable(groups.get(group));
  }

  synchronized Set<String> groups() {
    return Set.copyOf(groups.keySet());
  }

  /// Without user groups, as Slack's free plan is.
  public synchronized void onFreePlan() {
    paid = false;
  }

  synchronized boolean isPaid() {
    return paid;
  }

  /// Empty when it has none.
  public synchronized String topicOf(String channel) {
    return topics.getOrDefault(channel, "");
  }

  synchronized void setTopic(String channel, String topic) {
    topics.put(channel, topic);
  }

  synchronized void join(String channel, String user) {
    Objects.requireNonNull(channels.get(channel)).members().add(user);
  }

  /// Puts a message of the bot there, as if it had been posted before, and returns its `ts`.
  public String post(String channel, String text) {
    Message message = new Message(channel, nextTs(), text, null, null, null, null, false);
    add(message);
    return message.ts();
  }

  /// All messages in the order of their first posting, as they read now; deleted ones are gone.
  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  public List<Message> messagesIn(String channel) {
    return messages().stream().filter(message -> message.channel().equals(channel)).toList();
  }

  /// Messages in the direct-message conversation between the bot and this user.
  public List<Message> directMessagesTo(String user) {
    return directWith(user).map(channel -> messagesIn(channel.id())).orElse(List.of());
  }

  /// Slack knows nobody of that id any more.
  public synchronized void forget(String id) {
    users.remove(id);
  }

  /// Everybody in the order in which they came.
  synchronized List<User> users() {
    return List.copyOf(users.values());
  }

  synchronized Instant changedAt(String id) {
    return Objects.requireNonNull(changedAt.get(id));
  }

  synchronized Optional<User> findUser(String id) {
    return Optional.ofNullable(users.get(id));
  }

  synchronized Optional<Channel> findChannel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  synchronized Optional<Channel> directWith(String user) {
    return channels.values().stream()
        .filter(channel -> user.equals(channel.directWith()))
        .findFirst();
  }

  synchronized Channel openDirect(String user) {
    String id = "D0" + user.substring(Math.min(2, user.length()));
    Channel opened =
        new Channel(id, "", true, false, user, new LinkedHashSet<>(List.of(user, BOT_USER)));
    channels.put(id, opened);
    return opened;
  }

  /// Slack's message id: seconds of the epoch, a dot, six digits that make it unique.
  synchronized String nextTs() {
    counter++;
    return "%d.%06d".formatted(clock.instant().getEpochSecond(), counter);
  }

  synchronized void add(Message message) {
    messages.add(message);
  }

  synchronized Optional<Message> findMessage(String channel, String ts) {
    return messages.stream()
        .filter(message -> message.ephemeralFor() == null)
        .filter(message -> message.channel().equals(channel) && message.ts().equals(ts))
        .findFirst();
  }

  synchronized void replace(Message before, Message after) {
    messages.replaceAll(message -> message.equals(before) ? after : message);
  }

  synchronized void remove(Message gone) {
    messages.remove(gone);
  }
}
