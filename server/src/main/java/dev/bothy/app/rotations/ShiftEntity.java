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

/// A shift: who is on duty from when to when. Once over it never changes; the database refuses it
/// too.
@Entity
@Table(name = "shift")
class ShiftEntity {
  @EmbeddedId private WorkspaceKey key;
  @Version private @Nullable Long version;

  @Column(name = "rotation_id")
  private UUID rotationId;

  private @Nullable String account;

  @Column(name = "starts_at")
  private Instant startsAt;

  @Column(name = "ends_at")
  private Instant endsAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  private boolean missed;

  /// For Hibernate.
  protected ShiftEntity() {}

  ShiftEntity(
      WorkspaceKey key,
      UUID rotationId,
      @Nullable Participant person,
      Instant startsAt,
      Instant endsAt) {
    this.key = key;
    this.rotationId = rotationId;
    this.account = person == null ? null : person.account();
    this.startsAt = startsAt;
    this.endsAt = endsAt;
  }

  /// A shift that was over before anybody could be told.
  static ShiftEntity missed(WorkspaceKey key, UUID rotationId, CatchUp.Handoff handoff) {
    ShiftEntity shift =
        new ShiftEntity(key, rotationId, handoff.turn().person(), handoff.at(), handoff.until());
    shift.endedAt = handoff.until();
    shift.missed = true;
    return shift;
  }

  /// The shift is over.
  void end(Instant at) {
    requireCurrent();
    endedAt = at.isBefore(startsAt) ? startsAt : at;
  }

  /// The hand-off that ends it was moved.
  void endsAt(Instant planned) {
    requireCurrent();
    endsAt = planned;
  }

  UUID rotation() {
    return rotationId;
  }

  Shift toShift() {
    return new Shift(
        key.id(),
        account == null ? null : new Participant(account),
        startsAt,
        endedAt == null ? endsAt : endedAt,
        missed);
  }

  private void requireCurrent() {
    if (endedAt != null) {
      throw new IllegalStateException("Shift " + key.id() + " is over");
    }
  }
}
