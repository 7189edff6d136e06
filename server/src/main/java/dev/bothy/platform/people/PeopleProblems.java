package dev.bothy.platform.people;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with who asks.
public enum PeopleProblems implements ProblemCode {
  NOT_SIGNED_IN(
      HttpStatus.UNAUTHORIZED,
      "Who is there?",
      "The request carries neither a token nor a session that is in force. Send `Authorization:"
          + " Bearer …`."),
  TOKEN_NOT_VALID(
      HttpStatus.UNAUTHORIZED,
      "This token is not in force",
      "It is mistyped, has expired, was revoked, or its owner's place in the workspace has ended."
          + " Which of them is not said. A session that the request carries too does not count."),
  FORM_TOKEN_MISSING(
      HttpStatus.FORBIDDEN,
      "This did not come from our own page",
      "A request that carries the session's cookie and changes something needs the page's token in"
          + " the header `X-CSRF-TOKEN`. Programs use an API token instead, and need none."),
  ROLE_MISSING(
      HttpStatus.FORBIDDEN,
      "Not with your roles",
      "The detail says which roles may. Ask an owner of the workspace."),
  SCOPE_MISSING(
      HttpStatus.FORBIDDEN,
      "The token is not for this",
      "The detail says which scope it needs. Make a token with it; its owner's roles must allow it"
          + " too."),
  SESSION_NEEDED(
      HttpStatus.FORBIDDEN,
      "This needs somebody who is signed in",
      "No token may do it, whatever its scopes, and no session by a break-glass code: neither must"
          + " make a token that outlives it."),
  TOO_MANY_REQUESTS(
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many requests",
      "A limit is used up; the detail says which. Try again after as many seconds as the header"
          + " `Retry-After` says: before, it is of no use.");

  private final HttpStatus status;
  private final String title;
  private final String meaning;

  PeopleProblems(HttpStatus status, String title, String meaning) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "people";
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
}
