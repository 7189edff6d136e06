package dev.bothy.app.rotations;

import java.time.Instant;
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

  void delete(ShiftEntity shift);

  @Query(
      "select s from ShiftEntity s where s.rotationId = ?1 and s.endedAt is null order by s.startsAt")
  List<ShiftEntity> currentOf(UUID rotation);

  /// The latest of a role that are over and were somebody's.
  @Query(
      "select s from ShiftEntity s where s.rotationId = ?1 and s.role = ?2"
          + " and s.endedAt is not null and s.account is not null order by s.startsAt desc")
  List<ShiftEntity> lastOf(UUID rotation, String role, Limit limit);

  @Query("select s from ShiftEntity s where s.rotationId = ?1 order by s.startsAt desc")
  List<ShiftEntity> latestOf(UUID rotation, Limit limit);

  /// Those that overlap a time: over, or going on, by start.
  @Query(
      "select s from ShiftEntity s where s.rotationId = ?1 and s.startsAt < ?3"
          + " and coalesce(s.endedAt, s.endsAt) > ?2 order by s.startsAt, s.key.id")
  List<ShiftEntity> during(UUID rotation, Instant from, Instant until, Limit limit);
}
