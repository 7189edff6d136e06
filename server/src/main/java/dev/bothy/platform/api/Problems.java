package dev.bothy.platform.api;

import org.springframework.http.HttpStatus;

/// The problems that any request can have.
public enum Problems implements ProblemCode {
  UNREADABLE(
      HttpStatus.BAD_REQUEST,
      "The request cannot be read",
      "Its body is no JSON, or the request breaks HTTP itself. Correct the program."),
  NOT_FOUND(
      HttpStatus.NOT_FOUND,
      "There is nothing here",
      "The address is wrong, what it names is gone, or it belongs to a workspace that the caller"
          + " has no place in. Which of them is not said."),
  METHOD_NOT_ALLOWED(
      HttpStatus.METHOD_NOT_ALLOWED,
      "That does not work here",
      "The address exists, the method does not; the header `Allow` lists those that do."),
  NOT_ACCEPTABLE(
      HttpStatus.NOT_ACCEPTABLE,
      "The answer has no such form",
      "Answers are `application/json`, problems `application/problem+json`; ask for `*/*` or for"
          + " those."),
  CONFLICT(
      HttpStatus.CONFLICT,
      "Somebody else was faster",
      "Somebody changed the same thing at the same moment. Read it anew and decide again."),
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "That is too much", "The body is larger than 1 MiB."),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      "The body has a form that is not read",
      "Send JSON with `Content-Type: application/json`."),
  INVALID_INPUT(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Something in it is not allowed",
      "The list `errors` names each field, what is wrong with it and what is allowed. Nothing was"
          + " changed."),
  INTERNAL_ERROR(
      HttpStatus.INTERNAL_SERVER_ERROR,
      "That was our mistake",
      "Nothing in the request is wrong. Try again; if it stays so, the server's log has the"
          + " details."),
  UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "One moment, please",
      "A part that this needs (the database, the keys) does not answer. Try again after as many"
          + " seconds as the header `Retry-After` says.");

  private final HttpStatus status;
  private final String title;
  private final String meaning;

  Problems(HttpStatus status, String title, String meaning) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "api";
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  /// The problem that a status alone tells of.
  static Problems of(int status) {
    for (Problems problem : values()) {
      if (problem.status.value() == status) {
        return problem;
      }
    }
    return status >= 400 && status < 500 ? UNREADABLE : INTERNAL_ERROR;
  }
}
