package dev.bothy.platform.people;

import dev.bothy.platform.limits.ClientAddress;
import dev.bothy.platform.limits.Limit;
import dev.bothy.platform.limits.LimitSettings;
import dev.bothy.platform.limits.Limits;
import dev.bothy.platform.limits.Limits.Allowed;
import dev.bothy.platform.limits.Limits.Exceeded;
import dev.bothy.platform.limits.Limits.Outcome;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import org.springframework.web.filter.OncePerRequestFilter;

/// How often somebody may sign in, or fail to. Passwords are typed at the identity provider, which
/// counts by account; what comes back here is counted so:
///
/// - Sign-ins that failed, by address. Once they are used up, no sign-in is begun or finished from
///   there. Many people may share an address, and their sign-ins that succeed do not count against
///   one another. What failed because the identity provider was away is nobody's fault and does not
///   count, and neither does what another site's page made a browser fetch: an image on it must not
///   lock its readers out.
/// - Sign-ins that succeeded, by address and account.
/// - Break-glass codes that do not hold, by address, as often as failures and apart from them.
///
/// A refusal is a 429 with `Retry-After`, in words where a page is expected.
@Component
class SignInLimits {
  private static final Set<String> PATHS = Set.of(SignInRequests.START, SignInRequests.CALLBACK);

  /// RFC 6749 §4.1.2.1: the identity provider speaks of itself.
  private static final Set<String> AWAY = Set.of("server_error", "temporarily_unavailable");

  private final Limits limits;
  private final LimitSettings rates;

  SignInLimits(Limits limits, LimitSettings rates) {
    this.limits = limits;
    this.rates = rates;
  }

  /// Stands before the filters that sign in.
  Filter filter() {
    return new OncePerRequestFilter() {
      @Override
      protected void doFilterInternal(
          HttpServletRequest request, HttpServletResponse response, FilterChain chain)
          throws ServletException, IOException {
        boolean code =
            request.getServletPath().equals(BreakGlass.PATH) && request.getMethod().equals("POST");
        Limit limit = code ? codes(request) : failures(request);
        boolean limited = code || PATHS.contains(request.getServletPath());
        if (limited && !allows(response, limits.check(List.of(limit)))) {
          return;
        }
        chain.doFilter(request, response);
        if (code && !HttpStatus.valueOf(response.getStatus()).is3xxRedirection()) {
          limits.take(List.of(limit));
        }
      }
    };
  }

  /// Lets a sign-in count, and succeed if it may.
  AuthenticationSuccessHandler beforeSuccess(AuthenticationSuccessHandler success) {
    return (request, response, who) -> {
      Limit limit =
          new Limit(
              "sign-in-address-account",
              ClientAddress.of(request) + "\n" + who.getName(),
              rates.signInsPerAddressAndAccount());
      if (allows(response, limits.take(List.of(limit)))) {
        success.onAuthenticationSuccess(request, response, who);
      }
    };
  }

  /// Lets a failure count.
  AuthenticationFailureHandler beforeFailure(AuthenticationFailureHandler failure) {
    return (request, response, why) -> {
      if (counts(request, why)) {
        limits.take(List.of(failures(request)));
      }
      failure.onAuthenticationFailure(request, response, why);
    };
  }

  private Limit failures(HttpServletRequest request) {
    return new Limit(
        "sign-in-failures-address", ClientAddress.of(request), rates.signInFailuresPerAddress());
  }

  /// Counted apart from the others: who may not sign in may still have a code.
  private Limit codes(HttpServletRequest request) {
    return new Limit(
        "break-glass-failures-address",
        ClientAddress.of(request),
        rates.signInFailuresPerAddress());
  }

  private static boolean allows(HttpServletResponse response, Outcome outcome) throws IOException {
    return switch (outcome) {
      case Allowed _ -> true;
      case Exceeded exceeded -> {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(exceeded.retryAfterSeconds()));
        response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        yield false;
      }
    };
  }

  private static boolean counts(HttpServletRequest request, AuthenticationException why) {
    String fetched = request.getHeader("Sec-Fetch-Dest");
    boolean visited = fetched == null || fetched.equals("document");
    boolean away =
        why instanceof OAuth2AuthenticationException oauth
            && AWAY.contains(oauth.getError().getErrorCode());
    return visited && !away && !isAway(why);
  }

  private static boolean isAway(@Nullable Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof IOException || each instanceof RestClientException) {
        return true;
      }
    }
    return false;
  }
}
