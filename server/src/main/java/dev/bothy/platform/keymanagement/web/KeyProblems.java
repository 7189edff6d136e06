package dev.bothy.platform.keymanagement.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with keys.
enum KeyProblems implements ProblemCode {
  ONE_KEY_FOR_ALL(
      "This key is not rotated here",
      "The provider is a local key file: it has one key for all, which whoever runs the server"
          + " exchanges."),
  REENCRYPTION_RUNS(
      "A new key is being brought in",
      "What the old data key encrypted is still being encrypted anew. Wait until that has ended.");

  private final String title;
  private final String meaning;

  KeyProblems(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "keys";
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
