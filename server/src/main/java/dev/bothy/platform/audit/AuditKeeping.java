package dev.bothy.platform.audit;

import java.time.Duration;

/// For how long the workspace of the transaction keeps its audit log.
public interface AuditKeeping {
  /// Not less; the database refuses it too.
  Duration LEAST = Duration.ofDays(90);

  /// Not more: ten years.
  Duration MOST = Duration.ofDays(3653);

  /// Where nobody chose.
  Duration DEFAULT = Duration.ofDays(365);

  /// Between [#LEAST] and [#MOST]. Called in a transaction of the workspace.
  Duration kept();
}
