package dev.bothy.app.rotations;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/// The shifts of the workspace of the transaction.
interface ShiftTable extends Repository<ShiftEntity, WorkspaceKey> {
  ShiftEntity save(ShiftEntity shift);

  /// Writes all changes so far.
  void flush();

  @Query("select s from ShiftEntity s where s.key.id = ?1")
  Optional<ShiftEntity> byId(UUID id);

  @Query("select s from ShiftEntity s where s.rotationId = ?1 order by s.startsAt desc")
  List<ShiftEntity> latestOf(UUID rotation, Limit limit);
}
