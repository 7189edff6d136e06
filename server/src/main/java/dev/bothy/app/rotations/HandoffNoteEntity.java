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

/// A note on its way to the next person: it goes when it is handed over.
@Entity
@Table(name = "handoff_note")
class HandoffNoteEntity {
  @EmbeddedId private WorkspaceKey key;
  @Version private @Nullable Long version;

  @Column(name = "rotation_id")
  private UUID rotationId;

  private String role;
  private String author;

  /// As [HandoffNotes] sealed it.
  private byte[] note;

  @Column(name = "written_at")
  private Instant writtenAt;

  /// For Hibernate.
  protected HandoffNoteEntity() {}

  HandoffNoteEntity(
      WorkspaceKey key,
      UUID rotationId,
      String role,
      Participant author,
      byte[] note,
      Instant writtenAt) {
    this.key = key;
    this.rotationId = rotationId;
    this.role = role;
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
}
