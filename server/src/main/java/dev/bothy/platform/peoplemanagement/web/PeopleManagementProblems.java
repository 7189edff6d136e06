package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with people's places.
enum PeopleManagementProblems implements ProblemCode {
  OWNERS_ONLY(
      HttpStatus.FORBIDDEN,
      "Only an owner may",
      "Only an owner makes owners, ends their place or gives it back, and lets a group stand for"
          + " owner. Ask an owner of the workspace."),
  LAST_OWNER(
      HttpStatus.CONFLICT,
      "A workspace keeps an owner",
      "The person is the only owner. Make somebody else an owner first."),
  NO_ROLE(
      HttpStatus.CONFLICT,
      "Somebody without a role has no place",
      "Nobody else says that the person has a role. Leave them one, or deactivate them."),
  PLACE_ENDED(
      HttpStatus.CONFLICT,
      "The place has ended",
      "Reactivate the person first; then change what they may."),
  DIRECTORY_ENDED(
      HttpStatus.CONFLICT,
      "The directory ended this place",
      "Assign the person to Bothy in the directory again: its next request gives the place back.");

  private final HttpStatus status;
  private final String title;
  private final String meaning;

  PeopleManagementProblems(HttpStatus status, String title, String meaning) {
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
