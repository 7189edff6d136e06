package dev.bothy.platform.chat.slack.web;

import dev.bothy.platform.chat.Webhooks.Request;
import dev.bothy.platform.chat.slack.SlackIntake;
import dev.bothy.platform.chat.slack.SlackIntake.Reply;
import dev.bothy.platform.kernel.WorkspaceId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Slack's request URLs. The body is read as bytes, since the signature is over them.
///
/// It comes before everything that serves browsers: Slack proves by its signature who it is, and
/// brings neither session nor form. Half of what a delivery costs the server would otherwise go
/// into looking for them (docs/reference/performance.md).
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SlackRequestFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  /// Slack's own requests stay far below; a view is at most 250 kB
  /// (docs.slack.dev/surfaces/modals).
  private static final int LARGEST_BODY = 1024 * 1024;

  /// As it was sent: an address that is written in any other way is none of Slack's.
  private static final Pattern ADDRESS =
      Pattern.compile("/chat/slack/([^/]+)/(events|commands|interactions)");

  private final transient SlackIntake intake;

  SlackRequestFilter(SlackIntake intake) {
    this.intake = intake;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Matcher address = ADDRESS.matcher(request.getRequestURI());
    if (request.getMethod().equals("POST") && address.matches()) {
      write(answer(address.group(1), address.group(2), request), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private Reply answer(String workspace, String path, HttpServletRequest request) {
    if (request.getContentLengthLong() > LARGEST_BODY) {
      return intake.refuse(413, "the body is over 1 MiB");
    }
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    } catch (IOException truncated) {
      return intake.refuse(400, "the body ended early");
    }
    if (body.length > LARGEST_BODY) {
      return intake.refuse(413, "the body is over 1 MiB");
    }
    UUID id;
    try {
      id = UUID.fromString(workspace);
    } catch (IllegalArgumentException noWorkspace) {
      return intake.refuse(401, "the address names no workspace");
    }
    return intake.take(new WorkspaceId(id), new Request(path, headers(request), body));
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name));
    }
    return headers;
  }

  private static void write(Reply reply, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    if (reply.retryAfter() != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(reply.retryAfter().toSeconds()));
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    if (body.length > 0) {
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setContentType(
          reply.body().startsWith("{")
              ? MediaType.APPLICATION_JSON_VALUE
              : MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8");
      response.getOutputStream().write(body);
    }
  }
}
