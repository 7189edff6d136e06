package dev.bothy.platform.calendar.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.calendar.feeds.AbsenceFeed;
import dev.bothy.platform.calendar.feeds.AbsenceFeeds;
import dev.bothy.platform.calendar.feeds.FeedOutcome;
import dev.bothy.platform.calendar.web.FeedDocuments.FeedDocument;
import dev.bothy.platform.calendar.web.FeedDocuments.NewFeedDocument;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Calendars that tell of absences, for programs.
@ApiArea(name = "absence-feeds", about = "Calendars elsewhere that tell when people are away")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/absence-feeds",
    produces = MediaType.APPLICATION_JSON_VALUE)
class FeedsApi {
  private final AbsenceFeeds feeds;

  FeedsApi(AbsenceFeeds feeds) {
    this.feeds = feeds;
  }

  @GetMapping
  @Operation(
      summary = "List calendars",
      description = "Oldest first: one's own, and for the role admin everybody's.")
  Page<FeedDocument> list(Viewer viewer) {
    return Page.of(feeds.list(viewer).stream().map(FeedDocument::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "Show a calendar",
      description = "How it goes. Somebody else's needs the role admin.")
  FeedDocument get(Viewer viewer, @PathVariable UUID id) {
    return feeds
        .find(viewer, id)
        .map(FeedDocument::of)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Subscribe to a calendar",
      description =
          "It is read within a minute, and every half hour from then on. Somebody else's needs the"
              + " role admin.")
  FeedDocument add(Viewer viewer, @RequestBody NewFeedDocument body) {
    return document(feeds.subscribe(viewer, body.input()));
  }

  @PostMapping("/{id}/refresh")
  @Operation(
      summary = "Read a calendar now",
      description =
          "Waits for the answer; `problem` says if there was none. Somebody else's needs the role"
              + " admin.")
  FeedDocument refresh(Viewer viewer, @PathVariable UUID id) {
    return document(feeds.refresh(viewer, id));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Remove a calendar",
      description =
          "With the absences that it told, at once. Somebody else's needs the role admin.")
  void remove(Viewer viewer, @PathVariable UUID id) {
    document(feeds.remove(viewer, id));
  }

  private static FeedDocument document(FeedOutcome outcome) {
    return switch (outcome) {
      case FeedOutcome.Done(AbsenceFeed feed) -> FeedDocument.of(feed);
      case FeedOutcome.Refused refused -> throw ApiProblem.invalid(refused.problems());
      case FeedOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }
}
