package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Says how many dead letters the workspace has, if any. That the database is away is said by
/// others.
@Component
class DeadLetterHealth implements HealthReporter {
  private final DeadLetters letters;
  private final Workspaces workspaces;

  DeadLetterHealth(DeadLetters letters, Workspaces workspaces) {
    this.letters = letters;
    this.workspaces = workspaces;
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    try {
      long waiting =
          workspaces.inWorkspace(workspace, letters::groups).stream()
              .mapToLong(DeadLetter.Group::letters)
              .sum();
      return waiting == 0
          ? List.of()
          : List.of(
              PartHealth.degraded(
                  "Dead letters",
                  (waiting == 1 ? "1 piece of work was" : waiting + " pieces of work were")
                      + " put aside after the last retry. An admin finds them under Dead letters,"
                      + " to retry or to drop.",
                  null));
    } catch (DataAccessException | TransactionException _) {
      return List.of();
    }
  }
}
