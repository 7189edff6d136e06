package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Signing in while the identity provider is away, by a one-time code from whoever administers the
/// cluster ([BreakGlassCodes]). Each use is logged, audited, counted and alerted on.
@Service
public class BreakGlass {
  /// Where a code is typed.
  public static final String PATH = "/sign-in/break-glass";

  /// Enough to look what is wrong and to do what cannot wait.
  private static final Duration LIFETIME = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);

  private final BreakGlassCodes codes;
  private final Sessions sessions;
  private final SignOnLog log;
  private final Cookies cookies;
  private final Metrics metrics;
  private final Workspaces workspaces;

  BreakGlass(
      JdbcClient jdbc,
      Clock clock,
      Sessions sessions,
      SignOnLog log,
      Cookies cookies,
      Metrics metrics,
      Workspaces workspaces) {
    this.codes = new BreakGlassCodes(jdbc, clock);
    this.sessions = sessions;
    this.log = log;
    this.cookies = cookies;
    this.metrics = metrics;
    this.workspaces = workspaces;
  }

  /// Signs this browser in as the person for whom the code is, for an hour.
  ///
  /// @param typed as somebody copied it; spaces, dashes and case do not matter
  /// @return false if it is no code, was used, or is too old; nothing says which
  public boolean signIn(String typed, HttpServletRequest request, HttpServletResponse response) {
    Optional<PersonId> person = workspaces.forInstallation(() -> codes.use(typed));
    if (person.isEmpty()) {
      LOG.warn("Somebody typed a break-glass code that does not hold");
      return false;
    }
    cookies.read(request, Cookies.SESSION).ifPresent(sessions::end);
    String token = sessions.openInEmergency(person.get(), Browsers.describe(request), LIFETIME);
    cookies.write(request, response, Cookies.SESSION, token, LIFETIME);
    metrics.signedInByBreakGlass();
    log.signedInByBreakGlass(person.get());
    LOG.warn("{} signed in by a break-glass code, past the sign-on service", person.get());
    return true;
  }
}
