package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.chat.Abilities;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.work.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The workspace's Slack connections. Called within a transaction of the workspace.
@Component
class SlackRoster {
  private static final int NAME = 80;

  private final Connections connections;
  private final Abilities abilities;
  private final Bin bin;
  private final Schedule schedule;
  private final SlackDirectoryRounds rounds;
  private final Audit audit;
  private final Clock clock;

  SlackRoster(
      Connections connections,
      Abilities abilities,
      Bin bin,
      Schedule schedule,
      SlackDirectoryRounds rounds,
      Audit audit,
      Clock clock) {
    this.connections = connections;
    this.abilities = abilities;
    this.bin = bin;
    this.schedule = schedule;
    this.rounds = rounds;
    this.audit = audit;
    this.clock = clock;
  }

  /// Those that there are or have been, oldest first.
  List<Known> all() {
    return connections.listAll().stream()
        .filter(each -> each.connection().network() == Network.SLACK)
        .toList();
  }

  Optional<Known> find(ConnectionId id) {
    return connections.known(id).filter(each -> each.connection().network() == Network.SLACK);
  }

  /// [SlackSecrets#GONE] if they open with no key.
  SlackSecrets secrets(Known known) {
    return SlackSecrets.stored(connections, known.connection().id());
  }

  /// Connects, or connects again: the connection of the same bot, or an ended one of the same app
  /// in the same place, gets the fresh secrets and works again.
  ///
  /// @param name of the Slack workspace or organisation
  /// @param botUser the bot's account there, `U…` or `W…`
  ChatConnection connect(PersonId admin, String name, String botUser, SlackSecrets fresh) {
    String shown = name.isBlank() ? "Slack" : name;
    shown = shown.length() <= NAME ? shown : shown.substring(0, NAME);
    Optional<Known> before = earlier(botUser, fresh);
    ChatConnection saved =
        before.isPresent()
            ? connections.revive(before.get().connection().id(), shown, botUser, fresh.toBytes())
            : connections.create(Network.SLACK, shown, botUser, fresh.toBytes());
    abilities.grant(saved.id(), SlackScopes.abilities(SlackScopes.parse(fresh.scopes())));
    bin.takeOut(SlackBin.KIND, saved.id().toString());
    care(saved.id(), SlackCare.next(fresh, clock.instant()));
    rounds.beginSoon(saved.id());
    record(new Actor.Person(admin), "slack.connected", saved.id());
    return saved;
  }

  /// The secrets of the connection that [#connect] would replace.
  Optional<SlackSecrets> earlierSecrets(String botUser, SlackSecrets fresh) {
    return earlier(botUser, fresh).map(this::secrets);
  }

  /// Ends it and puts it into the bin; false when it has ended already.
  boolean disconnect(Actor admin, ConnectionId id) {
    boolean ended = connections.end(id, SlackReason.DISCONNECTED);
    if (ended) {
      record(admin, "slack.disconnected", id);
      bin.put(new Bin.Deleted(SlackBin.KIND, id.toString(), SlackBin.APP, admin));
    }
    return ended;
  }

  /// Takes back [#disconnect]; false when it was not an admin who ended it, or it is gone.
  boolean resume(Actor admin, Known known) {
    ConnectionId id = known.connection().id();
    if (!canResume(known)
        || !bin.takeOut(SlackBin.KIND, id.toString())
        || !connections.resume(id)) {
      return false;
    }
    care(id, SlackCare.next(secrets(known), clock.instant()));
    rounds.beginSoon(id);
    record(admin, "slack.resumed", id);
    return true;
  }

  /// Forgets the app-level token, so that Slack must call us. False when there is none, or no
  /// signing secret to check Slack's calls with.
  boolean leaveSockets(PersonId admin, Known known) {
    SlackSecrets before = secrets(known);
    if (before.appToken() == null || before.signingSecret().isEmpty()) {
      return false;
    }
    ConnectionId id = known.connection().id();
    connections.editSecrets(id, stored -> SlackSecrets.read(stored).withAppToken(null).toBytes());
    record(new Actor.Person(admin), "slack.sockets-left", id);
    return true;
  }

  boolean canResume(Known known) {
    return known.state() instanceof ConnectionState.Ended ended
        && ended.reason().equals(SlackReason.DISCONNECTED)
        && !secrets(known).botToken().isEmpty();
  }

  /// Puts one that Slack has ended into the bin.
  void uninstalled(ConnectionId id) {
    bin.put(new Bin.Deleted(SlackBin.KIND, id.toString(), SlackBin.APP, new Actor.System(), true));
  }

  /// When it is gone for good; empty for one that is not in the bin.
  Optional<Instant> goesAt(ConnectionId id) {
    return bin.goesAt(SlackBin.KIND, id.toString());
  }

  /// Removes it for good, with its secrets.
  void remove(Actor actor, ConnectionId id) {
    if (connections.remove(id)) {
      schedule.clear(SlackCare.KIND, id.value());
      schedule.clear(SlackDirectory.KIND, id.value());
      record(actor, "slack.erased", id);
    }
  }

  private Optional<Known> earlier(String botUser, SlackSecrets fresh) {
    List<Known> here =
        all().stream()
            .filter(each -> {
              SlackSecrets known = secrets(each);
              return known.isSamePlace(fresh)
                  || (known.equals(SlackSecrets.GONE) && each.connection().botId().equals(botUser));
            })
            .toList();
    Optional<Known> sameBot =
        here.stream().filter(each -> each.connection().botId().equals(botUser)).findFirst();
    // A bot that was removed may come back under another account.
    return sameBot.isPresent()
        ? sameBot
        : here.stream().filter(each -> each.state() instanceof ConnectionState.Ended).findFirst();
  }

  private void care(ConnectionId id, Instant at) {
    schedule.set(SlackCare.KIND, id.value(), at);
  }

  private void record(Actor actor, String action, ConnectionId id) {
    audit.record(actor, action, Subject.of("slack.connection", id.value()));
  }
}
