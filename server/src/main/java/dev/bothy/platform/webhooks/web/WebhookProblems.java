package dev.bothy.platform.webhooks.web;

import dev.bothy.platform.api.ProblemCode;
import org.springframework.http.HttpStatus;

/// The problems of programs that have to do with webhooks.
enum WebhookProblems implements ProblemCode {
  NOT_REPLAYABLE(
      "It is not sent once more",
      "It is on its way already, or the endpoint is off, or what it said is no longer kept.");

  private final String title;
  private final String meaning;

  WebhookProblems(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  @Override
  public String module() {
    return "webhooks";
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
