package dev.bothy.platform.work;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The outbox in the database.
@Service
class DurableOutbox implements Outbox {
  static final Purpose PAYLOAD = new Purpose(Purpose.PLATFORM, "work.outbox-payload");

  private final Keys keys;
  private final Clock clock;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Lanes lanes;

  DurableOutbox(Keys keys, Clock clock, JdbcClient jdbc, Workspaces workspaces, Lanes lanes) {
    this.keys = keys;
    this.clock = clock;
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.lanes = lanes;
  }

  @Override
  public UUID add(Message message) {
    UUID id = Ids.next(clock);
    jdbc.sql(
            "insert into outbox_item (workspace_id, id, target, kind, lane, payload)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            workspaces.current().value(),
            id,
            message.target(),
            message.kind(),
            message.lane(),
            keys.seal(PAYLOAD, id, message.payload()).bytes())
        .update();
    lanes.fill(new Lane(workspaces.current(), Queue.OUTBOX, message.kind(), message.lane()));
    return id;
  }

  @Override
  public Optional<String> externalId(UUID message) {
    return jdbc.sql("select external_id from outbox_item where id = ? and external_id is not null")
        .param(message)
        .query(String.class)
        .optional();
  }

  @Override
  public Optional<UUID> byExternalId(UUID target, String externalId) {
    // A comma comes right after a plus: the range holds the id alone and with others behind it.
    return jdbc.sql(
            """
            select id from outbox_item
            where target = ? and external_id collate "C" >= ? and external_id collate "C" < ?
              and split_part(external_id, '+', 1) = ?
            order by position limit 1
            """)
        .params(target, externalId, externalId + ",", externalId)
        .query(UUID.class)
        .optional();
  }
}
