package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ConnectionGone;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Forgets what was noted of a connection once that is gone.
@Component
class SlackLeftovers {
  private static final List<String> STATEMENTS =
      List.of(
          "delete from slack_renewal where connection_id = ?",
          "delete from slack_activity where subject_id = ?",
          "delete from slack_directory_round where id = ?");

  private final JdbcClient jdbc;

  SlackLeftovers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void on(ConnectionGone gone) {
    STATEMENTS.forEach(each -> jdbc.sql(each).param(gone.connection().value()).update());
  }
}
