package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A shift: who is on duty from when to when, for which role and why. Once over it never changes;
/// the database refuses it too.
@Entity
@Table(name = "shift")
@SecondaryTable(
    name = "shift_instead",
    pkJoinColumns = {
      @PrimaryKeyJoinColumn(name = "workspace_id", referencedColumnName = "workspace_id"),
      @PrimaryKeyJoinColumn(name = "shift_id", referencedColumnName = "id")
    })
class ShiftEntity {
  @EmbeddedId private WorkspaceKey key;
  @Version private @Nullable Long version;

  @Column(name = "rotation_id")
  private UUID rotationId;

  private String role;
  private @Nullable String account;

  @Column(name = "starts_at")
  private Instant startsAt;

  @Column(name = "ends_at")
  private Instant endsAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Column(name = "turn_at")
  private Instant turnAt;

  private String why;

  @Column(name = "account", table = "shift_instead")
  private @Nullable String instead;

  @Column(name = "change_id")
  private @Nullable UUID changeId;

  @Column(name = "direct_message")
  private @Nullable UUID directMessage;

  private boolean missed;

  /// For Hibernate.
  protected ShiftEntity() {}

  ShiftEntity(WorkspaceKey key, UUID rotationId, Assignment assignment) {
    this.key = key;
    this.rotationId = rotationId;
    this.role = assignment.role();
    this.account = assignment.person() == null ? null : assignment.person().account();
    this.startsAt = assignment.start();
    this.endsAt = assignment.end();
    this.turnAt = assignment.turn();
    this.why = assignment.why().name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.instead = assignment.instead() == null ? null : assignment.instead().account();
    this.changeId = assignment.change();
  }

  /// A shift that was over before anybody could be told.
  static ShiftEntity missed(WorkspaceKey key, UUID rotationId, Assignment assignment) {
    ShiftEntity shift = new ShiftEntity(key, rotationId, assignment);
    shift.endedAt = assignment.end();
    shift.missed = true;
    return shift;
  }

  /// The shift is over.
  void end(Instant at) {
    requireCurrent();
    endedAt = at.isBefore(startsAt) ? startsAt : at;
  }

  /// When it is going to end was moved.
  void endsAt(Instant planned) {
    requireCurrent();
    endsAt = planned;
  }

  /// Remembers the message to the person.
  void directMessageIs(UUID message) {
    requireCurrent();
    directMessage = message;
  }

  /// Whether it is what this assignment says, begun earlier.
  boolean is(Assignment assignment) {
    return role.equals(assignment.role())
        && Objects.equals(person().orElse(null), assignment.person())
        && turnAt.equals(assignment.turn())
        && why() == assignment.why()
        && Objects.equals(changeId, assignment.change())
        && Objects.equals(
            instead, assignment.instead() == null ? null : assignment.instead().account());
  }

  /// Whether an assignment is what the plan has in its place: of the same person, or, since only
  /// those who were added have a role beside others, of the same addition or of none like this.
  boolean isReplacedBy(Assignment assignment) {
    boolean added = why() == Why.ADD || assignment.why() == Why.ADD;
    return role.equals(assignment.role())
        && (Objects.equals(person().orElse(null), assignment.person())
            || !added
            || Objects.equals(changeId, assignment.change()));
  }

  UUID id() {
    return key.id();
  }

  UUID rotation() {
    return rotationId;
  }

  String role() {
    return role;
  }

  Optional<Participant> person() {
    return Optional.ofNullable(account).map(Participant::new);
  }

  Instant startsAt() {
    return startsAt;
  }

  /// When it is going to end, or was.
  Instant endsAt() {
    return endedAt == null ? endsAt : endedAt;
  }

  /// The hand-off that began the turn.
  Instant turnAt() {
    return turnAt;
  }

  /// The message to the person; empty when they were sent none.
  Optional<UUID> directMessage() {
    return Optional.ofNullable(directMessage);
  }

  Shift toShift() {
    return new Shift(
        key.id(),
        role,
        person().orElse(null),
        startsAt,
        endsAt(),
        turnAt,
        why(),
        instead == null ? null : new Participant(instead),
        missed);
  }

  private Why why() {
    return Why.valueOf(why.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private void requireCurrent() {
    if (endedAt != null) {
      throw new IllegalStateException("Shift " + key.id() + " is over");
    }
  }
}
