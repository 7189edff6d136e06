package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.RotationDocuments.RotationDocument;
import dev.bothy.platform.people.Viewer;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/// A rotation with the names of its people, as programs read it.
@Component
class RotationNames {
  private final Rotations rotations;

  RotationNames(Rotations rotations) {
    this.rotations = rotations;
  }

  RotationDocument document(Viewer viewer, Rotation rotation) {
    Set<Participant> people = new HashSet<>(rotation.people());
    people.addAll(rotation.concerned());
    return RotationDocument.of(
        rotation, rotations.names(viewer.workspace(), rotation.connection(), people));
  }
}
