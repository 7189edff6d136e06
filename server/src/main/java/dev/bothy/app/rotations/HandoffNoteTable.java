package dev.bothy.app.rotations;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/// The hand-off notes of the workspace of the transaction.
interface HandoffNoteTable extends Repository<HandoffNoteEntity, WorkspaceKey> {
  HandoffNoteEntity save(HandoffNoteEntity note);

  void delete(HandoffNoteEntity note);

  @Query(
      "select n from HandoffNoteEntity n where n.rotationId = ?1 and n.role = ?2"
          + " order by n.writtenAt")
  List<HandoffNoteEntity> waitingFor(UUID rotation, String role);
}
