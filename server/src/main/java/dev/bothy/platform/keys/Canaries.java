package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Opens something of everything that is sealed, to see whether it can be read: the newest row of
/// each sealed column of each workspace. What was opened is forgotten at once.
@Service
public class Canaries {
  private static final UUID ROW = new UUID(0, 1);
  private static final Purpose PROBE = new Purpose(Purpose.PLATFORM, "keys.canary");

  private final List<SealedColumn> columns;
  private final Keys keys;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  Canaries(List<SealedColumn> columns, Keys keys, JdbcClient jdbc, Workspaces workspaces) {
    this.columns =
        columns.stream().filter(column -> column.keys() == SealedColumn.Sealer.WORKSPACE).toList();
    this.keys = keys;
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// What was found.
  ///
  /// @param opened how many rows opened; a workspace without any sealed row has one sealed and
  ///   opened under its own key instead
  /// @param failed in words those that did not open, and did not because their key is out of reach;
  ///   one whose key was destroyed counts as neither
  public record Found(int workspaces, int opened, List<String> failed) {
    public Found {
      failed = List.copyOf(failed);
    }
  }

  /// Looks at every workspace. Called outside of any transaction.
  public Found look() {
    List<String> failed = new ArrayList<>();
    List<WorkspaceId> all = workspaces.ids();
    int opened = 0;
    for (WorkspaceId workspace : all) {
      opened += workspaces.inWorkspace(workspace, () -> look(workspace, failed));
    }
    return new Found(all.size(), opened, failed);
  }

  private int look(WorkspaceId workspace, List<String> failed) {
    int opened = 0;
    for (SealedColumn column : columns) {
      opened += opens(workspace, column, failed);
    }
    return opened > 0 ? opened : probe(workspace, failed);
  }

  private int opens(WorkspaceId workspace, SealedColumn column, List<String> failed) {
    record Row(UUID id, byte[] sealed) {}
    return jdbc.sql(
            "select id, %2$s from %1$s where %2$s is not null order by id desc limit 1"
                .formatted(column.table(), column.column()))
        .query((row, _) -> new Row(row.getObject(1, UUID.class), row.getBytes(2)))
        .optional()
        .map(row -> {
          try {
            Arrays.fill(keys.open(column.purpose(), row.id(), new Sealed(row.sealed())), (byte) 0);
            return 1;
          } catch (KeyDestroyed e) {
            return 0;
          } catch (RuntimeException e) {
            failed.add("%s of workspace %s: %s".formatted(column, workspace, e.getMessage()));
            return 0;
          }
        })
        .orElse(0);
  }

  private int probe(WorkspaceId workspace, List<String> failed) {
    try {
      Arrays.fill(keys.open(PROBE, ROW, keys.seal(PROBE, ROW, new byte[1])), (byte) 0);
      return 1;
    } catch (RuntimeException e) {
      failed.add("workspace %s: %s".formatted(workspace, e.getMessage()));
      return 0;
    }
  }
}
