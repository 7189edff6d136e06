package dev.bothy.platform.erasure.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with erasures.
enum ErasureProblems implements ProblemCode {
  LAST_OWNER(
      "A workspace keeps an owner",
      "The person is the only owner. Make somebody else an owner first, or erase the workspace."),
  IN_DIRECTORY(
      "The directory still sends this person",
      "It would make them again. Take them out of the directory, or out of what it assigns to"
          + " Bothy, and erase them then."),
  UNDER_WAY(
      "This is being erased already",
      "The list of erasures shows how far it is; nothing more has to be asked for."),
  NOT_DONE("There is no receipt yet", "The erasure is not done. Ask again when its state is done.");

  private final String title;
  private final String meaning;

  ErasureProblems(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "erasures";
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
