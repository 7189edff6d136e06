package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.MemberGone;
import dev.bothy.platform.people.MemberLeft;
import dev.bothy.platform.people.MemberReturned;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.PersonJoined;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Hands over what somebody had who left the workspace: their places are taken off the rotations
/// and kept for their return; where they are on duty the next person takes over at once.
///
/// The event sets a piece of scheduled work in its own transaction, which then looks at how things
/// are: whoever is back before it ran keeps everything, and running twice changes nothing.
@Component
class Leavers implements ScheduleHandler {
  /// The kind of scheduled work; its subject is the person.
  static final String KIND = "rotations.leaver";

  private static final int BEFORE_LINKS = -1;

  private final RotationTable rotations;
  private final DepartureTable departures;
  private final PlanChanges changes;
  private final RequestEnds requests;
  private final Duty duty;
  private final Announcer announcer;
  private final RotationPeople people;
  private final RotationLog log;
  private final ChatLinks links;
  private final Members members;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final Clock clock;

  Leavers(
      RotationTable rotations,
      DepartureTable departures,
      PlanChanges changes,
      RequestEnds requests,
      Duty duty,
      Announcer announcer,
      RotationPeople people,
      RotationLog log,
      ChatLinks links,
      Members members,
      Schedule schedule,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.departures = departures;
    this.changes = changes;
    this.requests = requests;
    this.duty = duty;
    this.announcer = announcer;
    this.people = people;
    this.log = log;
    this.links = links;
    this.members = members;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  private record Account(ConnectionId connection, String account) {}

  @EventListener
  void on(MemberLeft left) {
    schedule.set(KIND, left.person().value(), clock.instant());
  }

  @EventListener
  void on(MemberReturned returned) {
    schedule.set(KIND, returned.person().value(), clock.instant());
  }

  /// Before their links go, by which their places are found: whoever is erased goes at once, and
  /// may still have them all.
  @EventListener
  @Order(BEFORE_LINKS)
  void on(MemberGone gone) {
    takeOver(gone.person(), clock.instant());
    workspaces.flush();
    departures.delete(gone.person());
  }

  @EventListener
  void on(PersonJoined joined) {
    departures.move(joined.from(), joined.into());
    schedule.clear(KIND, joined.from().value());
    schedule.set(KIND, joined.into().value(), clock.instant());
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
    PersonId person = new PersonId(due.subject());
    Optional<Member> member = members.find(person);
    if (member.isPresent()) {
      if (member.get().active()) {
        giveBack(person, due.now());
      } else {
        takeOver(person, due.now());
      }
    }
    return Optional.empty();
  }

  private void takeOver(PersonId person, Instant now) {
    Set<Account> accounts = new HashSet<>();
    for (LinkedAccount linked : links.accountsOfLeaver(person)) {
      accounts.add(new Account(linked.connection(), linked.account()));
    }
    Stream.concat(rotations.living().stream(), rotations.deleted().stream())
        .filter(rotation ->
            Stream.concat(rotation.people().stream(), changes.people(rotation, now).stream())
                .anyMatch(each -> isOf(accounts, rotation, each)))
        .toList()
        .forEach(rotation -> takeOver(rotation, accounts, person, now));
  }

  private static boolean isOf(
      Set<Account> accounts, RotationEntity rotation, Participant participant) {
    return accounts.contains(new Account(rotation.connection(), participant.account()));
  }

  private void takeOver(
      RotationEntity rotation, Set<Account> accounts, PersonId person, Instant now) {
    Duty.Pending pending = duty.leaving(rotation, now);
    Set<Participant> left = new LinkedHashSet<>();
    for (Layer layer : rotation.layers()) {
      for (Roster.Place place : layer.roster().places()) {
        Participant whose = place.person();
        if (whose != null && isOf(accounts, rotation, whose)) {
          departures.add(rotation.id(), layer.id(), person, whose, place.number(), now);
          rotation.leave(layer.id(), whose);
          left.add(whose);
        }
      }
    }
    changes.people(rotation, now).stream()
        .filter(each -> isOf(accounts, rotation, each))
        .forEach(each -> changes.forget(rotation, each, now));
    accounts.stream()
        .filter(each -> each.connection().equals(rotation.connection()))
        .forEach(each -> requests.forget(rotation, new Participant(each.account()), now));
    log.left(rotation, person);
    if (rotation.deletedAt().isPresent()) {
      return;
    }
    if (people.reachable(rotation.connection())) {
      left.forEach(each -> announcer.left(rotation, each));
    }
    pending.done(new Actor.System());
  }

  /// The places, not the duty: whoever has that keeps it until the next hand-off.
  private void giveBack(PersonId person, Instant now) {
    for (Departure departure : departures.take(person)) {
      rotations
          .byId(departure.rotation())
          .filter(rotation -> misses(rotation, departure))
          .ifPresent(rotation -> {
            Duty.Pending pending = duty.changing(rotation, now);
            rotation.comeBack(departure.layer(), departure.person(), departure.place());
            log.cameBack(rotation, person);
            if (rotation.deletedAt().isEmpty()) {
              pending.done(new Actor.System());
            }
          });
    }
  }

  private static boolean misses(RotationEntity rotation, Departure departure) {
    return rotation.layers().stream()
        .anyMatch(layer ->
            layer.id().equals(departure.layer())
                && !layer.roster().people().contains(departure.person()));
  }
}
