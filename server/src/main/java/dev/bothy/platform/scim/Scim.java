package dev.bothy.platform.scim;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Outage;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/// Answers a directory's requests: who it is by its token, what it wants done in one transaction of
/// its workspace, and a line for the page of its last requests.
///
/// Nothing that was sent is logged: neither the token nor a value.
@Service
public class Scim {
  private static final Logger LOG = LoggerFactory.getLogger(Scim.class);

  /// Two requests may get into each other's way, e.g. a user who is deleted while a group takes
  /// them in; done again, one sees what the other did.
  private static final int TRIES = 4;

  private final Directories directories;
  private final DirectoryRequests requests;
  private final ScimRequests endpoints;
  private final Workspaces workspaces;
  private final Clock clock;

  Scim(
      Directories directories,
      DirectoryRequests requests,
      ScimRequests endpoints,
      Workspaces workspaces,
      Clock clock) {
    this.directories = directories;
    this.requests = requests;
    this.endpoints = endpoints;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// Answers a request. Never throws.
  public ScimReply answer(ScimCall call) {
    try {
      String token = BearerToken.of(call.authorization());
      return switch (token == null ? new Directories.Bearer.Unknown() : directories.bearer(token)) {
        case Directories.Bearer.Known known ->
            noted(
                call,
                known.workspace(),
                known.directory(),
                () -> answer(call, known.workspace(), known.directory()));
        case Directories.Bearer.Expired expired ->
            noted(
                call,
                expired.workspace(),
                expired.directory(),
                () -> refused("The token has expired."));
        case Directories.Bearer.Unknown _ -> refused("A valid bearer token is needed.");
      };
    } catch (RuntimeException failure) {
      return failed(failure);
    }
  }

  private static ScimReply refused(String detail) {
    return ScimReply.of(new ScimError(401, null, detail))
        .with("WWW-Authenticate", "Bearer realm=\"Bothy SCIM\", error=\"invalid_token\"");
  }

  private ScimReply answer(ScimCall call, WorkspaceId workspace, UUID directory) {
    for (int tries = 1; ; tries++) {
      try {
        return workspaces.inWorkspace(workspace, () -> endpoints.answer(call, directory));
      } catch (ScimError error) {
        return ScimReply.of(error);
      } catch (DuplicateKeyException atTheSameTime) {
        return ScimReply.of(
            ScimError.of(
                ScimError.Type.UNIQUENESS, "Another request has just taken this userName."));
      } catch (ConcurrencyFailureException | DataIntegrityViolationException inTheWay) {
        if (tries == TRIES) {
          return failed(inTheWay);
        }
      } catch (RuntimeException failure) {
        return failed(failure);
      }
    }
  }

  private static ScimReply failed(RuntimeException failure) {
    if (Outage.isCauseOf(failure)) {
      LOG.warn("A SCIM request was put off: {}", failure.getClass().getSimpleName());
      return ScimReply.of(
              new ScimError(503, null, "This is not to be had just now; ask again in a moment."))
          .with("Retry-After", "10");
    }
    // Messages of the database quote values.
    LOG.error(
        "A SCIM request failed: {} at {}",
        failure.getClass().getName(),
        failure.getStackTrace().length == 0 ? "?" : failure.getStackTrace()[0]);
    return ScimReply.of(new ScimError(500, null, "This is an error of Bothy's; its log has more."));
  }

  private ScimReply noted(
      ScimCall call, WorkspaceId workspace, UUID directory, Supplier<ScimReply> answer) {
    Instant began = clock.instant();
    ScimReply reply = answer.get();
    DirectoryRequest request =
        new DirectoryRequest(
            began,
            call.method().substring(0, Math.min(call.method().length(), 10)),
            ScimRequests.pattern(call.path()),
            reply.status(),
            error(reply),
            Duration.between(began, clock.instant()));
    try {
      workspaces.inWorkspace(workspace, () -> requests.add(directory, request));
    } catch (RuntimeException notNoted) {
      // What was done stays done.
      LOG.warn("A SCIM request was not noted: {}", notNoted.getClass().getSimpleName());
    }
    return reply;
  }

  private static @Nullable String error(ScimReply reply) {
    return reply.status() < 400 || reply.body() == null
        ? null
        : reply.body().path("detail").asString(null);
  }
}
