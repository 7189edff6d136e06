package dev.bothy.platform.provisioning;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keycloak.KeycloakAway;
import dev.bothy.platform.keycloak.KeycloakRefused;
import dev.bothy.platform.keycloak.KeycloakUsers;
import dev.bothy.platform.keycloak.KeycloakUsers.Making;
import dev.bothy.platform.keycloak.WantedUser;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.Metrics.UserSync;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.SignOnSettings;
import dev.bothy.platform.work.OutboxSender;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Brings one person's user in Keycloak to what the members' rows say when it is done.
///
/// ## Whose users are changed
///
/// Those that Bothy made. A user who was there before belongs to whoever made them: a workspace's
/// directory may name anybody, and must not thereby get a hold of somebody's account.
///
/// ## Two workspaces at once
///
/// What is wanted is read again after each change, and brought again if it became different: of two
/// who change the same person, whoever comes last sees what both have stored.
@Component
class UserSender implements OutboxSender {
  private static final Logger LOG = LoggerFactory.getLogger(UserSender.class);
  private static final int TIMES = 5;

  private final ObjectProvider<KeycloakUsers> keycloak;
  private final ProvisionedUsers provisioned;
  private final Wishes wishes;
  private final People people;
  private final Workspaces workspaces;
  private final Schedule schedule;
  private final SignOnSettings signOn;
  private final Metrics metrics;
  private final Clock clock;

