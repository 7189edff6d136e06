package dev.bothy.platform.work;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/// The inbox in the database.
@Service
class DurableInbox implements Inbox {
  static final Purpose PAYLOAD = new Purpose(Purpose.PLATFORM, "work.inbox-payload");

  private final Keys keys;
  private final Clock clock;
  private final Lanes lanes;
  private final GroupCommit commits;

  DurableInbox(
      Keys keys,
      Clock clock,
      Lanes lanes,
      JdbcTemplate jdbc,
      Workspaces workspaces,
      WorkSettings settings) {
    this.keys = keys;
    this.clock = clock;
    this.lanes = lanes;
    this.commits = new GroupCommit(jdbc, workspaces, settings);
  }

  GroupCommit commits() {
    return commits;
  }

  @Override
  public Receipt accept(Delivery delivery) {
    UUID id = Ids.next(clock);
    byte[] sealed = keys.sealForInstallation(PAYLOAD, id, delivery.payload()).bytes();
    CompletableFuture<Boolean> stored = commits.offer(new GroupCommit.Row(id, delivery, sealed));
    if (stored == null) {
      return new Receipt.Full(GroupCommit.RETRY_AFTER);
    }
    try {
      if (!stored.join()) {
        return new Receipt.Duplicate();
      }
    } catch (CompletionException e) {
      throw new IllegalStateException("The delivery was not stored", e.getCause());
    }
    lanes.announce(Queue.INBOX);
    return new Receipt.Stored(id);
  }
}
