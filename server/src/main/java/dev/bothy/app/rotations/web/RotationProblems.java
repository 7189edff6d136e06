package dev.bothy.app.rotations.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with rotations.
enum RotationProblems implements ProblemCode {
  NOT_POSSIBLE;

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
    return "That is not possible now";
  }

  @Override
  public String meaning() {
    return "The rotation's connection was removed, or its name was given to another rotation in the"
        + " meantime; the detail says which. Nothing was changed.";
  }
}
