package dev.bothy.app.rotations;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.Rests;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The address under which a workspace shows who is on duty to whoever knows it, without a sign-in.
/// There is none until somebody asks for one, and at most one: a new one ends the one before. Only
/// its hash is kept.
///
/// Every method works in a transaction of the workspace, joining the caller's if there is one.
@Service
public class PublicBoards {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  /// Of 32 bytes in base64url.
  private static final int LENGTH = 43;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Rests rests;
  private final Workspaces workspaces;
  private final Clock clock;

  PublicBoards(JdbcClient jdbc, Audit audit, Rests rests, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.rests = rests;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// Since when there is an address; empty while there is none.
  public Optional<Instant> since(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select made_at from public_board")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant));
  }

  /// Makes an address; one that there was leads nowhere from now on.
  ///
  /// @return its secret part; it is told this once and kept nowhere
  public String publish(WorkspaceId workspace, Actor actor) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    workspaces.inWorkspace(
        workspace,
        () -> {
          jdbc.sql(
                  "insert into public_board (workspace_id, token_hash, made_at) values (?, ?, ?)"
                      + " on conflict (workspace_id) do update"
                      + " set token_hash = excluded.token_hash, made_at = excluded.made_at")
              .params(workspace.value(), sha256(token), clock.instant().atOffset(ZoneOffset.UTC))
              .update();
          record(workspace, actor, "rotations.board-published");
        });
    return token;
  }

  /// Takes the address away. Again changes nothing.
  public void withdraw(WorkspaceId workspace, Actor actor) {
    workspaces.inWorkspace(
        workspace,
        () -> {
          if (jdbc.sql("delete from public_board").update() > 0) {
            record(workspace, actor, "rotations.board-withdrawn");
          }
        });
  }

  /// Whether this is the secret part of the workspace's address. Nothing opens while the app or the
  /// workspace is in the bin.
  public boolean opens(WorkspaceId workspace, String token) {
    if (token.length() != LENGTH) {
      return false;
    }
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select token_hash from public_board").query(byte[].class).optional().stream()
                    .anyMatch(hash -> MessageDigest.isEqual(hash, sha256(token)))
                && !rests.now().test("rotations.board"));
  }

  private void record(WorkspaceId workspace, Actor actor, String action) {
    audit.record(actor, action, Subject.of("rotations.board", workspace.value()), Map.of());
  }

  /// A plain hash suffices: 256 random bits cannot be guessed.
  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
