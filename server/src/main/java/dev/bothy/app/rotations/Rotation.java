package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.ConnectionId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rotation as it stands.
///
/// @param conversation where its cards are, the network's own id
/// @param layers by position, at least one
/// @param holidays the holiday calendars of the layers that have one, by the layer's id; a calendar
///   may be in the bin
/// @param duties one for each role, in the order of the layers
/// @param deletedAt null unless it is deleted
public record Rotation(
    UUID id,
    String name,
    ConnectionId connection,
    String conversation,
    List<Layer> layers,
    Map<UUID, UUID> holidays,
    boolean paused,
    List<RoleDuty> duties,
    @Nullable Instant deletedAt) {
  public Rotation {
    layers = List.copyOf(layers);
    holidays = Map.copyOf(holidays);
    duties = List.copyOf(duties);
  }

  /// Whether turns pass at present.
  public boolean active() {
    return !paused && deletedAt == null;
  }

  /// Its first layer's hand-off times.
  public HandoffTimes times() {
    return layers.getFirst().times();
  }

  /// In which its times are shown: the first layer's.
  public ZoneId zone() {
    return times().zone();
  }

  /// Everybody of every layer, each once.
  public List<Participant> people() {
    Set<Participant> people = new LinkedHashSet<>();
    layers.forEach(layer -> people.addAll(layer.roster().people()));
    return List.copyOf(people);
  }

  /// The first who has the first role; null while it is paused or deleted, or when nobody has it.
  /// Others may be on duty beside them: see [#duties].
  public @Nullable Participant onDuty() {
    return duties.getFirst().person();
  }

  /// The duty of one of its roles.
  RoleDuty duty(String role) {
    return duties.stream().filter(each -> each.role().equals(role)).findFirst().orElseThrow();
  }

  /// The current shift that somebody's hand-off note belongs to: their own, or the first that is
  /// somebody's; empty when nobody is on duty.
  Optional<UUID> shiftOf(Participant person) {
    List<RoleDuty.Held> held =
        duties.stream()
            .flatMap(duty -> duty.held().stream())
            .filter(each -> each.person() != null)
            .toList();
    return held.stream()
        .filter(each -> person.equals(each.person()))
        .findFirst()
        .or(() -> held.stream().findFirst())
        .map(RoleDuty.Held::shift);
  }

  /// Everybody who is on duty or next, in any role, each once.
  public Set<Participant> concerned() {
    Set<Participant> concerned = new LinkedHashSet<>();
    for (RoleDuty duty : duties) {
      concerned.addAll(duty.people());
      concerned.addAll(duty.next());
    }
    return concerned;
  }

  /// The first who is next in the first role; null when nobody is.
  public @Nullable Participant next() {
    return duties.getFirst().next().stream().findFirst().orElse(null);
  }

  /// See [RoleDuty#until], of the first role.
  public @Nullable Instant until() {
    return duties.getFirst().until();
  }
}
