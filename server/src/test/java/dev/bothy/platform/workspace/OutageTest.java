package dev.bothy.platform.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.UncategorizedSQLException;

/// What the database says when no row is to blame: the network is then told to come again, instead
/// of each row being tried alone.
class OutageTest {
  @ParameterizedTest
  @CsvSource({
    "53100, true, the disk is full",
    "53300, true, too many connections",
    "57P01, true, it was shut down",
    "57P03, true, it is starting",
    "58030, true, it cannot read or write a file",
    "08006, true, the connection broke",
    "40P01, true, a deadlock",
    "55P03, true, a lock was waited for too long",
    ", true, the connection was closed before",
    "23514, false, a check constraint refuses the row",
    "22021, false, a character that text cannot hold",
    "23505, false, a unique key refuses the row",
  })
  void anOutageIsToldFromABadRow(String state, boolean outage, String reason) {
    SQLException said = new SQLException(reason, state);
    assertThat(Outage.isCauseOf(new UncategorizedSQLException("insert", "", said)))
        .isEqualTo(outage);
  }
}
