package dev.bothy.platform.scim;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The last requests of each directory: what somebody looks at who wants to know why it does not
/// work. Called within a transaction of the workspace.
@Service
public class DirectoryRequests {
  /// How many are kept of each. Errors are kept as long as all else: a directory that fails repeats
  /// itself.
  public static final int KEPT = 200;

  /// So many more may lie there before the oldest go: not each request deletes another.
  private static final int SLACK = 50;

  private static final int LONGEST_ERROR = 400;

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;

  DirectoryRequests(JdbcClient jdbc, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// The newest first.
  public List<DirectoryRequest> list(UUID directory, int limit) {
    return jdbc.sql(
            "select occurred_at, method, path, status, error, duration_seconds"
                + " from directory_request where directory_id = ? order by id desc limit ?")
        .params(directory, Math.min(limit, KEPT))
        .query((row, number) ->
            new DirectoryRequest(
                Directories.instant(row, "occurred_at"),
                row.getString("method"),
                row.getString("path"),
                row.getInt("status"),
                row.getString("error"),
                Duration.ofNanos((long) (row.getDouble("duration_seconds") * 1e9))))
        .list();
  }

  void add(UUID directory, DirectoryRequest request) {
    UUID id = Ids.next(clock);
    String error = request.error();
    jdbc.sql(
            "insert into directory_request (workspace_id, directory_id, id, occurred_at, method,"
                + " path, status, error, duration_seconds)"
                + " values (:workspace, :directory, :id, :at, :method, :path, :status, :error,"
                + " :seconds)")
        .param("workspace", workspaces.current().value())
        .param("directory", directory)
        .param("id", id)
        .param("at", Directories.at(request.at()))
        .param("method", request.method())
        .param("path", request.path())
        .param("status", request.status())
        .param(
            "error",
            error == null ? null : error.substring(0, Math.min(error.length(), LONGEST_ERROR)))
        .param("seconds", request.took().toNanos() / 1e9)
        .update();
    // By chance, one of as many as may lie there too much.
    if (Math.floorMod(id.getLeastSignificantBits(), SLACK) == 0) {
      trim(directory);
    }
  }

  void trim(UUID directory) {
    jdbc.sql(
            "delete from directory_request where directory_id = ? and id <="
                + " (select id from directory_request where directory_id = ?"
                + " order by id desc offset ? limit 1)")
        .params(directory, directory, KEPT)
        .update();
  }
}