  UserSender(
      ObjectProvider<KeycloakUsers> keycloak,
      ProvisionedUsers provisioned,
      Wishes wishes,
      People people,
      Workspaces workspaces,
      Schedule schedule,
      SignOnSettings signOn,
      Metrics metrics,
      Clock clock) {
    this.keycloak = keycloak;
    this.provisioned = provisioned;
    this.wishes = wishes;
    this.people = people;
    this.workspaces = workspaces;
    this.schedule = schedule;
    this.signOn = signOn;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// What came of it.
  private sealed interface Brought {
    record Done(UserSync result) implements Brought {}

    record Refused(String why) implements Brought {}
  }

  @Override
  public Set<String> kinds() {
    return Set.of(Requests.KIND);
  }

  @Override
  public Result send(Item item) {
    KeycloakUsers users = keycloak.getIfAvailable();
    if (users == null) {
      // It was switched off since.
      return new Result.Sent(null);
    }
    Request request = Request.read(item.payload());
    try {
      return switch (bring(users, request.person(), item.workspace())) {
        case Brought.Done done -> {
          count(request, done.result());
          yield new Result.Sent(null);
        }
        case Brought.Refused refused -> {
          metrics.userSynced(UserSync.REFUSED);
          yield new Result.Rejected(refused.why());
        }
      };
    } catch (KeycloakAway away) {
      return new Result.Unreachable(String.valueOf(away.getMessage()));
    } catch (KeycloakRefused refused) {
      String why = String.valueOf(refused.getMessage());
      LOG.warn("A user was not brought along: {}", why);
      return switch (refused.why()) {
        case TAKEN, CONTENT -> {
          metrics.userSynced(UserSync.REFUSED);
          yield new Result.Rejected(why);
        }
        // Whoever looks after Keycloak sets it right, and then the same succeeds.
        case CREDENTIALS, RIGHT, MISSING -> new Result.Unreachable(why);
      };
    }
  }

  @Override
  public void settled(Item item, Result result) {
    provisioned.answered(Request.read(item.payload()).person());
  }

  private void count(Request request, UserSync result) {
    metrics.userSynced(result);
    switch (request.why()) {
      case CHANGED -> {
        Duration lag = Duration.between(request.at(), clock.instant());
        metrics.userSyncLag(lag.isNegative() ? Duration.ZERO : lag);
      }
      case COMPARE -> {
        if (result == UserSync.MADE || result == UserSync.CHANGED) {
          LOG.info("A user in Keycloak differed from what is wanted, and was brought back");
          metrics.userRepaired();
        }
      }
    }
  }

  private Brought bring(KeycloakUsers users, PersonId person, WorkspaceId asking) {
    UserSync result = UserSync.UNCHANGED;
    for (int time = 0; time < TIMES; time++) {
      Optional<ProvisionedUser> ours = ours(person);
      Wish wish = wishes.of(person, ours.map(ProvisionedUser::home).orElse(null));
      Brought once =
          ours.isEmpty()
              ? begin(users, person, wish, asking)
              : bring(users, person, wish.user(), ours.get());
      if (!(once instanceof Brought.Done done)) {
        return once;
      }
      if (done.result() == UserSync.UNCHANGED || done.result() == UserSync.NOT_OURS) {
        if (!wish.user().enabled()) {
          forgetErased(person);
        }
        return time == 0 ? done : new Brought.Done(result);
      }
      result = result == UserSync.MADE ? result : done.result();
    }
    return new Brought.Done(result);
  }

  private Brought begin(KeycloakUsers users, PersonId person, Wish wish, WorkspaceId asking) {
    WantedUser.Profile profile = wish.user().profile();
    if (profile == null) {
      return new Brought.Done(UserSync.NOT_OURS);
    }
    if (wish.signedIn() || users.idOf(profile.username()).isPresent()) {
      return new Brought.Done(UserSync.NOT_OURS);
    }
    workspaces.inWorkspace(
        asking,
        () -> {
          if (provisioned.begin(person, asking)) {
            schedule.set(
                Comparison.KIND, asking.value(), clock.instant().plus(Comparison.INTERVAL));
          }
        });
    return make(users, person, profile, wish.user().enabled());
  }

  private Brought bring(
      KeycloakUsers users, PersonId person, WantedUser wanted, ProvisionedUser ours) {
    String subject = ours.subject();
    WantedUser.Profile profile = wanted.profile();
    if (subject == null) {
      if (profile == null) {
        return new Brought.Done(UserSync.UNCHANGED);
      }
      // Made just before a crash, or not yet.
      Optional<String> there = users.idOf(profile.username());
      if (there.isPresent()) {
        note(person, there.get());
        return new Brought.Done(UserSync.MADE);
      }
      return make(users, person, profile, wanted.enabled());
    }
    return switch (users.bring(subject, wanted)) {
      case UNCHANGED -> new Brought.Done(UserSync.UNCHANGED);
      case CHANGED -> new Brought.Done(UserSync.CHANGED);
      case GONE -> again(users, person, wanted);
    };
  }

  /// The user is gone, e.g. since Keycloak was restored from before they were made.
  private Brought again(KeycloakUsers users, PersonId person, WantedUser wanted) {
    WantedUser.Profile profile = wanted.profile();
    if (profile == null || !wanted.enabled()) {
      return new Brought.Done(UserSync.UNCHANGED);
    }
    if (users.idOf(profile.username()).isPresent()) {
      workspaces.forInstallation(() -> provisioned.notOurs(person));
      return new Brought.Done(UserSync.NOT_OURS);
    }
    workspaces.forInstallation(() -> provisioned.lost(person));
    return make(users, person, profile, true);
  }

  private Brought make(
      KeycloakUsers users, PersonId person, WantedUser.Profile profile, boolean enabled) {
    return switch (users.make(profile, enabled)) {
      case Making.Made made -> {
        note(person, made.id());
        yield new Brought.Done(UserSync.MADE);
      }
      case Making.Taken taken -> {
        workspaces.forInstallation(() -> provisioned.notOurs(person));
        yield new Brought.Refused(taken.why());
      }
    };
  }

  /// From now on the person is that user, so that their first sign-in needs no guess.
  private void note(PersonId person, String subject) {
    workspaces.forInstallation(() -> {
      people.identify(person, signOn.issuer().toString(), subject);
      provisioned.made(person, subject);
    });
  }

  /// Whoever is erased has no place anywhere; once their user is switched off, nothing is left to
  /// do for it.
  private void forgetErased(PersonId person) {
    workspaces.forInstallation(() -> {
      if (people.isErased(person)) {
        provisioned.notOurs(person);
      }
    });
  }

  private Optional<ProvisionedUser> ours(PersonId person) {
    return workspaces.forInstallation(() -> provisioned.find(person));
  }
}
