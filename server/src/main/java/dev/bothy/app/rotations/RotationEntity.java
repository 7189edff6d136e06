package dev.bothy.app.rotations;

import dev.bothy.app.rotations.Roster.Turn;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.ConnectionId;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The aggregate: a rotation's settings, its order of people, and whose turn it is. It changes only
/// through the verbs below, each of which guards what must hold before it.
@Entity
@Table(name = "rotation")
class RotationEntity {
  @EmbeddedId private WorkspaceKey key;
  @Version private @Nullable Long version;
  private String name;

  @Column(name = "connection_id")
  private UUID connectionId;

  private String conversation;
  @Embedded private TimesColumns times;
  private boolean paused;

  @Column(name = "turn_place")
  private int turnPlace;

  @Column(name = "turn_account")
  private @Nullable String turnAccount;

  @Column(name = "shift_id")
  private @Nullable UUID shiftId;

  @Column(name = "next_handoff_at")
  private @Nullable Instant nextHandoffAt;

  @Column(name = "card_message")
  private @Nullable UUID cardMessage;

  @Column(name = "direct_message")
  private @Nullable UUID directMessage;

  @Column(name = "direct_account")
  private @Nullable String directAccount;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "deleted_at")
  private @Nullable Instant deletedAt;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "rotation_participant",
      joinColumns = {
        @JoinColumn(name = "workspace_id", referencedColumnName = "workspace_id"),
        @JoinColumn(name = "rotation_id", referencedColumnName = "id")
      })
  private List<PlaceRow> places = new ArrayList<>();

  /// For Hibernate.
  protected RotationEntity() {}

  /// A rotation that has no shift yet: [#startShift] is called before it is stored.
  RotationEntity(
      WorkspaceKey key,
      RotationPlan plan,
      ConnectionId connection,
      String conversation,
      List<Participant> people,
      Instant now) {
    this.key = key;
    this.name = plan.name();
    this.connectionId = connection.value();
    this.conversation = conversation;
    this.times = TimesColumns.of(plan.beginningAt(now));
    this.turnPlace = Integer.MIN_VALUE;
    this.createdAt = now;
    Roster.of(people).places().forEach(place -> places.add(PlaceRow.of(place)));
  }

  /// A new shift begins.
  void startShift(UUID shift, Turn turn, Instant until) {
    require(!paused && deletedAt == null, "has shifts only while it is active");
    shiftId = shift;
    turnPlace = turn.place();
    turnAccount = turn.person() == null ? null : turn.person().account();
    nextHandoffAt = until;
  }

  /// New settings and people. The person on duty stays until the next hand-off, and whoever came
  /// next before comes next still. What is counted in turns of several days goes on being counted
  /// from the same day unless the rhythm itself was changed.
  void change(RotationPlan plan, List<Participant> people, Instant now) {
    require(deletedAt == null, "cannot be changed once it is deleted");
    name = plan.name();
    HandoffTimes before = times.toTimes();
    HandoffTimes after = plan.beginningAt(now);
    boolean sameDay =
        plan.firstDay().isEmpty() || plan.firstDay().get() == before.from().getDayOfWeek();
    if (before.cadence().equals(after.cadence()) && sameDay) {
      after = new HandoffTimes(after.cadence(), before.from(), after.at(), after.zone());
    }
    times = TimesColumns.of(after);
    Roster replacement = Roster.of(people);
    Turn turn = roster().carryOver(turn(), replacement);
    turnPlace = turn.place();
    places.clear();
    replacement.places().forEach(place -> places.add(PlaceRow.of(place)));
    if (nextHandoffAt != null) {
      nextHandoffAt = after.nextAfter(now);
    }
  }

  /// Takes somebody off the order. The turn stays where it is: whoever came after them comes next.
  void leave(Participant person) {
    places.removeIf(row -> row.account().equals(person.account()));
  }

  /// Puts somebody who left back to their place; at the end if that is another's by now.
  void comeBack(Participant person, int place) {
    boolean taken = places.stream().anyMatch(row -> row.place() == place);
    int last = places.stream().mapToInt(PlaceRow::place).max().orElse(-1);
    places.add(new PlaceRow(taken ? last + 1 : place, person.account()));
  }

  /// Nobody is on duty until [#resume].
  void pause() {
    require(!paused && deletedAt == null, "can be paused while it is active");
    paused = true;
    shiftId = null;
    nextHandoffAt = null;
  }

  /// Ends the pause; a shift is started next.
  void resume() {
    require(paused && deletedAt == null, "can be resumed while it is paused");
    paused = false;
  }

  /// Takes it away; it can be brought back until it is erased.
  void delete(Instant now) {
    require(deletedAt == null, "can be deleted once");
    deletedAt = now;
    shiftId = null;
    nextHandoffAt = null;
  }

  /// Brings it back as it was, paused or not; unless paused a shift is started next.
  void restore() {
    require(deletedAt != null, "can be brought back once it is deleted");
    deletedAt = null;
  }

  /// Remembers the message in the channel that tells of the current shift.
  void cardIs(UUID message) {
    cardMessage = message;
  }

  /// Remembers the direct message to the person on duty; nulls when nobody has one.
  void directMessageIs(@Nullable String account, @Nullable UUID message) {
    directAccount = account;
    directMessage = message;
  }

  UUID id() {
    return key.id();
  }

  String name() {
    return name;
  }

  ConnectionId connection() {
    return new ConnectionId(connectionId);
  }

  String conversation() {
    return conversation;
  }

  HandoffTimes times() {
    return times.toTimes();
  }

  Roster roster() {
    return new Roster(places.stream().map(PlaceRow::toPlace).toList());
  }

  Turn turn() {
    return new Turn(turnAccount == null ? null : new Participant(turnAccount), turnPlace);
  }

  boolean paused() {
    return paused;
  }

  boolean active() {
    return !paused && deletedAt == null;
  }

  Optional<Instant> deletedAt() {
    return Optional.ofNullable(deletedAt);
  }

  Optional<UUID> shift() {
    return Optional.ofNullable(shiftId);
  }

  Optional<Instant> nextHandoffAt() {
    return Optional.ofNullable(nextHandoffAt);
  }

  Optional<UUID> cardMessage() {
    return Optional.ofNullable(cardMessage);
  }

  /// The direct message whose buttons still work.
  Optional<DirectMessage> directMessage() {
    return directMessage == null || directAccount == null
        ? Optional.empty()
        : Optional.of(new DirectMessage(directAccount, directMessage));
  }

  /// A message to one person alone.
  record DirectMessage(String account, UUID message) {}

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("Rotation " + key.id() + " " + what);
    }
  }
}
