package dev.bothy.app.rotations;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/// The rotations of the workspace of the transaction: row-level security leaves no others.
interface RotationTable extends Repository<RotationEntity, WorkspaceKey> {
  RotationEntity save(RotationEntity rotation);

  void delete(RotationEntity rotation);

  @Query("select r from RotationEntity r where r.key.id = ?1")
  Optional<RotationEntity> byId(UUID id);

  @Query("select r from RotationEntity r where lower(r.name) = lower(?1) and r.deletedAt is null")
  Optional<RotationEntity> byName(String name);

  @Query(
      "select distinct r from RotationEntity r join r.layers l where l.holidays = ?1 and"
          + " r.deletedAt is null")
  List<RotationEntity> withHolidays(UUID calendar);

  @Query("select r from RotationEntity r where r.connectionId = ?1 and r.deletedAt is null")
  List<RotationEntity> livingOf(UUID connection);

  /// Those in the bin, too.
  @Query("select r from RotationEntity r where r.connectionId = ?1")
  List<RotationEntity> allOf(UUID connection);

  @Query("select r from RotationEntity r where r.deletedAt is null order by lower(r.name)")
  List<RotationEntity> living();

  @Query("select r from RotationEntity r where r.deletedAt is not null order by r.deletedAt desc")
  List<RotationEntity> deleted();
}
