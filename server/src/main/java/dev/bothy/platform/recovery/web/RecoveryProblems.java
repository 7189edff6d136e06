package dev.bothy.platform.recovery.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that say go after a restore.
enum RecoveryProblems implements ProblemCode {
  PREPARING(
      "The restored database is being prepared",
      "What was erased since the backup is erased again first, and what is too old goes. `waitsFor`"
          + " says whether it waits for something."),
  NOTHING_HELD(
      "Nothing is held",
      "There was no restore, or it was released before: there is nothing to say go to.");

  private final String title;
  private final String meaning;

  RecoveryProblems(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "recovery";
  }

  @Override
  public HttpStatus status() {
    return HttpStatus.CONFLICT;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
