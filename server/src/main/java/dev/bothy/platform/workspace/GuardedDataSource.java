package dev.bothy.platform.workspace;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Hands out a connection only to code that said which rows it means. Without this a forgotten
/// workspace would be an empty result (row-level security), which is safe but looks like no data.
final class GuardedDataSource extends DelegatingDataSource {
  /// False while the context starts: Hibernate validates its mappings outside of any scope.
  private volatile boolean armed;

  GuardedDataSource(DataSource target) {
    super(target);
  }

  void arm() {
    armed = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (armed && !Scope.CURRENT.isBound()) {
      throw new WorkspaceNotBound(
          "Database work outside of a workspace: wrap it in Workspaces.inWorkspace(id, …), or in"
              + " forInstallation(…) if its tables carry no workspace.");
    }
    return super.getConnection();
  }
}
