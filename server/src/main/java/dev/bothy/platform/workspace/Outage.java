package dev.bothy.platform.workspace;

import dev.bothy.platform.kernel.OutOfReach;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/// What a failure of the database, or of something else outside, means.
public final class Outage {
  /// Classes of SQLSTATE that blame no row: connection lost, deadlock or serialization, resources
  /// (disk full), object in use (a lock waited for too long), operator (shutdown), system error
  /// (postgresql.org/docs/18/errcodes-appendix.html).
  private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

  private Outage() {}

  /// Whether no row and no statement is to blame, so that the same may succeed a moment later.
  ///
  /// @param failure with its causes; null is none
  public static boolean isCauseOf(@Nullable Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof OutOfReach
          || each instanceof CannotCreateTransactionException
          || (each instanceof SQLException sql
              // Without a state it did not come from the database: the connection is closed.
              && (sql.getSQLState() == null
                  || CLASSES.contains(sql.getSQLState().substring(0, 2))))) {
        return true;
      }
    }
    return false;
  }
}
