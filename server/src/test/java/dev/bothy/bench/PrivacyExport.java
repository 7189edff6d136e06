package dev.bothy.bench;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.dataexport.DataExport;
import dev.bothy.platform.dataexport.Exports;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Part of `scripts/bench privacy`: how long an export of a workspace takes, how long its download,
/// and how much memory both need as the workspace grows.
final class PrivacyExport {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final double MEBIBYTE = 1024.0 * 1024;

  private final Options options;
  private final PrivacyServer server;

  PrivacyExport(Options options, PrivacyServer server) {
    this.options = options;
    this.server = server;
  }

  private record Sample(double seconds, double megabytes, double download, double heap) {}

  void run(Report report) throws Exception {
    measure("export-warm-up", 20_000);
    List<List<String>> rows = new ArrayList<>();
    List<Double> heaps = new ArrayList<>();
    for (int size : options.numbers("export-rows")) {
      Series seconds = new Series();
      Series rate = new Series();
      Series archive = new Series();
      Series download = new Series();
      Series heap = new Series();
      for (int round = 1; round <= options.number("large-rounds"); round++) {
        Sample sample = measure("export-" + size + "-" + round, size);
        seconds.add(sample.seconds());
        rate.add(size / sample.seconds());
        archive.add(sample.megabytes());
        download.add(sample.download());
        heap.add(sample.heap());
      }
      heaps.add(heap.median());
      rows.add(
          List.of(
              "%,d".formatted(size),
              seconds.text(),
              rate.text(),
              archive.text(),
              download.text(),
              heap.text()));
    }
    report.text(
        "Exporting a workspace with so many rows of `shift` as JSON and CSV, encrypted, %d rounds; %s."
            .formatted(options.number("large-rounds"), Machine.describe()));
    report.table(
        List.of("rows", "ready after s", "rows/s", "archive MiB", "download s", "heap in use MiB"),
        rows);
    report.text(
        "Heap in use is the most that was left after a collection, from the request to the end of the"
            + " download; of the largest export it is %s times that of the smallest."
                .formatted(Series.number(heaps.getLast() / heaps.getFirst())));
  }

  private Sample measure(String name, int rows) throws Exception {
    Workspaces workspaces = server.bean(Workspaces.class);
    Workspace workspace = workspaces.create(name, name);
    PersonId owner =
        workspaces.inWorkspace(
            workspace.id(),
            () ->
                server
                    .bean(Members.class)
                    .provision(new Members.Profile(name, name, null), new Actor.System()));
    UUID rotation = server.rotation(workspace.id(), UUID.randomUUID());
    server.shifts(workspace.id(), rotation, rows, "'U-' || n % 50");
    Viewer viewer = new Viewer(owner, name, workspace.id(), workspace.slug(), Set.of(Role.OWNER));
    Exports exports = server.bean(Exports.class);
    try (HeapInUse heap = HeapInUse.watch()) {
      long begin = System.nanoTime();
      if (!(exports.request(viewer, null) instanceof Exports.Requested.Begun(DataExport begun))) {
        throw new IllegalStateException("The export was not begun");
      }
      DataExport export = begun;
      while (export.state() == DataExport.State.RUNNING) {
        Thread.sleep(LOOK);
        export = exports.find(viewer, begun.id()).orElseThrow();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (export.state() != DataExport.State.READY || export.rows() < rows) {
        throw new IllegalStateException("The export is " + export);
      }
      Exports.Archive archive = exports.archive(viewer, export.id(), true).orElseThrow();
      long download = System.nanoTime();
      exports.write(archive, 0, archive.size(), OutputStream.nullOutputStream());
      Sample sample =
          new Sample(
              seconds,
              archive.size() / MEBIBYTE,
              (System.nanoTime() - download) / 1e9,
              heap.most() / MEBIBYTE);
      System.err.printf("%s: %,d rows, %s%n", name, rows, sample);
      return sample;
    }
  }
}
