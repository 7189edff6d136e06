package dev.bothy.platform.keymanagement;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.work.DeadLetters;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Destroys the keys of an app in a workspace, or of the workspace itself, and writes a signed
/// receipt. The data keys go from the database and every server's memory at once; the key at the
/// provider that could unwrap a backup's copy of them goes as soon as the provider can be reached,
/// which is tried until it is done.
@Service
public class KeyDestructions implements ScheduleHandler {
  static final String KIND = "keymanagement.destroy";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final DataKeys dataKeys;
  private final DeadLetters letters;
  private final ReceiptSigner signer;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final Clock clock;

  KeyDestructions(
      DataKeys dataKeys,
      DeadLetters letters,
      ReceiptSigner signer,
      Schedule schedule,
      Workspaces workspaces,
      JdbcClient jdbc,
      Clock clock) {
    this.dataKeys = dataKeys;
    this.letters = letters;
    this.signer = signer;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// Begins to destroy the keys of the workspace itself and of all its apps: what it holds can be
  /// read by nobody afterwards. Called within a transaction of the workspace.
  ///
  /// @return whose keys those were
  public List<String> startAll(PersonId requestedBy) {
    return dataKeys.list().stream()
        .map(DataKey::owner)
        .distinct()
        .filter(owner -> start(owner, requestedBy).isPresent())
        .toList();
  }

  /// Begins to destroy the keys of this owner. Called within a transaction of the workspace.
  ///
  /// @return its id; empty if the owner has no keys
  public Optional<UUID> start(String owner, PersonId requestedBy) {
    if (!dataKeys.beginDestruction(owner)) {
      return Optional.empty();
    }
    if (owner.equals(Purpose.PLATFORM)) {
      // What networks delivered and nobody could handle lies under the installation's keys.
      letters.dropAll();
    }
    UUID id = Ids.next(clock);
    Instant now = clock.instant();
    jdbc.sql(
            "insert into key_destruction (workspace_id, id, owner, requested_by, requested_at)"
                + " values (?, ?, ?, ?, ?)")
        .params(workspaces.current().value(), id, owner, requestedBy.value(), column(now))
        .update();
    schedule.set(KIND, id, now);
    return Optional.of(id);
  }

  /// Those of the current workspace, newest first.
  public List<KeyDestruction> list() {
    return jdbc.sql("select * from key_destruction order by requested_at desc, id desc")
        .query(KeyDestructions::toDestruction)
        .list();
  }

  /// The receipt, as a JSON document with the statement as it was signed; empty if there is no such
  /// destruction in the current workspace, or it is not done yet.
  public Optional<String> receipt(UUID id) {
    return jdbc.sql(
            "select statement, signature from key_destruction where id = ?"
                + " and statement is not null")
        .param(id)
        .query((row, _) -> {
          Map<String, String> receipt = new TreeMap<>();
          receipt.put("statement", row.getString("statement"));
          receipt.put("signature", Base64.getEncoder().encodeToString(row.getBytes("signature")));
          receipt.put("publicKey", signer.publicKey().orElseThrow());
          return JSON.writeValueAsString(receipt);
        })
        .optional();
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public void prepare(WorkspaceId workspace, Due due) {
    workspaces.inWorkspace(
        workspace,
        () ->
            find(due.subject())
                .filter(destruction -> destruction.destroyedAt() == null)
                .ifPresent(destruction -> dataKeys.destroyWrappingKey(destruction.owner())));
  }

  @Override
  public Optional<Instant> run(Due due) {
    lock(due.subject())
        .filter(destruction -> destruction.destroyedAt() == null)
        .ifPresent(destruction -> finish(destruction, due.now()));
    return Optional.empty();
  }

  private void finish(KeyDestruction destruction, Instant now) {
    List<DataKey> destroyed =
        dataKeys.list().stream()
            .filter(key -> key.owner().equals(destruction.owner()))
            .filter(key -> key.state() == DataKey.State.BEING_DESTROYED)
            .toList();
    String statement =
        JSON.writeValueAsString(
            Receipts.statement(
                workspaces.current(),
                destruction,
                destroyed,
                dataKeys.provider(),
                dataKeys.ownWrappingKey(workspaces.current(), destruction.owner()),
                now));
    dataKeys.endDestruction(destruction.owner());
    jdbc.sql(
            "update key_destruction set destroyed_at = ?, statement = ?, signature = ?"
                + " where id = ?")
        .params(
            column(now),
            statement,
            signer.sign(statement.getBytes(StandardCharsets.UTF_8)),
            destruction.id())
        .update();
  }

  private Optional<KeyDestruction> find(UUID id) {
    return jdbc.sql("select * from key_destruction where id = ?")
        .param(id)
        .query(KeyDestructions::toDestruction)
        .optional();
  }

  /// The schedule and an erasure may both come to the end of it: who is second finds it done, and
  /// leaves the receipt as it is.
  private Optional<KeyDestruction> lock(UUID id) {
    return jdbc.sql("select * from key_destruction where id = ? for update")
        .param(id)
        .query(KeyDestructions::toDestruction)
        .optional();
  }

  private static KeyDestruction toDestruction(ResultSet row, int number) throws SQLException {
    OffsetDateTime destroyedAt = row.getObject("destroyed_at", OffsetDateTime.class);
    return new KeyDestruction(
        row.getObject("id", UUID.class),
        row.getString("owner"),
        Objects.requireNonNull(row.getObject("requested_at", OffsetDateTime.class)).toInstant(),
        destroyedAt == null ? null : destroyedAt.toInstant());
  }

  private static OffsetDateTime column(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
