package dev.bothy.platform.bin.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with the bin.
enum BinProblems implements ProblemCode {
  WORKSPACE_IN_BIN(
      "The workspace is in the bin",
      "An owner can bring it back until it is gone; the bin alone answers meanwhile."),
  APP_IN_BIN(
      "The app is in the bin", "It does nothing until an admin brings it back from the bin."),
  KEYS_DESTROYED(
      "Its keys were destroyed",
      "What it sealed can be read by nobody any more, so it is not brought back. It can be deleted."),
  GOING("It is being deleted", "Its end has begun, and goes on by itself."),
  NOT_POSSIBLE(
      "That is not possible now",
      "The detail says why, such as that its name was given to another one. Nothing was changed.");

  private final String title;
  private final String meaning;

  BinProblems(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "bin";
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
