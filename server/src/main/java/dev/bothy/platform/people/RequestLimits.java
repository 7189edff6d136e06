package dev.bothy.platform.people;

import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.ProblemWriter;
import dev.bothy.platform.limits.ClientAddress;
import dev.bothy.platform.limits.Limit;
import dev.bothy.platform.limits.LimitSettings;
import dev.bothy.platform.limits.Limits;
import dev.bothy.platform.limits.Limits.Allowed;
import dev.bothy.platform.limits.Limits.Exceeded;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses programs that come too often: by address and person, by operation, and altogether for
/// the API; by address and directory for SCIM. It stands behind who asks is found out, so that one
/// statement takes from all limits at once, and before anything else is done for the request: who
/// is refused, and whoever brings a wrong token, cost one look-up by hash.
final class RequestLimits extends OncePerRequestFilter {
  private static final String SCIM = "/scim/";
  private static final Pattern VARIABLE = Pattern.compile(".*\\d.*|.{31,}");
  private static final int SEGMENTS = 10;

  private final Limits limits;
  private final LimitSettings rates;
  private final ProblemWriter problems;

  RequestLimits(Limits limits, LimitSettings rates, ProblemWriter problems) {
    this.limits = limits;
    this.rates = rates;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean scim = request.getRequestURI().startsWith(SCIM);
    switch (limits.take(scim ? ofScim(request) : ofApi(request))) {
      case Allowed _ -> chain.doFilter(request, response);
      case Exceeded exceeded -> {
        if (scim) {
          answerScim(response, exceeded);
        } else {
          problems.write(response, problem(exceeded));
        }
      }
    }
  }

  private List<Limit> ofApi(HttpServletRequest request) {
    List<Limit> asked = new ArrayList<>();
    asked.add(new Limit("api-global", "", rates.apiGlobal()));
    asked.add(new Limit("api-address", ClientAddress.of(request), rates.apiPerAddress()));
    asked.add(
        new Limit(
            "api-route", route(request.getMethod(), request.getRequestURI()), rates.apiPerRoute()));
    if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn who) {
      asked.add(new Limit("api-person", who.person().toString(), rates.apiPerPerson()));
    }
    return asked;
  }

  private List<Limit> ofScim(HttpServletRequest request) {
    List<Limit> asked = new ArrayList<>();
    asked.add(new Limit("scim-address", ClientAddress.of(request), rates.scimPerAddress()));
    String directory = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (directory != null) {
      asked.add(new Limit("scim-directory", directory, rates.scimPerDirectory()));
    }
    return asked;
  }

  private static ApiProblem problem(Exceeded exceeded) {
    return ApiProblem.of(
            PeopleProblems.TOO_MANY_REQUESTS,
            "The limit %s (%d in %d s) is used up. Try again in %d s."
                .formatted(
                    exceeded.limit().tier(),
                    exceeded.limit().rate().most(),
                    exceeded.limit().rate().time().toSeconds(),
                    exceeded.retryAfterSeconds()))
        .retryAfter(Duration.ofSeconds(exceeded.retryAfterSeconds()));
  }

  /// As RFC 7644 §3.12 writes errors.
  private static void answerScim(HttpServletResponse response, Exceeded exceeded)
      throws IOException {
    response.setStatus(429);
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(exceeded.retryAfterSeconds()));
    response.setContentType("application/scim+json");
    response
        .getOutputStream()
        .write(
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"429",\
            "detail":"The limit %s is used up. Try again in %d s."}\
            """
                .formatted(exceeded.limit().tier(), exceeded.retryAfterSeconds())
                .getBytes(StandardCharsets.UTF_8));
  }

  /// An operation as limits count it: the method and the path without names and ids, e.g. `GET
  /// /api/v1/workspaces/*/rotations/*`.
  static String route(String method, String path) {
    StringBuilder route = new StringBuilder(method).append(' ');
    String before = "";
    int segments = 0;
    for (String segment : path.split("/")) {
      if (segment.isEmpty() || ++segments > SEGMENTS) {
        continue;
      }
      boolean variable =
          before.equals("workspaces") || (segments > 2 && VARIABLE.matcher(segment).matches());
      route.append('/').append(variable ? "*" : segment);
      before = segment;
    }
    return route.toString();
  }
}
