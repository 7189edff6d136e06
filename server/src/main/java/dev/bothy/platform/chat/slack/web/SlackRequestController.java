package dev.bothy.platform.chat.slack.web;

import dev.bothy.platform.chat.Webhooks.Request;
import dev.bothy.platform.chat.slack.SlackIntake;
import dev.bothy.platform.chat.slack.SlackIntake.Reply;
import dev.bothy.platform.kernel.WorkspaceId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Slack's request URLs. The body is read as bytes, since the signature is over them.
@RestController
class SlackRequestController {
  /// Slack's own requests stay far below; a view is at most 250 kB
  /// (docs.slack.dev/surfaces/modals).
  private static final int LARGEST_BODY = 1024 * 1024;

  private final SlackIntake intake;

  SlackRequestController(SlackIntake intake) {
    this.intake = intake;
  }

  @PostMapping("/chat/slack/{workspace}/{path:events|commands|interactions}")
  ResponseEntity<String> receive(
      @PathVariable String workspace, @PathVariable String path, HttpServletRequest request) {
    if (request.getContentLengthLong() > LARGEST_BODY) {
      return entity(intake.refuse(413, "the body is over 1 MiB"));
    }
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    } catch (IOException truncated) {
      return entity(intake.refuse(400, "the body ended early"));
    }
    if (body.length > LARGEST_BODY) {
      return entity(intake.refuse(413, "the body is over 1 MiB"));
    }
    UUID id;
    try {
      id = UUID.fromString(workspace);
    } catch (IllegalArgumentException noWorkspace) {
      return entity(intake.refuse(401, "the address names no workspace"));
    }
    return entity(intake.take(new WorkspaceId(id), new Request(path, headers(request), body)));
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name));
    }
    return headers;
  }

  private static ResponseEntity<String> entity(Reply reply) {
    ResponseEntity.BodyBuilder entity = ResponseEntity.status(reply.status());
    if (reply.retryAfter() != null) {
      entity.header(HttpHeaders.RETRY_AFTER, String.valueOf(reply.retryAfter().toSeconds()));
    }
    if (reply.body().isEmpty()) {
      return entity.build();
    }
    boolean json = reply.body().startsWith("{");
    return entity
        .contentType(json ? MediaType.APPLICATION_JSON : MediaType.TEXT_PLAIN)
        .body(reply.body());
  }
}
