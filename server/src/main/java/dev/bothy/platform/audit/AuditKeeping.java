package dev.bothy.platform.audit;

import java.time.Duration;

/// For how long the workspace of the transaction keeps its audit log.
public interface AuditKeeping {
  /// Between the shortest and the longest of [RetentionClock#AUDIT]; the database refuses less than
  /// 90 days too. Called in a transaction of the workspace.
  Duration kept();
}
