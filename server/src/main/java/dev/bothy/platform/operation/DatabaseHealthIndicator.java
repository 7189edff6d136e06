package dev.bothy.platform.operation;

import dev.bothy.platform.workspace.Workspaces;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Whether the database answers. It takes the place of Spring's own indicator, which asks for a
/// connection without saying whose rows it means and is refused one.
@Component
class DatabaseHealthIndicator extends AbstractHealthIndicator {
  private final Workspaces workspaces;
  private final JdbcClient jdbc;

  DatabaseHealthIndicator(Workspaces workspaces, JdbcClient jdbc) {
    super("The database does not answer");
    this.workspaces = workspaces;
    this.jdbc = jdbc;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    workspaces.forInstallation(() -> jdbc.sql("select 1").query(Integer.class).single());
    health.up();
  }
}
