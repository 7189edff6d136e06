package dev.bothy.platform.webhooks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.egress.Origin;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.webhooks.WebhookEndpoint.Details;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The endpoints of a workspace, for its admins: each change is one transaction and one entry of
/// the audit log.
@Service
public class Endpoints {
  /// How many a workspace may have.
  public static final int MOST = 20;

  /// For how long a secret is still signed with after it was replaced.
  public static final Duration OVERLAP = Duration.ofDays(1);

  private final EndpointTable table;
  private final EndpointRules rules;
  private final Bin bin;
  private final Audit audit;
  private final Workspaces workspaces;
  private final Clock clock;

  Endpoints(
      EndpointTable table,
      EndpointRules rules,
      Bin bin,
      Audit audit,
      Workspaces workspaces,
      Clock clock) {
    this.table = table;
    this.rules = rules;
    this.bin = bin;
    this.audit = audit;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What became of a change that somebody asked for.
  public sealed interface Outcome {
    /// It is done; so it is now.
    record Done(WebhookEndpoint endpoint) implements Outcome {}

    /// It is done, and there is a new secret.
    ///
    /// @param secret told this once and never again
    record DoneWithSecret(WebhookEndpoint endpoint, String secret) implements Outcome {
      @Override
      public String toString() {
        return "DoneWithSecret[endpoint=" + endpoint + "]";
      }
    }

    /// Nothing was changed.
    ///
    /// @param problems at least one
    record Refused(List<Problem> problems) implements Outcome {}

    /// The workspace has no such endpoint.
    record Unknown() implements Outcome {}
  }

  /// All of them, oldest first.
  public List<WebhookEndpoint> list(Viewer admin) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(admin.workspace(), table::all);
  }

  public Optional<WebhookEndpoint> find(Viewer admin, UUID id) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(admin.workspace(), () -> table.find(id));
  }

  public Outcome add(Viewer admin, EndpointInput input) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          List<Problem> problems = rules.problems(input);
          if (problems.isEmpty() && table.all().size() >= MOST) {
            problems =
                List.of(
                    Problem.ofUser(
                        "webhooks.too-many",
                        "There are " + MOST + " endpoints, which is the most. Delete one first."));
          }
          if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
          }
          UUID id = Ids.next(clock);
          WebhookSecret secret = WebhookSecret.random();
          table.insert(id, details(input, null), input.types(), secret, clock.instant());
          record(admin, "webhooks.added", id);
          return new Outcome.DoneWithSecret(table.find(id).orElseThrow(), secret.text());
        });
  }

  public Outcome change(Viewer admin, UUID id, EndpointInput input) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          Optional<WebhookEndpoint> before = table.lock(id);
          if (before.isEmpty()) {
            return new Outcome.Unknown();
          }
          List<Problem> problems = rules.problems(input);
          if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
          }
          Details details = details(input, before.get().details());
          table.change(id, details, input.types(), clock.instant());
          record(admin, "webhooks.changed", id);
          return new Outcome.Done(table.find(id).orElseThrow());
        });
  }

  /// Switches it off until [#resume]; what happens meanwhile is not kept for it.
  public Outcome pause(Viewer admin, UUID id) {
    return setState(admin, id, EndpointState.PAUSED, "webhooks.paused");
  }

  /// Switches it on, whatever it was off for.
  public Outcome resume(Viewer admin, UUID id) {
    return setState(admin, id, EndpointState.ON, "webhooks.resumed");
  }

  private Outcome setState(Viewer admin, UUID id, EndpointState state, String action) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          if (table.lock(id).isEmpty()) {
            return new Outcome.Unknown();
          }
          table.setState(id, state, clock.instant());
          record(admin, action, id);
          return new Outcome.Done(table.find(id).orElseThrow());
        });
  }

  /// A new secret from now on. Deliveries are signed with both for [#OVERLAP].
  public Outcome rotate(Viewer admin, UUID id) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          if (table.lock(id).isEmpty()) {
            return new Outcome.Unknown();
          }
          Instant now = clock.instant();
          WebhookSecret before = table.secrets(id, now).getFirst();
          WebhookSecret secret = WebhookSecret.random();
          table.setSecret(id, secret, before, now.plus(OVERLAP));
          record(admin, "webhooks.secret-rotated", id);
          return new Outcome.DoneWithSecret(table.find(id).orElseThrow(), secret.text());
        });
  }

  /// Nothing is sent to it any more; it is in the bin, and goes from there with its log.
  ///
  /// @return false if there is no such endpoint
  public boolean delete(Viewer admin, UUID id) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(), () -> delete(new Actor.Person(admin.person()), id));
  }

  /// The same, within a transaction of the workspace.
  boolean delete(Actor actor, UUID id) {
    boolean found = table.lock(id).isPresent();
    if (found) {
      table.markDeleted(id, clock.instant());
      bin.put(new Bin.Deleted(EndpointBin.KIND, id.toString(), EndpointBin.APP, actor));
      record(actor, "webhooks.deleted", id);
    }
    return found;
  }

  /// Brings a deleted one back.
  public Outcome restore(Viewer admin, UUID id) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () ->
            restore(new Actor.Person(admin.person()), id)
                ? new Outcome.Done(table.find(id).orElseThrow())
                : new Outcome.Unknown());
  }

  /// The same, within a transaction of the workspace.
  ///
  /// @return false if it is not in the bin
  boolean restore(Actor actor, UUID id) {
    if (!bin.takeOut(EndpointBin.KIND, id.toString()) || !table.restore(id)) {
      return false;
    }
    record(actor, "webhooks.restored", id);
    return true;
  }

  /// @param before null for a new one
  private static Details details(EndpointInput input, @Nullable Details before) {
    String authorization = input.authorization();
    if (authorization == null) {
      // What one machine is proven with is not sent to another: nobody reads it by moving the
      // endpoint to a machine of theirs.
      authorization =
          before != null && isSameOrigin(before.url(), input.url()) ? before.authorization() : null;
    } else if (authorization.isEmpty()) {
      authorization = null;
    }
    return new Details(input.url(), input.description(), authorization);
  }

  private static boolean isSameOrigin(String one, String other) {
    return Origin.of(URI.create(one)).equals(Origin.of(URI.create(other)));
  }

  private void record(Viewer admin, String action, UUID id) {
    record(new Actor.Person(admin.person()), action, id);
  }

  private void record(Actor actor, String action, UUID id) {
    audit.record(actor, action, Subject.of(EndpointBin.KIND, id));
  }
}
