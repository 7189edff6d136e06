package dev.bothy.platform.calendar.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with absences and holidays.
enum CalendarProblems implements ProblemCode {
  TOLD_BY_SOURCE(
      "It is changed where it comes from",
      "A calendar feed or HiBob told this absence, and changes it; the detail says which. Nothing"
          + " was changed."),
  HIBOB_NOT_READ(
      "HiBob gave no answer that can be used",
      "HiBob was asked at once and failed; the detail says how, and what to do. Nothing was"
          + " changed."),
  NOT_POSSIBLE(
      "That is not possible now",
      "The deleted calendar's name was given to another in the meantime, or there are as many"
          + " calendars as a workspace may have; the detail says which. Nothing was changed.");

  private final String title;
  private final String meaning;

  CalendarProblems(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "calendar";
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
