package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.DeadLetter;
import dev.bothy.platform.work.DeadLetter.Box;
import dev.bothy.platform.work.DeadLetters;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.springframework.stereotype.Component;

/// What an admin can do with dead letters, from the page or by the API: never without an entry in
/// the audit log.
@Component
class DeadLetterActions {
  private final DeadLetters letters;
  private final Audit audit;
  private final Workspaces workspaces;

  DeadLetterActions(DeadLetters letters, Audit audit, Workspaces workspaces) {
    this.letters = letters;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  /// What a letter says; empty if it is none any more, or its key is gone.
  Optional<byte[]> content(Viewer viewer, Box box, UUID id) {
    viewer.require(Role.ADMIN);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<byte[]> opened = letters.content(box, id);
          opened.ifPresent(_ -> record(viewer, "work.letter-read", box, id));
          return opened;
        });
  }

  /// @return false if somebody was faster
  boolean retry(Viewer viewer, Box box, UUID id) {
    return change(viewer, box, id, "work.letter-retried", letters::retry);
  }

  /// @return false if somebody was faster
  boolean drop(Viewer viewer, Box box, UUID id) {
    return change(viewer, box, id, "work.letter-dropped", letters::drop);
  }

  /// @return how many are tried again
  int retryAll(Viewer viewer, DeadLetter.Filter filter) {
    viewer.require(Role.ADMIN);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          List<DeadLetter> all = letters.retryAll(filter);
          if (!all.isEmpty()) {
            // One call, one entry.
            audit.record(
                new Actor.Person(viewer.person()),
                "work.letters-retried",
                Subject.of("work.letters", viewer.workspace().value()),
                Map.of("count", String.valueOf(all.size())));
          }
          return all.size();
        });
  }

  /// Changes a letter and records it, if it is still a dead one.
  private boolean change(
      Viewer viewer, Box box, UUID id, String action, BiPredicate<Box, UUID> change) {
    viewer.require(Role.ADMIN);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          boolean done = change.test(box, id);
          if (done) {
            record(viewer, action, box, id);
          }
          return done;
        });
  }

  private void record(Viewer viewer, String action, Box box, UUID id) {
    audit.record(
        new Actor.Person(viewer.person()),
        action,
        Subject.of("work.letter", id),
        Map.of("box", box.word()));
  }
}
