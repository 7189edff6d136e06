package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.KeyDestroyed;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Keeps hand-off notes sealed: until they are handed over, and longer only where others may read
/// them.
@Component
class HandoffNotes {
  /// The longest note, in characters.
  static final int LONGEST = 2_000;

  static final Purpose NOTE = new Purpose("rotations", "rotations.handoff-note");

  private final HandoffNoteTable table;
  private final Keys keys;
  private final Workspaces workspaces;
  private final Clock clock;

  HandoffNotes(HandoffNoteTable table, Keys keys, Workspaces workspaces, Clock clock) {
    this.table = table;
    this.keys = keys;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// A note, opened.
  record Note(Participant author, String text) {
    @Override
    public String toString() {
      return "Note(" + author + ", " + text.length() + " characters)";
    }
  }

  /// What is wrong with the text, if anything is.
  static Optional<Problem> check(String text) {
    int length = text.codePointCount(0, text.length());
    if (!text.isBlank() && length <= LONGEST) {
      return Optional.empty();
    }
    String found = text.isBlank() ? "nothing was typed" : "it has " + length + " characters";
    return Optional.of(
        RotationInput.wrong("note", "Note", found, "1 to " + LONGEST + " characters"));
  }

  /// Seals a note for whoever takes over.
  void keep(Handoff handoff, Note note) {
    table.save(sealed(handoff, note));
  }

  /// Seals a note that the next person is told of at once, for others who may read it.
  void keepHandedOver(Handoff handoff, Note note) {
    HandoffNoteEntity kept = sealed(handoff, note);
    kept.handOver(handoff.id(), clock.instant());
    table.save(kept);
  }

  private HandoffNoteEntity sealed(Handoff handoff, Note note) {
    UUID id = Ids.next(clock);
    Sealed sealed = keys.seal(NOTE, id, note.text().getBytes(StandardCharsets.UTF_8));
    return new HandoffNoteEntity(
        new WorkspaceKey(workspaces.current().value(), id),
        handoff,
        note.author(),
        sealed.bytes(),
        clock.instant());
  }

  /// Whose notes of a role wait, in the order in which they were written.
  Set<Participant> authors(UUID rotation, String role) {
    Set<Participant> authors = new LinkedHashSet<>();
    table.waitingFor(rotation, role).forEach(note -> authors.add(note.author()));
    return authors;
  }

  /// How many notes of somebody wait.
  int waiting(UUID rotation, String role, Participant author) {
    return (int)
        table.waitingFor(rotation, role).stream()
            .filter(note -> note.author().equals(author))
            .count();
  }

  /// Opens the notes of a hand-off that wait: the caller hands them over in the same transaction.
  ///
  /// @param kept whether others may read them afterwards; else they go
  List<Note> handOver(Handoff handoff, boolean kept) {
    List<Note> notes = new ArrayList<>();
    for (HandoffNoteEntity waiting : table.waitingFor(handoff.rotation(), handoff.role())) {
      if (!waiting.author().equals(handoff.from())) {
        continue;
      }
      notes.add(new Note(waiting.author(), text(waiting)));
      if (kept) {
        waiting.handOver(handoff.id(), clock.instant());
      } else {
        table.delete(waiting);
      }
    }
    return notes;
  }

  /// A note that was handed over, opened for somebody else.
  record Kept(Handoff handoff, Instant writtenAt, String text) {
    @Override
    public String toString() {
      return "Kept(" + handoff.id() + ", " + text.length() + " characters)";
    }
  }

  /// The notes of these hand-offs that are kept, in the order in which they were written.
  List<Kept> handedOver(List<Handoff> handoffs) {
    List<Kept> kept = new ArrayList<>();
    for (Handoff handoff : handoffs) {
      for (HandoffNoteEntity note : table.handedOver(handoff.id())) {
        kept.add(new Kept(handoff, note.writtenAt(), text(note)));
      }
    }
    return kept;
  }

  /// Lets go of all notes of a rotation that were handed over.
  void forgetHandedOver(UUID rotation) {
    table.handedOverOf(rotation).forEach(table::delete);
  }

  /// A note that nobody can read any more must not hold up who takes over.
  private String text(HandoffNoteEntity waiting) {
    try {
      byte[] text = keys.open(NOTE, waiting.id(), new Sealed(waiting.note()));
      return new String(text, StandardCharsets.UTF_8);
    } catch (KeyDestroyed e) {
      return "(This note can be read by nobody any more: its key was destroyed.)";
    } catch (CannotOpen e) {
      return "(This note cannot be read: what is stored of it was changed.)";
    }
  }
}
