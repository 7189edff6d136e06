package dev.bothy.app.rotations;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/// The hand-off notes of the workspace of the transaction.
interface HandoffNoteTable extends Repository<HandoffNoteEntity, WorkspaceKey> {
  HandoffNoteEntity save(HandoffNoteEntity note);

  void delete(HandoffNoteEntity note);

  /// Those that wait to be handed over, as they were written.
  @Query(
      "select n from HandoffNoteEntity n where n.rotationId = ?1 and n.role = ?2"
          + " and n.handedAt is null order by n.writtenAt")
  List<HandoffNoteEntity> waitingFor(UUID rotation, String role);

  /// Those of a hand-off that were handed over, as they were written.
  @Query(
      "select n from HandoffNoteEntity n where n.handoffId = ?1 and n.handedAt is not null"
          + " order by n.writtenAt, n.key.id")
  List<HandoffNoteEntity> handedOver(UUID handoff);

  @Query("select n from HandoffNoteEntity n where n.rotationId = ?1 and n.handedAt is not null")
  List<HandoffNoteEntity> handedOverOf(UUID rotation);
}
