package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.slack.SlackAppSockets.Parts;
import dev.bothy.platform.work.Leases;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/// How an app's sockets are, as the replica that holds them says it beside the lease, so that every
/// replica can show it.
///
/// @param open sockets on which Slack has greeted
/// @param wanted how many there should be
/// @param since when the number last became what it is
/// @param problem why one could not be opened; null when the last one could
record SlackSocketStatus(int open, int wanted, Instant since, @Nullable String problem) {
  private static final Logger LOG = LoggerFactory.getLogger(SlackSocketStatus.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Of what a lease can keep.
  private static final int PROBLEM = 500;

  static SlackSocketStatus read(String said) {
    return JSON.readValue(said, SlackSocketStatus.class);
  }

  String written() {
    return JSON.writeValueAsString(this);
  }

  /// Where the holder keeps it, as long as it is the holder.
  static final class Board {
    private final Parts parts;
    private final Leases.Lease lease;
    private SlackSocketStatus now;

    Board(Parts parts, Leases.Lease lease) {
      this.parts = parts;
      this.lease = lease;
      this.now = new SlackSocketStatus(0, parts.count(), parts.clock().instant(), null);
    }

    synchronized void opened() {
      say(new SlackSocketStatus(now.open() + 1, now.wanted(), parts.clock().instant(), null));
    }

    synchronized void closed() {
      say(
          new SlackSocketStatus(
              now.open() - 1, now.wanted(), parts.clock().instant(), now.problem()));
    }

    synchronized void failed(String problem) {
      String bounded = problem.length() <= PROBLEM ? problem : problem.substring(0, PROBLEM);
      say(new SlackSocketStatus(now.open(), now.wanted(), now.since(), bounded));
    }

    private void say(SlackSocketStatus fresh) {
      now = fresh;
      try {
        if (!parts.leases().say(lease, fresh.written())) {
          LOG.info("The sockets' state is not kept: the lease is another's");
        }
      } catch (DataAccessException | TransactionException e) {
        LOG.warn("The sockets' state could not be kept", e);
      }
    }
  }
}
