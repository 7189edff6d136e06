package dev.bothy.operator.restore;

import java.time.Duration;

/// The Jobs of a restore.
enum RestoreStep {
  /// Looks whether it can be done, and changes nothing.
  CHECK("check", Duration.ofMinutes(30)),
  LOAD("load", Duration.ofHours(48)),
  /// Puts back what was there.
  UNDO("undo", Duration.ofHours(1)),
  /// Says go.
  RELEASE("release", Duration.ofMinutes(15));

  private final String word;
  private final Duration deadline;

  RestoreStep(String word, Duration deadline) {
    this.word = word;
    this.deadline = deadline;
  }

  /// As names and labels have it.
  String word() {
    return word;
  }

  /// After which its Job is ended.
  Duration deadline() {
    return deadline;
  }
}
