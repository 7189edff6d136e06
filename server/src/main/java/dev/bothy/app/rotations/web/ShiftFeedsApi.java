package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ShiftFeed;
import dev.bothy.app.rotations.ShiftFeeds;
import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Addresses at which calendar programs read shifts, for programs.
@ApiArea(name = "calendar-feeds", about = "Addresses at which calendar programs read shifts")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/calendar-feeds",
    produces = MediaType.APPLICATION_JSON_VALUE)
class ShiftFeedsApi {
  private final ShiftFeeds feeds;
  private final ServerAddress server;

  ShiftFeedsApi(ShiftFeeds feeds, ServerAddress server) {
    this.feeds = feeds;
    this.server = server;
  }

  /// @param rotation null for all shifts of whoever asks
  record NewShiftFeed(@Nullable UUID rotation) {}

  /// @param person who made it
  /// @param rotation null for all shifts of the person
  /// @param lastReadAt to some minutes; null if it never was
  record ShiftFeedDocument(
      UUID id,
      UUID person,
      @Nullable UUID rotation,
      Instant createdAt,
      @Nullable Instant lastReadAt) {
    static ShiftFeedDocument of(ShiftFeed feed) {
      return new ShiftFeedDocument(
          feed.id(), feed.person().value(), feed.rotation(), feed.createdAt(), feed.lastReadAt());
    }
  }

  /// @param address told this once; whoever has it reads the shifts
  record MadeShiftFeed(ShiftFeedDocument feed, String address) {
    @Override
    public String toString() {
      return "MadeShiftFeed[feed=" + feed + "]";
    }
  }

  @GetMapping
  @Operation(
      summary = "List calendar addresses",
      description = "Oldest first: one's own, and for the role admin everybody's.")
  Page<ShiftFeedDocument> list(Viewer viewer) {
    return Page.of(feeds.list(viewer).stream().map(ShiftFeedDocument::of).toList());
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Make a calendar address",
      description =
          "Of a rotation, or without one of all one's own shifts: an iCalendar feed that needs no"
              + " sign-in. The address is told this once.")
  MadeShiftFeed make(Viewer viewer, @RequestBody NewShiftFeed wanted) {
    return made(feeds.make(viewer, wanted.rotation()));
  }

  @PostMapping("/{id}/renew")
  @Operation(
      summary = "Renew a calendar address",
      description = "The one before is gone at once. One's own alone.")
  MadeShiftFeed renew(Viewer viewer, @PathVariable UUID id) {
    return made(feeds.renew(viewer, id));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Revoke a calendar address",
      description = "Nobody reads it from then on. Somebody else's needs the role admin.")
  void revoke(Viewer viewer, @PathVariable UUID id) {
    if (!feeds.revoke(viewer, id)) {
      throw ApiProblem.of(Problems.NOT_FOUND);
    }
  }

  private MadeShiftFeed made(ShiftFeeds.Made made) {
    return switch (made) {
      case ShiftFeeds.Made.Address(ShiftFeed feed, String path) ->
          new MadeShiftFeed(ShiftFeedDocument.of(feed), server.of(path));
      case ShiftFeeds.Made.Refused(List<Problem> problems) -> throw ApiProblem.invalid(problems);
      case ShiftFeeds.Made.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }
}
