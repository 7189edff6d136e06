package dev.bothy.app.rotations.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with rotations.
enum RotationProblems implements ProblemCode {
  NOT_POSSIBLE(
      "That is not possible now",
      "The rotation's connection was removed, or its name was given to another rotation in the"
          + " meantime; the detail says which. Nothing was changed."),
  REQUEST_CLOSED(
      "The request is not as it was",
      "Somebody took it, gave it back or withdrew it, or its time has come. Nothing was changed;"
          + " read it anew.");

  private final String title;
  private final String meaning;

  RotationProblems(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "rotations";
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
