package dev.bothy.platform.backup;

import java.sql.Connection;
import java.sql.SQLException;

/// Opens connections to the database as one role. Whoever opens one closes it.
@FunctionalInterface
public interface ConnectionSource {
  Connection open() throws SQLException;
}
