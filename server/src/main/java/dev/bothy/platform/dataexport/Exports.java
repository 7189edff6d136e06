package dev.bothy.platform.dataexport;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Exports: of oneself, of a member for an admin, of the whole workspace for an owner. Only who
/// asked for one may download it, until it expires.
@Service
public class Exports {
  /// That somebody may have at once, being made or ready.
  static final int MOST = 20;

  private final ExportTable table;
  private final Volumes volumes;
  private final Members members;
  private final Schedule schedule;
  private final Audit audit;
  private final Workspaces workspaces;
  private final Clock clock;

  Exports(
      ExportTable table,
      Volumes volumes,
      Members members,
      Schedule schedule,
      Audit audit,
      Workspaces workspaces,
      Clock clock) {
    this.table = table;
    this.volumes = volumes;
    this.members = members;
    this.schedule = schedule;
    this.audit = audit;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What became of a request.
  public sealed interface Requested {
    /// It is being made.
    record Begun(DataExport export) implements Requested {}

    /// One about the same is being made already for the same person.
    record Running(DataExport export) implements Requested {}

    /// Who asks has as many as one may have.
    record TooMany(int most) implements Requested {}

    /// There is no such member.
    record NoSuchMember() implements Requested {}
  }

  /// Asks for an export.
  ///
  /// @param about whom it is about; null for all of the workspace
  /// @throws dev.bothy.platform.people.NotAllowed unless the viewer is that person, an admin, or,
  ///   for all of the workspace, an owner
  public Requested request(Viewer viewer, @Nullable PersonId about) {
    requireFor(viewer, about);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          if (about != null && members.find(about).isEmpty()) {
            return new Requested.NoSuchMember();
          }
          table.lockFor(viewer.person());
          Optional<DataExport> running =
              table.of(viewer.person()).stream()
                  .filter(export -> export.state() == DataExport.State.RUNNING)
                  .filter(export -> Objects.equals(export.about(), about))
                  .findFirst();
          if (running.isPresent()) {
            return new Requested.Running(running.get());
          }
          if (table.count(viewer.person()) >= MOST) {
            return new Requested.TooMany(MOST);
          }
          UUID id = table.insert(viewer.person(), about, volumes.plan(about));
          schedule.set(ExportWork.KIND, id, clock.instant());
          record(viewer, "requested", about, id);
          return new Requested.Begun(table.find(id).orElseThrow());
        });
  }

  private static void requireFor(Viewer viewer, @Nullable PersonId about) {
    if (about == null) {
      viewer.require();
    } else if (!about.equals(viewer.person())) {
      viewer.require(Role.ADMIN);
    }
  }

  /// Those that the viewer asked for, newest first.
  public List<DataExport> of(Viewer viewer) {
    return workspaces.inWorkspace(viewer.workspace(), () -> table.of(viewer.person()));
  }

  /// One that the viewer asked for; empty if there is none, or somebody else asked for it.
  public Optional<DataExport> find(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> table.find(id).filter(export -> export.requestedBy().equals(viewer.person())));
  }

  /// Removes one that the viewer asked for, also while it is being made.
  ///
  /// @return false if there is none
  public boolean remove(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<DataExport> export =
              table.find(id).filter(each -> each.requestedBy().equals(viewer.person()));
          export.ifPresent(found -> {
            table.delete(id);
            schedule.clear(ExportWork.KIND, id);
            record(viewer, "removed", found.about(), id);
          });
          return export.isPresent();
        });
  }

  /// An archive that can be downloaded.
  public record Archive(WorkspaceId workspace, DataExport export, List<Long> parts) {
    /// In bytes.
    public long size() {
      return parts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /// The archive of an export that is ready, asked for by the viewer and not expired; else empty.
  ///
  /// @param first whether this is the beginning of a download, which is audited, and not its
  ///   continuation
  /// @throws dev.bothy.platform.people.NotAllowed if the viewer has lost the role that it took to
  ///   ask for it
  public Optional<Archive> archive(Viewer viewer, UUID id, boolean first) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            table
                .find(id)
                .filter(export -> export.requestedBy().equals(viewer.person()))
                .filter(this::canBeDownloaded)
                .map(export -> {
                  requireFor(viewer, export.about());
                  if (first) {
                    record(viewer, "downloaded", export.about(), id);
                  }
                  return new Archive(viewer.workspace(), export, table.sizes(id));
                }));
  }

  private boolean canBeDownloaded(DataExport export) {
    return export.state() == DataExport.State.READY
        && export.expiresAt() != null
        && clock.instant().isBefore(export.expiresAt());
  }

  /// Writes a range of the archive, holding one piece of it in memory at a time.
  ///
  /// @param from the first byte
  /// @param length how many
  /// @throws IOException also when the export was removed meanwhile
  public void write(Archive archive, long from, long length, OutputStream out) throws IOException {
    long skip = from;
    long left = length;
    for (int number = 0; number < archive.parts().size() && left > 0; number++) {
      long size = archive.parts().get(number);
      if (skip >= size) {
        skip -= size;
        continue;
      }
      int wanted = number;
      byte[] part =
          workspaces
              .inWorkspace(archive.workspace(), () -> table.part(archive.export().id(), wanted))
              .orElseThrow(() -> new IOException("The export was removed"));
      int bytes = (int) Math.min(left, size - skip);
      out.write(part, (int) skip, bytes);
      left -= bytes;
      skip = 0;
    }
  }

  private void record(Viewer viewer, String what, @Nullable PersonId about, UUID id) {
    audit.record(
        new Actor.Person(viewer.person()),
        "dataexport." + what,
        about == null
            ? Subject.of("dataexport.export", id)
            : Subject.of("people.person", about.value()),
        Map.of("export", id.toString()));
  }
}
