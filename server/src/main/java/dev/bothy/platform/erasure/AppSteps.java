package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.AppErased;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// Erases what an app holds in a workspace: its rows, then its keys, then what was written
/// meanwhile. The app itself can be used anew.
@Component
class AppSteps implements Steps {
  static final String KEYS = "keys";

  private final ModuleRows rows;
  private final KeysOfErased keys;
  private final ApplicationEventPublisher events;

  AppSteps(ModuleRows rows, KeysOfErased keys, ApplicationEventPublisher events) {
    this.rows = rows;
    this.keys = keys;
    this.events = events;
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
    if (row.step().equals(KEYS)) {
      return keys.run(row, app);
    }
    Progress progress = rows.batch(row, app);
    if (progress instanceof Progress.Next) {
      events.publishEvent(new AppErased(row.workspace(), app));
    }
    return progress;
  }

  private static String app(ErasureTarget target) {
    return switch (target) {
      case ErasureTarget.OfApp(String app) -> app;
      case ErasureTarget.OfPerson _, ErasureTarget.OfWorkspace _ ->
          throw new IllegalStateException("Not an erasure of an app: " + target);
    };
  }
}
