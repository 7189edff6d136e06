package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A note to the next person. It goes when it is handed over, unless others may read it.
@Entity
@Table(name = "handoff_note")
class HandoffNoteEntity {
  @EmbeddedId private WorkspaceKey key;
  @Version private @Nullable Long version;

  @Column(name = "rotation_id")
  private UUID rotationId;

  /// Null of one that is older than hand-offs.
  @Column(name = "handoff_id")
  private @Nullable UUID handoffId;

  private String role;
  private String author;

  /// As [HandoffNotes] sealed it.
  private byte[] note;

  @Column(name = "written_at")
  private Instant writtenAt;

  /// Null while it waits.
  @Column(name = "handed_at")
  private @Nullable Instant handedAt;

  /// For Hibernate.
  protected HandoffNoteEntity() {}

  HandoffNoteEntity(
      WorkspaceKey key, Handoff handoff, Participant author, byte[] note, Instant writtenAt) {
    this.key = key;
    this.rotationId = handoff.rotation();
    this.handoffId = handoff.id();
    this.role = handoff.role();
    this.author = author.account();
    this.note = note;
    this.writtenAt = writtenAt;
  }

  UUID id() {
    return key.id();
  }

  Participant author() {
    return new Participant(author);
  }

  byte[] note() {
    return note;
  }

  Instant writtenAt() {
    return writtenAt;
  }

  /// Others may read it from now on.
  void handOver(UUID handoff, Instant at) {
    handoffId = handoff;
    handedAt = at;
  }
}
