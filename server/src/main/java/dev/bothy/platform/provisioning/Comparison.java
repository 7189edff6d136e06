package dev.bothy.platform.provisioning;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keycloak.KeycloakSettings;
import dev.bothy.platform.provisioning.Request.Why;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Has each user whom Bothy made looked at every hour, since somebody may have changed them in
/// Keycloak, or restored it from before. The subject is the workspace.
@Component
class Comparison implements ScheduleHandler {
  static final String KIND = "keycloak.compare";

  /// How often each user is looked at.
  static final Duration INTERVAL = Duration.ofHours(1);

  /// So many at once, so that changes of today need not wait behind them.
  private static final int BATCH = 200;

  private static final Duration NEXT_BATCH = Duration.ofMinutes(1);

  private final ProvisionedUsers provisioned;
  private final Requests requests;
  private final KeycloakSettings settings;

  Comparison(ProvisionedUsers provisioned, Requests requests, KeycloakSettings settings) {
    this.provisioned = provisioned;
    this.requests = requests;
    this.settings = settings;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public Optional<Instant> run(Due due) {
    if (!settings.provisioning()) {
      return Optional.of(due.now().plus(INTERVAL));
    }
    List<PersonId> taken =
        provisioned.take(new WorkspaceId(due.subject()), due.now().minus(INTERVAL), BATCH);
    taken.forEach(person -> requests.add(person, Why.COMPARE));
    return Optional.of(due.now().plus(taken.size() == BATCH ? NEXT_BATCH : INTERVAL.dividedBy(4)));
  }
}
