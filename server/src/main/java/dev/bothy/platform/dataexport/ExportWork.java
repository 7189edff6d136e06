package dev.bothy.platform.dataexport;

import dev.bothy.platform.dataexport.ExportTable.Progress;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.DataSubject;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes exports, a volume at a time: each is one transaction that also says how far the export has
/// come, so that a crash costs one volume.
@Component
class ExportWork implements ScheduleHandler {
  static final String KIND = "dataexport.make";

  /// So that nothing else that the workspace has scheduled waits for longer than a moment.
  private static final int STEPS_A_TURN = 20;

  static final String TOO_LARGE =
      "It would be larger than the 4 GiB that an archive can hold. Export one person, or copy the"
          + " database.";

  private final ExportTable table;
  private final Volumes volumes;
  private final ReadyExports ready;
  private final Workspaces workspaces;

  ExportWork(ExportTable table, Volumes volumes, ReadyExports ready, Workspaces workspaces) {
    this.table = table;
    this.volumes = volumes;
    this.ready = ready;
    this.workspaces = workspaces;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  /// Whoever looks what a restore brought back may want it.
  @Override
  public WhileHeld whileHeld() {
    return WhileHeld.RUNS;
  }

  @Override
  public void prepare(WorkspaceId workspace, Due due) {
    int steps = 0;
    while (steps < STEPS_A_TURN && step(workspace, due.subject())) {
      steps++;
    }
  }

  @Override
  public Optional<Instant> run(Due due) {
    // The rest is done at the next turn, so that other work of the workspace has its turn between.
    return table.lock(due.subject()).map(_ -> due.now().plusMillis(1));
  }

  /// Writes the next volume, or the end.
  ///
  /// @return whether the next one is written at once: this one was a table's last, and so a small
  ///   one
  boolean step(WorkspaceId workspace, UUID id) {
    Rows ofInstallation = rowsOfInstallation(workspace, id);
    return workspaces.inWorkspace(
        workspace, () -> table.lock(id).map(now -> step(now, ofInstallation)).orElse(false));
  }

  private boolean step(Progress now, @Nullable Rows ofInstallation) {
    if (now.place() == now.plan().size()) {
      finish(now);
      return false;
    }
    if (!volumes.isOfInstallation(now)) {
      return append(now, volumes.read(now, volumes.subject(now)));
    }
    return ofInstallation != null
        && ofInstallation.now().equals(now)
        && append(now, ofInstallation.volume());
  }

  private record Rows(Progress now, Volumes.Volume volume) {}

  /// What comes next, if it belongs to the installation: another transaction sees those rows.
  private @Nullable Rows rowsOfInstallation(WorkspaceId workspace, UUID id) {
    record Next(Progress now, @Nullable DataSubject subject) {}
    Optional<Next> next =
        workspaces.inWorkspace(
            workspace,
            () ->
                table
                    .lock(id)
                    .filter(now -> now.place() < now.plan().size())
                    .filter(volumes::isOfInstallation)
                    .map(now -> new Next(now, volumes.subject(now))));
    return next.map(found ->
            new Rows(
                found.now(),
                workspaces.forInstallation(() -> volumes.read(found.now(), found.subject()))))
        .orElse(null);
  }

  /// @return whether the table is done
  private boolean append(Progress now, Volumes.Volume volume) {
    String after = volume.after();
    Progress next =
        new Progress(
            now.id(),
            now.about(),
            now.requestedAt(),
            now.plan(),
            after == null ? now.place() + 1 : now.place(),
            after,
            after == null ? 1 : now.volume() + 1,
            now.parts() + 1,
            now.bytes());
    if (volume.files().isEmpty()) {
      table.skip(next);
      return true;
    }
    return append(now, volume.files(), next) && after == null;
  }

  /// @return false when the archive can hold no more
  private boolean append(Progress now, List<Piece> files, Progress next) {
    long bytes = files.stream().mapToLong(file -> file.packed().bytes().length).sum();
    if (now.bytes() + bytes > ZipPart.MOST_BYTES
        || table.fileCount(now.id()) + files.size() > ZipPart.MOST_FILES) {
      table.end(now.id(), DataExport.State.FAILED, TOO_LARGE);
      return false;
    }
    table.append(now, files, next);
    return true;
  }

  private void finish(Progress now) {
    if (!append(now, volumes.description(now, table.manifest(now.id())), now)) {
      return;
    }
    Progress described = table.lock(now.id()).orElseThrow();
    table.finish(
        described,
        ZipPart.directory(table.directory(now.id()), described.bytes(), now.requestedAt()));
    table.find(now.id()).ifPresent(ready::tell);
  }
}
