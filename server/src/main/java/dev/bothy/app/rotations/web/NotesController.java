package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.NoteReading;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/// The hand-off notes of a rotation, for whoever may read them: anybody else finds no such page.
@Controller
class NotesController {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  private final Rotations rotations;
  private final NoteReading reading;

  NotesController(Rotations rotations, NoteReading reading) {
    this.rotations = rotations;
    this.reading = reading;
  }

  /// A note as the page shows it.
  record NoteView(String from, String written, String text) {
    @Override
    public String toString() {
      return "NoteView(" + text.length() + " characters)";
    }
  }

  @GetMapping("/w/{workspace}/rotations/{id}/notes")
  String notes(Viewer viewer, @PathVariable UUID id, Model model, HttpServletResponse response) {
    Rotation rotation = RotationFormController.find(rotations, viewer, id);
    List<NoteReading.ReadNote> notes =
        reading
            .read(viewer.workspace(), viewer.person(), id)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    model.addAttribute("rotation", rotation);
    model.addAttribute(
        "notes",
        notes.reversed().stream()
            .map(note ->
                new NoteView(note.from(), time(note.writtenAt(), rotation.zone()), note.text()))
            .toList());
    return "rotations/notes";
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
