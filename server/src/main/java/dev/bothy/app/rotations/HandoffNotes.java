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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Keeps hand-off notes sealed until they are handed over, and no longer.
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

  /// Seals a note for whoever takes over the role next.
  void keep(UUID rotation, String role, Note note) {
    UUID id = Ids.next(clock);
    Sealed sealed = keys.seal(NOTE, id, note.text().getBytes(StandardCharsets.UTF_8));
    table.save(
        new HandoffNoteEntity(
            new WorkspaceKey(workspaces.current().value(), id),
            rotation,
            role,
            note.author(),
            sealed.bytes(),
            clock.instant()));
  }

  /// Opens the notes that wait for this person as the next of a role and lets go of them: the
  /// caller hands them over in the same transaction. A person's own notes wait for somebody else.
  List<Note> handOver(UUID rotation, String role, Participant to) {
    List<Note> notes = new ArrayList<>();
    for (HandoffNoteEntity waiting : table.waitingFor(rotation, role)) {
      if (waiting.author().equals(to)) {
        continue;
      }
      notes.add(new Note(waiting.author(), text(waiting)));
      table.delete(waiting);
    }
    return notes;
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
