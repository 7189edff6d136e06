package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.platform.kernel.ConnectionId;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.jspecify.annotations.Nullable;

/// The aggregate: a rotation's layers with their people, and where each order stands. It changes
/// only through the verbs below, each of which guards what must hold before it.
@Entity
@Table(name = "rotation")
class RotationEntity {
  @EmbeddedId private WorkspaceKey key;
  @Version private @Nullable Long version;
  private String name;

  @Column(name = "connection_id")
  private UUID connectionId;

  private String conversation;
  private boolean paused;
  private boolean waiting;

  @Column(name = "settled_at")
  private Instant settledAt;

  @Column(name = "card_message")
  private @Nullable UUID cardMessage;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "deleted_at")
  private @Nullable Instant deletedAt;

  @ElementCollection(fetch = FetchType.EAGER)
  @Fetch(FetchMode.SELECT)
  @BatchSize(size = 100)
  @CollectionTable(
      name = "rotation_layer",
      joinColumns = {
        @JoinColumn(name = "workspace_id", referencedColumnName = "workspace_id"),
        @JoinColumn(name = "rotation_id", referencedColumnName = "id")
      })
  private Set<LayerRow> layers = new HashSet<>();

  @ElementCollection(fetch = FetchType.EAGER)
  @Fetch(FetchMode.SELECT)
  @BatchSize(size = 100)
  @CollectionTable(
      name = "rotation_participant",
      joinColumns = {
        @JoinColumn(name = "workspace_id", referencedColumnName = "workspace_id"),
        @JoinColumn(name = "rotation_id", referencedColumnName = "id")
      })
  private Set<PlaceRow> places = new HashSet<>();

  /// For Hibernate.
  protected RotationEntity() {}

  /// A rotation whose layers have yet to begin: [#stand] is called before it is stored.
  RotationEntity(
      WorkspaceKey key,
      String name,
      ConnectionId connection,
      String conversation,
      List<LayerPlan> plans,
      Supplier<UUID> ids,
      Instant now) {
    this.key = key;
    this.name = name;
    this.connectionId = connection.value();
    this.conversation = conversation;
    this.createdAt = now;
    this.settledAt = now;
    for (LayerPlan plan : plans) {
      add(plan, ids.get(), Cursor.before(now));
    }
  }

  /// One to try things on: what becomes of it is never stored.
  RotationEntity copy() {
    RotationEntity copy = new RotationEntity();
    copy.key = key;
    copy.name = name;
    copy.connectionId = connectionId;
    copy.conversation = conversation;
    copy.paused = paused;
    copy.settledAt = settledAt;
    copy.createdAt = createdAt;
    copy.deletedAt = deletedAt;
    copy.layers.addAll(layers);
    copy.places.addAll(places);
    return copy;
  }

  /// The layers stand here from now on, and until then it is history who was on duty.
  ///
  /// @param cursors by the layer's id, of every layer
  void stand(Map<UUID, Cursor> cursors, Instant now) {
    require(!paused && deletedAt == null, "has turns only while it is active");
    // What is history stays so when a clock goes back.
    settledAt = now.isAfter(settledAt) ? now : settledAt;
    replace(layers, row -> row.at(of(cursors, row.layer())));
    replace(places, row -> row.with(owed(cursors, row), served(cursors, row)));
  }

  /// New settings and people. Whoever is on duty stays until the next hand-off, and whoever came
  /// next before comes next still. A layer is the one before at the same position. What is counted
  /// in turns of several days goes on being counted from the same day unless the rhythm itself was
  /// changed; the plans say so already.
  ///
  /// @param now when turns of layers that were not there begin, and of those whose turn would be
  ///   over
  void change(String newName, List<LayerPlan> plans, Supplier<UUID> ids, Instant now) {
    require(deletedAt == null, "cannot be changed once it is deleted");
    name = newName;
    List<LayerRow> before = inOrder();
    Map<UUID, Cursor> cursors = cursors();
    Map<UUID, Roster> rosters = new HashMap<>();
    before.forEach(row -> rosters.put(row.layer(), roster(row.layer())));
    layers.clear();
    places.clear();
    for (int position = 0; position < plans.size(); position++) {
      LayerPlan plan = plans.get(position);
      if (position < before.size()) {
        UUID layer = before.get(position).layer();
        Cursor cursor = of(cursors, layer);
        Roster roster = Objects.requireNonNull(rosters.get(layer));
        int place = roster.carryOver(cursor.person(), cursor.place(), plan.roster());
        // By a shorter rhythm the turn would be over already: it begins anew.
        boolean over = !plan.times().nextAfter(cursor.since()).isAfter(now);
        Instant since = over ? now : cursor.since();
        add(plan, layer, new Cursor(since, cursor.person(), place, cursor.owed(), cursor.served()));
      } else {
        add(plan, ids.get(), Cursor.before(now));
      }
    }
  }

  private void add(LayerPlan plan, UUID layer, Cursor cursor) {
    layers.add(LayerRow.of(layers.size(), plan, layer, cursor));
    for (Roster.Place place : plan.roster().places()) {
      PlaceRow row = PlaceRow.of(layer, place);
      places.add(row.with(owed(cursor, row), served(cursor, row)));
    }
  }

  /// Takes somebody off the order of a layer. The turn stays where it is: whoever came after them
  /// comes next.
  void leave(UUID layer, Participant person) {
    places.removeIf(row -> row.layer().equals(layer) && person.equals(row.person()));
  }

  /// Puts somebody who left back to their place; at the end if that is another's by now.
  void comeBack(UUID layer, Participant person, int place) {
    List<PlaceRow> own = places.stream().filter(row -> row.layer().equals(layer)).toList();
    boolean taken = own.stream().anyMatch(row -> row.place() == place);
    int last = own.stream().mapToInt(PlaceRow::place).max().orElse(-1);
    places.add(PlaceRow.of(layer, Roster.Place.of(taken ? last + 1 : place, person)));
  }

  /// Nobody is on duty until [#resume].
  void pause() {
    require(!paused && deletedAt == null, "can be paused while it is active");
    paused = true;
  }

  /// Nobody is on duty until its connection works again, or until [#resume].
  void waitForConnection() {
    pause();
    waiting = true;
  }

  /// Ends the pause; it stands anew next.
  void resume() {
    require(paused && deletedAt == null, "can be resumed while it is paused");
    paused = false;
    waiting = false;
  }

  /// Takes it away; it can be brought back until it is erased.
  void delete(Instant now) {
    require(deletedAt == null, "can be deleted once");
    deletedAt = now;
  }

  /// Brings it back as it was, paused or not; unless paused it stands anew next.
  void restore() {
    require(deletedAt != null, "can be brought back once it is deleted");
    deletedAt = null;
  }

  /// Remembers the message in the channel that tells who is on duty.
  void cardIs(UUID message) {
    cardMessage = message;
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

  /// The layers by position, at least one; their holidays apart, which are another module's.
  List<Layer> layers() {
    return inOrder().stream().map(row -> row.toLayer(roster(row.layer()))).toList();
  }

  /// The holiday calendars of the layers that have one.
  Map<UUID, UUID> holidays() {
    Map<UUID, UUID> calendars = new HashMap<>();
    for (LayerRow row : layers) {
      if (row.holidays() != null) {
        calendars.put(row.layer(), row.holidays());
      }
    }
    return calendars;
  }

  /// Where each layer stands, by its id.
  Map<UUID, Cursor> cursors() {
    Map<UUID, Cursor> cursors = new HashMap<>();
    for (LayerRow row : layers) {
      List<PlaceRow> own =
          places.stream()
              .filter(each -> each.layer().equals(row.layer()) && each.account() != null)
              .toList();
      Map<Participant, Duration> served = new HashMap<>();
      for (PlaceRow each : own) {
        if (each.servedSeconds() > 0) {
          served.put(
              Objects.requireNonNull(each.person()), Duration.ofSeconds(each.servedSeconds()));
        }
      }
      cursors.put(
          row.layer(),
          new Cursor(
              row.turnStartedAt(),
              row.turnAccount() == null ? null : new Participant(row.turnAccount()),
              row.turnPlace(),
              own.stream()
                  .filter(each -> each.owed() > 0)
                  .sorted(Comparator.comparingInt(PlaceRow::owed))
                  .map(each -> Objects.requireNonNull(each.person()))
                  .toList(),
              served));
    }
    return cursors;
  }

  /// Everybody of every layer, each once.
  Set<Participant> people() {
    Set<Participant> people = new LinkedHashSet<>();
    layers().forEach(layer -> people.addAll(layer.roster().people()));
    return people;
  }

  /// Until when it is history who was on duty.
  Instant settledAt() {
    return settledAt;
  }

  boolean paused() {
    return paused;
  }

  /// Whether it is paused because its connection has ended.
  boolean waiting() {
    return waiting;
  }

  boolean active() {
    return !paused && deletedAt == null;
  }

  Optional<Instant> deletedAt() {
    return Optional.ofNullable(deletedAt);
  }

  Optional<UUID> cardMessage() {
    return Optional.ofNullable(cardMessage);
  }

  private List<LayerRow> inOrder() {
    return layers.stream().sorted(Comparator.comparingInt(LayerRow::position)).toList();
  }

  private Roster roster(UUID layer) {
    return new Roster(
        places.stream().filter(row -> row.layer().equals(layer)).map(PlaceRow::toPlace).toList());
  }

  /// Rows that stay the same are not written again.
  private static <R> void replace(Set<R> rows, UnaryOperator<R> by) {
    for (R row : List.copyOf(rows)) {
      R replaced = by.apply(row);
      if (!replaced.equals(row)) {
        rows.remove(row);
        rows.add(replaced);
      }
    }
  }

  private static Cursor of(Map<UUID, Cursor> cursors, UUID layer) {
    return Objects.requireNonNull(cursors.get(layer), "a layer without a cursor");
  }

  private static int owed(Map<UUID, Cursor> cursors, PlaceRow row) {
    return owed(of(cursors, row.layer()), row);
  }

  private static int owed(Cursor cursor, PlaceRow row) {
    Participant person = row.person();
    return person == null ? 0 : cursor.owed().indexOf(person) + 1;
  }

  private static long served(Map<UUID, Cursor> cursors, PlaceRow row) {
    return served(of(cursors, row.layer()), row);
  }

  private static long served(Cursor cursor, PlaceRow row) {
    Participant person = row.person();
    return person == null ? 0 : cursor.served().getOrDefault(person, Duration.ZERO).toSeconds();
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("Rotation " + key.id() + " " + what);
    }
  }
}
