package dev.bothy.platform.dataexport.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with exports.
enum ExportProblems implements ProblemCode {
  BEING_MADE(
      "Such an export is being made",
      "An export about the same was asked for by the same person and is not ready yet. Wait for"
          + " it, or remove it."),
  TOO_MANY(
      "There are too many exports",
      "The same person has 20 exports that are being made or ready. Remove one, or wait until one"
          + " expires."),
  NOT_READY(
      "The export cannot be downloaded",
      "It is still being made, failed, was withdrawn or has expired; `state` says which.");

  private final String title;
  private final String meaning;

  ExportProblems(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "dataexport";
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
