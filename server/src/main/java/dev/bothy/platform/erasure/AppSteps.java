package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/// Erases what an app holds in a workspace: its rows, then its keys, then what was written
/// meanwhile. The app itself can be used anew.
@Component
class AppSteps implements Steps {
  static final String KEYS = "keys";

  private final ModuleRows rows;
  private final KeysOfErased keys;

  AppSteps(ModuleRows rows, KeysOfErased keys) {
    this.rows = rows;
    this.keys = keys;
  }

  @Override
  public String kind() {
    return "app";
  }

  @Override
  public List<String> names(ErasureTarget target) {
    return List.of(PersonSteps.ROWS + app(target), KEYS, PersonSteps.CHECK);
  }

  @Override
  public void prepare(WorkspaceId workspace, ErasureRow row) {
    if (row.step().equals(KEYS)) {
      keys.prepare(workspace, app(row.target()));
    }
  }

  @Override
  public Progress run(ErasureRow row, Instant now) {
    String app = app(row.target());
    return row.step().equals(KEYS) ? keys.run(row, app) : rows.batch(row, app);
  }

  private static String app(ErasureTarget target) {
    return switch (target) {
      case ErasureTarget.OfApp(String app) -> app;
      case ErasureTarget.OfPerson _, ErasureTarget.OfWorkspace _ ->
          throw new IllegalStateException("Not an erasure of an app: " + target);
    };
  }
}
