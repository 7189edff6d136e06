package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ShiftFeedReading;
import dev.bothy.platform.limits.ClientAddress;
import dev.bothy.platform.limits.Limit;
import dev.bothy.platform.limits.LimitSettings;
import dev.bothy.platform.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/// Where calendar programs read shifts. The address is the proof: nobody signs in.
@RestController
class FeedAddressController {
  private static final MediaType CALENDAR =
      new MediaType("text", "calendar", StandardCharsets.UTF_8);
  private static final String ROBOTS = "X-Robots-Tag";

  private final ShiftFeedReading feeds;
  private final Limits limits;
  private final LimitSettings rates;

  FeedAddressController(ShiftFeedReading feeds, Limits limits, LimitSettings rates) {
    this.feeds = feeds;
    this.limits = limits;
    this.rates = rates;
  }

  @GetMapping("/feeds/rotations/{secret}.ics")
  ResponseEntity<String> read(@PathVariable String secret, HttpServletRequest request) {
    Limit perAddress = new Limit("feed-address", ClientAddress.of(request), rates.apiPerAddress());
    return switch (limits.take(List.of(perAddress))) {
      case Limits.Exceeded exceeded ->
          ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
              .header(HttpHeaders.RETRY_AFTER, Long.toString(exceeded.retryAfterSeconds()))
              .build();
      case Limits.Allowed _ -> answer(feeds.read(secret), request);
    };
  }

  private static ResponseEntity<String> answer(
      Optional<ShiftFeedReading.Text> found, HttpServletRequest request) {
    if (found.isEmpty()) {
      return ResponseEntity.notFound()
          .cacheControl(CacheControl.noStore())
          .header(ROBOTS, "noindex")
          .build();
    }
    // Weak: when the text was written stands in it, and is another each time.
    String tag =
        "W/\""
            + DigestUtils.md5DigestAsHex(found.get().sameAs().getBytes(StandardCharsets.UTF_8))
            + "\"";
    boolean unchanged = new ServletWebRequest(request).checkNotModified(tag);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(unchanged ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .cacheControl(CacheControl.maxAge(ShiftFeedReading.REFRESH).cachePrivate())
            .eTag(tag)
            .header(ROBOTS, "noindex");
    return unchanged
        ? answer.build()
        : answer
            .contentType(CALENDAR)
            .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"shifts.ics\"")
            .body(found.get().text());
  }
}
