package dev.bothy.app.rotations;

import dev.bothy.app.rotations.HandoffNotes.Kept;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Opens hand-off notes for those whom the rotation lets read them, and for nobody else. Each
/// reading by somebody whom a note was not handed to is in the audit log.
@Service
public class NoteReading {
  /// Of how many hand-offs.
  private static final int LATEST = 10;

  private final RotationTable rotations;
  private final HandoffTable handoffs;
  private final HandoffNotes notes;
  private final TellingTable tellings;
  private final RotationPeople people;
  private final Owners owners;
  private final ChatLinks links;
  private final RotationLog log;
  private final Workspaces workspaces;

  NoteReading(
      RotationTable rotations,
      HandoffTable handoffs,
      HandoffNotes notes,
      TellingTable tellings,
      RotationPeople people,
      Owners owners,
      ChatLinks links,
      RotationLog log,
      Workspaces workspaces) {
    this.rotations = rotations;
    this.handoffs = handoffs;
    this.notes = notes;
    this.tellings = tellings;
    this.people = people;
    this.owners = owners;
    this.links = links;
    this.log = log;
    this.workspaces = workspaces;
  }

  /// A note that was opened.
  ///
  /// @param from the name of who wrote it
  public record ReadNote(String from, Instant writtenAt, String text) {
    @Override
    public String toString() {
      return "ReadNote(" + text.length() + " characters)";
    }
  }

  /// Whether somebody signed in may read notes that were not handed to them. Of a rotation that is
  /// not there nobody may.
  public boolean mayRead(WorkspaceId workspace, PersonId person, UUID rotation) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            living(rotation).filter(found -> mayRead(found, accounts(found, person))).isPresent());
  }

  /// The notes of the latest hand-offs that somebody signed in may read, as they were written;
  /// those that were handed to them among them.
  ///
  /// @return empty when they may read none, or there is no such rotation
  public Optional<List<ReadNote>> read(WorkspaceId workspace, PersonId person, UUID rotation) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            living(rotation)
                .flatMap(found ->
                    read(found, new Actor.Person(person), accounts(found, person))
                        .map(kept -> kept.stream().map(note -> readNote(found, note)).toList())));
  }

  /// The same for an account, within a transaction.
  Optional<List<Kept>> read(RotationEntity rotation, Actor actor, Participant reader) {
    return read(rotation, actor, Set.of(reader));
  }

  private Optional<List<Kept>> read(
      RotationEntity rotation, Actor actor, Set<Participant> readers) {
    boolean may = mayRead(rotation, readers);
    List<Handoff> readable =
        handoffs.latest(rotation.id(), LATEST).stream()
            .filter(each -> may || readers.contains(each.to()))
            .toList();
    List<Kept> opened = notes.handedOver(readable);
    if (!may && opened.isEmpty()) {
      return Optional.empty();
    }
    Set<UUID> ofOthers = new HashSet<>();
    opened.stream()
        .map(Kept::handoff)
        .filter(each -> !readers.contains(each.to()))
        .forEach(each -> ofOthers.add(each.id()));
    if (!ofOthers.isEmpty()) {
      log.notesRead(actor, rotation, List.copyOf(ofOthers));
    }
    return Optional.of(opened);
  }

  private boolean mayRead(RotationEntity rotation, Set<Participant> readers) {
    return switch (tellings.of(rotation.id()).handoff().readers()) {
      case NEXT -> false;
      case ROTATION -> readers.stream().anyMatch(rotation.people()::contains);
      case OWNERS -> {
        List<String> accounts = owners.accounts(rotation.connection());
        yield readers.stream().anyMatch(reader -> accounts.contains(reader.account()));
      }
    };
  }

  private Set<Participant> accounts(RotationEntity rotation, PersonId person) {
    return links.accountsOf(person).stream()
        .filter(linked -> linked.connection().equals(rotation.connection()))
        .map(LinkedAccount::account)
        .map(Participant::new)
        .collect(Collectors.toSet());
  }

  private ReadNote readNote(RotationEntity rotation, Kept note) {
    return new ReadNote(
        people.names(rotation.connection()).apply(note.handoff().from()),
        note.writtenAt(),
        note.text());
  }

  private Optional<RotationEntity> living(UUID rotation) {
    return rotations.byId(rotation).filter(found -> found.deletedAt().isEmpty());
  }
}
