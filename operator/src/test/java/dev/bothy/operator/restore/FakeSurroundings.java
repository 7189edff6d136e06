package dev.bothy.operator.restore;

import dev.bothy.operator.jobs.ToolReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a test says is there. A Job that a test has not ended runs.
final class FakeSurroundings implements Surroundings {
  @Nullable String first;
  @Nullable String successor;
  @Nullable String standstillForAnother;
  Standing standing = new Standing.Present();
  Saving saving = new Saving.Running(null);
  @Nullable String stillRuns;
  @Nullable String notServing;
  boolean released;

  /// Jobs by step and attempt, e.g. `load-2`.
  final Set<String> begun = new TreeSet<>();

  final Set<String> backups = new TreeSet<>();
  private final Map<String, ToolRun> ended = new HashMap<>();

  void succeeds(String job) {
    ended.put(job, new ToolRun.Done(report("Succeeded", "")));
  }

  void end(String job, ToolRun run) {
    ended.put(job, run);
  }

  void fails(String job, Instant at) {
    ended.put(
        job, new ToolRun.Failed(null, "Unfinished", "it was killed", at, ToolRun.Again.MAY_HELP));
  }

  void refuses(String job, String reason, ToolRun.Again again, Instant at) {
    ended.put(
        job,
        new ToolRun.Failed(
            report("Refused", reason), reason, "it says no for " + reason, at, again));
  }

  static ToolReport report(String outcome, String reason) {
    return ToolReport.read(
            """
            {"outcome":"%s","reason":"%s","message":"","backup":{"id":"20261127t021500z-3f9a1c",\
            "takenAt":"2026-11-27T02:15:00Z","version":"0.1.0"}}\
            """
                .formatted(outcome, reason))
        .orElseThrow();
  }

  @Override
  public Optional<String> firstInLine() {
    return Optional.ofNullable(first);
  }

  @Override
  public Optional<String> successor() {
    return Optional.ofNullable(successor);
  }

  @Override
  public Optional<String> standstillForAnother() {
    return Optional.ofNullable(standstillForAnother);
  }

  @Override
  public Standing standing() {
    return standing;
  }

  @Override
  public void forgetGone() {}

  @Override
  public ToolRun job(RestoreStep step, int attempt, @Nullable String backup) {
    String name = step.word() + "-" + attempt;
    begun.add(name);
    return ended.getOrDefault(name, new ToolRun.Running(null, null));
  }

  @Override
  public Saving saving(String name) {
    backups.add(name);
    return saving;
  }

  @Override
  public Optional<String> stillRuns() {
    return Optional.ofNullable(stillRuns);
  }

  @Override
  public Optional<String> notServing() {
    return Optional.ofNullable(notServing);
  }

  @Override
  public boolean isReleased() {
    return released;
  }

  /// Both, in the order of their names.
  List<String> made() {
    return java.util.stream.Stream.concat(begun.stream(), backups.stream()).toList();
  }
}
