package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.feeds.AbsenceFeed;
import dev.bothy.platform.calendar.feeds.FeedInput;
import dev.bothy.platform.kernel.ConnectionId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What programs send and get of calendars.
final class FeedDocuments {
  private FeedDocuments() {}

  @Schema(name = "AbsenceFeed", description = "A calendar that tells when somebody is away.")
  record FeedDocument(
      UUID id,
      UUID connection,
      @Schema(description = "The chat network's own id.") String account,
      @Schema(description = "`subscription` or `file`.") String kind,
      @Schema(description = "The host's name, or `a file`; never the address.") String from,
      @Schema(description = "What is shorter is no absence; 0 for all.") long shortestHours,
      @Schema(description = "For whole days and times without a zone.") String zone,
      @Schema(description = "When there was last an answer; null if there never was.")
          @Nullable Instant readAt,
      @Schema(description = "Since when it fails; null if it does not.")
          @Nullable Instant failingSince,
      @Schema(description = "Why, in words; null if it does not fail.") @Nullable String problem,
      @Schema(description = "How many it tells, from a month ago to 18 months ahead.") int absences,
      @Schema(description = "How many events were not understood.") int leftOut,
      @Schema(description = "Of the first of them, by line; null if there are none.")
          @Nullable String leftOutWhy,
      Instant createdAt) {
    static FeedDocument of(AbsenceFeed feed) {
      return new FeedDocument(
          feed.id(),
          feed.connection().value(),
          feed.account(),
          feed.isFile() ? "file" : "subscription",
          feed.label(),
          feed.shortest().toHours(),
          feed.zone().getId(),
          feed.state().readAt(),
          feed.state().failingSince(),
          feed.state().problem(),
          feed.state().absences(),
          feed.state().leftOut(),
          feed.state().leftOutWhy(),
          feed.createdAt());
    }
  }

  @Schema(name = "NewAbsenceFeed", description = "A calendar to subscribe to.")
  record NewFeedDocument(
      UUID connection,
      @Schema(description = "The chat network's own id.") String account,
      @Schema(description = "Begins with `https://` or `webcal://`; told to nobody again.")
          String address,
      @Schema(description = "0 to 168; null means 4.") @Nullable Integer shortestHours,
      @Schema(description = "An IANA name; null means the account's own.") @Nullable String zone) {
    FeedInput input() {
      return new FeedInput(
          new ConnectionId(connection),
          account,
          address,
          shortestHours == null ? 4 : shortestHours,
          zone == null ? "" : zone);
    }

    @Override
    public String toString() {
      return "NewFeedDocument(…)";
    }
  }
}
