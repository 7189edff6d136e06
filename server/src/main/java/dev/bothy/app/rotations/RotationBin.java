package dev.bothy.app.rotations;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinKind;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// How rotations go into the bin and out of it: at its end one is erased with its people, shifts
/// and notes.
@Component
class RotationBin implements BinKind {
  static final String KIND = "rotations.rotation";
  static final String APP = "rotations";

  private final Rotations rotations;
  private final RotationTable table;
  private final RotationLog log;
  private final Workspaces workspaces;

  RotationBin(Rotations rotations, RotationTable table, RotationLog log, Workspaces workspaces) {
    this.rotations = rotations;
    this.table = table;
    this.log = log;
    this.workspaces = workspaces;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "Rotation";
  }

  @Override
  public Optional<String> name(String subject) {
    return table.byId(UUID.fromString(subject)).map(RotationEntity::name);
  }

  @Override
  public String keyOwner(String subject) {
    return APP;
  }

  @Override
  public String loss() {
    return "Its people, its turns and its hand-off notes. What was posted in chat stays there.";
  }

  @Override
  public Moved putAway(String subject, Actor actor) {
    return moved(rotations.delete(workspaces.current(), actor, UUID.fromString(subject)));
  }

  @Override
  public Moved bringBack(String subject, Actor actor) {
    return moved(rotations.restore(workspaces.current(), actor, UUID.fromString(subject)));
  }

  private static Moved moved(RotationOutcome outcome) {
    return switch (outcome) {
      case RotationOutcome.Done _ -> new Moved.Done();
      case RotationOutcome.Refused(var problems) -> new Moved.Refused(problems.getFirst());
      case RotationOutcome.NotFound _ -> new Moved.Unknown();
    };
  }

  @Override
  public End end(BinItem item, Actor actor, Instant now) {
    table
        .byId(UUID.fromString(item.subject()))
        .filter(rotation -> rotation.deletedAt().isPresent())
        .ifPresent(rotation -> {
          table.delete(rotation);
          log.erased(actor, rotation);
        });
    return new End.Gone();
  }
}
