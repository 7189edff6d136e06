package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatConnector;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Group;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.Webhooks;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.OutboxSender.Result;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Speaks Slack over HTTP, with a bot token that an admin pasted.
///
/// Slack knows no idempotency key: each message carries its id as metadata, by which it is looked
/// up before it is posted again.
@Component
class SlackConnector implements ChatConnector, Webhooks {
  private final SlackCalls calls;
  private final SlackSecrets.Source source;
  private final SlackPoster poster;
  private final SlackHome home;
  private final SlackChannels channels;
  private final Clock clock;

  SlackConnector(
      SlackApi api, SlackPace pace, SlackSecrets.Source source, Clock clock, Metrics metrics) {
    this.calls = new SlackCalls(api, pace);
    this.source = source;
    this.clock = clock;
    this.poster = new SlackPoster(api, calls, metrics);
    this.home = new SlackHome(calls);
    this.channels = new SlackChannels(calls);
  }

  @Override
  public Network network() {
    return Network.SLACK;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Set<Capability> optional() {
    return SlackScopes.OPTIONAL_ABILITIES;
  }

  /// As [SlackPosted] writes it.
  @Override
  public String externalId(String conversation, String message) {
    return new SlackPosted(conversation, List.of(message)).toString();
  }

  @Override
  public Result send(Delivery delivery) {
    Optional<SlackSecrets> secrets = source.of(delivery.connection());
    if (secrets.isEmpty()) {
      return new Result.Rejected(
          "the Slack connection was removed, or its token can be read by nobody any more");
    }
    SlackPoster.Call call =
        new SlackPoster.Call(
            delivery.id(),
            new SlackCalls.Caller(delivery.connection(), secrets.get().botToken()),
            delivery.again(),
            delivery.since());
    return switch (delivery.message()) {
      case OutboundMessage.Post(String conversation, String thread, Content content) ->
          poster.post(call, conversation, thread, content);
      case OutboundMessage.Direct(String account, Content content) ->
          poster.direct(call, account, content);
      case OutboundMessage.Update update ->
          poster.update(call, SlackPosted.parse(delivery.target()), update.content());
      case OutboundMessage.Delete delete ->
          poster.delete(call, SlackPosted.parse(delivery.target()));
      case OutboundMessage.Ephemeral ephemeral -> poster.ephemeral(call, ephemeral);
      case OutboundMessage.OpenForm form -> poster.open(call, form);
      case OutboundMessage.Home message -> home.publish(call.caller(), message);
      case OutboundMessage.Reply reply ->
          poster.reply(call, SlackPosted.parse(delivery.target()), reply.content());
      case OutboundMessage.Join join -> channels.join(call.caller(), join);
      case OutboundMessage.Topic topic -> channels.topic(call.caller(), topic);
      case OutboundMessage.GroupMembers members ->
          channels.members(call.caller(), members, secrets.get().isOrgWide());
    };
  }

  @Override
  public Received receive(ChatConnection connection, Request request) {
    Optional<SlackSecrets> found = source.of(connection);
    if (found.isEmpty()) {
      return new Received.Refused(401, "the connection was removed");
    }
    SlackSignature signature =
        SlackSignature.check(
            found.get().signingSecret(),
            request.headers().get("x-slack-request-timestamp"),
            request.headers().get("x-slack-signature"),
            request.body(),
            clock.instant());
    return switch (signature) {
      case FORGED -> new Received.Refused(401, "not signed with the connection's secret");
      case WRONG_TIME -> new Received.Refused(401, "signed more than 300 s ago or ahead");
      case GENUINE -> SlackRequestReader.read(request, found.get().identity(connection));
    };
  }

  @Override
  public Optional<Account> lookUp(ChatConnection connection, String account) throws IOException {
    return user(connection, secretsOf(connection), account).map(SlackAccounts::read);
  }

  /// Of an account of the same Slack workspace or organisation only.
  @Override
  public Optional<String> emailOf(ChatConnection connection, String account) throws IOException {
    SlackSecrets known = secretsOf(connection);
    return user(connection, known, account)
        .flatMap(user -> SlackAccounts.email(user, known.identity(connection)));
  }

  /// Those that are not disabled.
  @Override
  public List<Group> groups(ChatConnection connection) throws IOException {
    SlackCalls.Caller caller = new SlackCalls.Caller(connection, secretsOf(connection).botToken());
    return channels.groups(caller);
  }

  private SlackSecrets secretsOf(ChatConnection connection) throws IOException {
    return source
        .of(connection)
        .orElseThrow(() -> new IOException("the Slack connection was removed"));
  }

  private Optional<JsonNode> user(ChatConnection connection, SlackSecrets known, String account)
      throws IOException {
    SlackCalls.Caller caller = new SlackCalls.Caller(connection, known.botToken());
    SlackAnswer answer = calls.read(caller, "users.info", null, Map.of("user", account));
    return answer instanceof SlackAnswer.Refused refused && SlackAccounts.isNobody(refused)
        ? Optional.empty()
        : Optional.of(answer.orFail().path("user"));
  }
}
