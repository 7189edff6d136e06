package dev.bothy.platform.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Answers a problem, from wherever it is found: a controller, a filter, the error page.
@Component
public class ProblemWriter {
  private final JsonMapper json;

  ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /// Whether a request is a program's: then its problems are this writer's, whatever it accepts.
  public static boolean isApi(HttpServletRequest request) {
    return isApi(request.getRequestURI());
  }

  /// The same for the path of a request that failed before.
  public static boolean isApi(String path) {
    return path.equals("/api") || path.startsWith("/api/");
  }

  /// Writes the whole answer.
  public void write(HttpServletResponse response, ApiProblem problem) throws IOException {
    response.setStatus(problem.code().status().value());
    problem.headers().forEach(response::setHeader);
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(problem.document()));
  }
}
