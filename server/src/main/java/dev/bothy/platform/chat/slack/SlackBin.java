package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinKind;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.keys.Purpose;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// How connections to Slack go into the bin and out of it. One that an admin ended keeps its
/// secrets there and works again at a click; one that Slack ended comes out when the app is
/// installed again.
@Component
class SlackBin implements BinKind {
  static final String KIND = "slack.connection";
  static final String APP = "slack";

  private final SlackRoster roster;

  SlackBin(SlackRoster roster) {
    this.roster = roster;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "Slack connection";
  }

  @Override
  public Optional<String> name(String subject) {
    return roster.find(id(subject)).map(known -> known.connection().name());
  }

  @Override
  public String keyOwner(String subject) {
    return Purpose.PLATFORM;
  }

  @Override
  public String loss() {
    return "Its tokens, the names of its accounts and whose they are, and what was set up in it, such"
        + " as its rotations with their shifts and notes.";
  }

  @Override
  public Moved putAway(String subject, Actor actor) {
    return roster.find(id(subject)).isPresent() && roster.disconnect(actor, id(subject))
        ? new Moved.Done()
        : new Moved.Unknown();
  }

  @Override
  public Moved bringBack(String subject, Actor actor) {
    Optional<Known> known = roster.find(id(subject));
    if (known.isEmpty()) {
      return new Moved.Unknown();
    }
    if (!roster.canResume(known.get())) {
      return new Moved.Refused(
          Problem.ofUser(
              "slack.install-again",
              "Slack removed the app, and its tokens are dead. Install the app again and connect it"
                  + " on the page Slack: it comes out of the bin by itself, as it was."));
    }
    return roster.resume(actor, known.get()) ? new Moved.Done() : new Moved.Unknown();
  }

  @Override
  public End end(BinItem item, Actor actor, Instant now) {
    roster.remove(actor, id(item.subject()));
    return new End.Gone();
  }

  private static ConnectionId id(String subject) {
    return new ConnectionId(UUID.fromString(subject));
  }
}
