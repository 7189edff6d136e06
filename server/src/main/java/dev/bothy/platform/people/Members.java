package dev.bothy.platform.people;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/// The places of people in a workspace: who has one, on whose word with which roles, and how it
/// ends and comes back. Called within a transaction of the workspace; every change is audited, and
/// told to the apps by [MemberAdded], [MemberLeft], [MemberReturned], [MemberChanged] and
/// [MemberGone] within that transaction.
///
/// Roles are read from these rows at each request, so a place has ended for every page, API and
/// stream when the transaction that ends it has committed.
@Service
public class Members {
  /// The kind of scheduled work that ends the grace; its subject is the person.
  static final String GRACE = "people.grace";

  private final MemberTable table;
  private final PersonTable people;
  private final Sessions sessions;
  private final Workspaces workspaces;
  private final Schedule schedule;
  private final Audit audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Members(
      MemberTable table,
      PersonTable people,
      Sessions sessions,
      Workspaces workspaces,
      Schedule schedule,
      Audit audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.table = table;
    this.people = people;
    this.sessions = sessions;
    this.workspaces = workspaces;
    this.schedule = schedule;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /// Somebody as a directory describes them.
  ///
  /// @param name 1 to 200 characters
  /// @param username what they sign in with, 1 to 200 characters; case does not matter
  /// @param email null if the directory has none
  public record Profile(String name, String username, @Nullable String email) {}

  /// What became of a change that somebody asked for.
  public sealed interface Outcome {
    /// It is done.
    record Done() implements Outcome {}

    /// It was so already.
    record Unchanged() implements Outcome {}

    /// Nobody here has this id.
    record Unknown() implements Outcome {}

    /// Only an owner makes owners or ends their place.
    record OwnersOnly() implements Outcome {}

    /// The workspace would have no owner.
    record LastOwner() implements Outcome {}

    /// Somebody without any role has no place; end it instead.
    record NoRole() implements Outcome {}

    /// What the directory ended, or what its grace is over for, is not given back here.
    record NotHere() implements Outcome {}
  }

  /// Everybody who has a place, and who had one while its grace lasts; by name.
  public List<Member> list() {
    return table.all();
  }

  /// A page of those who fit, by name.
  ///
  /// @param offset how many come before it, from 0
  /// @param limit 1 to 200
  public MemberPage page(MemberFilter filter, int offset, int limit) {
    if (offset < 0 || limit < 1 || limit > 200) {
      throw new IllegalArgumentException("1 to 200 members make a page: " + limit);
    }
    return new MemberPage(table.page(filter, offset, limit), table.count(filter));
  }

  /// Somebody who has a place, or had one while its grace lasts.
  public Optional<Member> find(PersonId person) {
    return table.find(person);
  }

  /// Somebody as the workspace's directory describes them; empty if it does not, or they have no
  /// place here.
  public Optional<Profile> described(PersonId person) {
    return table.described(person);
  }

  /// Whether the workspace's directory describes somebody and has not let them go: also if an admin
  /// has ended their place. It would give them a new one.
  public boolean isHeldByDirectory(PersonId person) {
    return find(person)
        .filter(member -> !member.endings().contains(Ended.DIRECTORY))
        .map(member -> table.isDescribed(member.person()))
        .orElse(false);
  }

  /// The active members whose address this is, without regard to case.
  public List<PersonId> byEmail(String email) {
    return table.byEmail(email);
  }

  /// Finds or makes the person with this user name, and gives them a place here with the role
  /// member on the directory's word, or the one back that they had.
  ///
  /// Whoever never signed in has no subject yet: the first sign-in with that user name, or with
  /// that verified address, is theirs.
  public PersonId provision(Profile profile, Actor by) {
    people.lockName(workspaces.current().value(), profile.username());
    PersonId person = meant(profile);
    if (!add(person, RoleSource.DIRECTORY, EnumSet.of(Role.MEMBER), by)) {
      reactivate(person, by);
    }
    change(person, profile);
    return person;
  }

  /// Whom this workspace's directory means. Somebody whom only another workspace's directory has
  /// named is none of its business, and stays another person until they sign in.
  private PersonId meant(Profile profile) {
    String email = profile.email();
    return table
        .byUsername(profile.username())
        .or(() -> people.signingInAs(profile.username()))
        .or(() -> email == null ? Optional.empty() : table.bySignOnEmail(email))
        .orElseGet(() -> people.unclaimed(profile));
  }

  /// Somebody whom the directory has named turned out to be somebody who signs in: their place, and
  /// what the apps know of them, becomes theirs. Who had a place already has what both say.
  void join(PersonId from, PersonId into) {
    if (from.equals(into)) {
      return;
    }
    Map<PersonId, Member> both =
        table.lock(List.of(from, into)).stream()
            .collect(Collectors.toMap(Member::person, member -> member));
    Member named = both.get(from);
    if (named == null) {
      return;
    }
    Member own = both.get(into);
    if (own != null && table.isDescribed(into)) {
      // The directory says that they are two.
      return;
    }
    if (own == null) {
      table.move(from, into);
    } else {
      table.delete(from);
      table.describe(into, new Profile(named.name(), named.username(), named.email()));
      set(own, RoleSource.DIRECTORY, rolesOf(named, RoleSource.DIRECTORY), new Actor.System());
    }
    schedule.clear(GRACE, from.value());
    record(new Actor.System(), "people.joined", into, Map.of("was", from.toString()));
    events.publishEvent(new PersonJoined(workspaces.current(), from, into));
    people.forget(from);
    if (own != null) {
      if (named.active()) {
        reactivate(into, new Actor.System());
      } else {
        deactivate(into, new Actor.System(), Ended.DIRECTORY);
      }
    } else if (named.deactivatedAt() != null) {
      schedule.set(GRACE, into.value(), named.deactivatedAt().plus(Member.GRACE));
    }
  }

  /// Takes over what the directory says of a member.
  public void change(PersonId person, Profile profile) {
    if (table.describe(person, profile)) {
      people.describe(person, profile);
      events.publishEvent(new MemberChanged(workspaces.current(), person));
    }
  }

  /// Gives the person exactly these roles on the word of this source. Somebody without a place gets
  /// one by their first role; whose last role goes, loses it. A place that has ended stays so,
  /// unless sign-on ended it and sign-on gives it back.
  public void setRoles(PersonId person, RoleSource source, Set<Role> roles, Actor by) {
    setRoles(Map.of(person, roles), source, by);
  }

  /// The same for many at once, at the price of one question and a change for each who differs.
  public void setRoles(Map<PersonId, Set<Role>> rolesOf, RoleSource source, Actor by) {
    Map<PersonId, Member> known =
        table.lock(rolesOf.keySet()).stream()
            .collect(Collectors.toMap(Member::person, member -> member));
    rolesOf.forEach((person, roles) -> {
      Member before = known.get(person);
      if (before == null && !roles.isEmpty() && !add(person, source, roles, by)) {
        // Somebody else was quicker.
        before = lock(person).orElse(null);
      }
      if (before != null) {
        set(before, source, roles, by);
      }
    });
  }

  /// Somebody here gives a person exactly these roles, beside what directory and sign-on say.
  public Outcome give(Viewer by, PersonId person, Set<Role> roles) {
    by.require(Role.ADMIN);
    table.lockOwners(by.workspace().value());
    Optional<Member> found = lock(person);
    if (found.isEmpty() || !found.get().active()) {
      return new Outcome.Unknown();
    }
    Member member = found.get();
    Set<Role> before = rolesOf(member, RoleSource.GIVEN);
    if (before.equals(roles)) {
      return new Outcome.Unchanged();
    }
    Set<Role> all = union(member, RoleSource.GIVEN, roles);
    boolean owners =
        before.contains(Role.OWNER) != roles.contains(Role.OWNER)
            || member.isOwner() != all.contains(Role.OWNER);
    if (owners && !by.may()) {
      return new Outcome.OwnersOnly();
    }
    if (all.isEmpty()) {
      return new Outcome.NoRole();
    }
    if (member.isOwner() && !all.contains(Role.OWNER) && !table.hasOtherOwner(person)) {
      return new Outcome.LastOwner();
    }
    set(member, RoleSource.GIVEN, roles, new Actor.Person(by.person()));
    return new Outcome.Done();
  }

  /// Somebody here ends a person's place.
  public Outcome end(Viewer by, PersonId person) {
    by.require(Role.ADMIN);
    table.lockOwners(by.workspace().value());
    Optional<Member> found = lock(person);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    Member member = found.get();
    if (member.endings().contains(Ended.ADMIN)) {
      return new Outcome.Unchanged();
    }
    if (member.isOwner() && !by.may()) {
      return new Outcome.OwnersOnly();
    }
    if (member.active() && member.isOwner() && !table.hasOtherOwner(person)) {
      return new Outcome.LastOwner();
    }
    end(member, new Actor.Person(by.person()), Ended.ADMIN);
    return new Outcome.Done();
  }

  /// Somebody here gives a place back that an admin or sign-on ended.
  public Outcome giveBack(Viewer by, PersonId person) {
    by.require(Role.ADMIN);
    Optional<Member> found = lock(person);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    Member member = found.get();
    if (member.active()) {
      return new Outcome.Unchanged();
    }
    if (member.endings().contains(Ended.DIRECTORY)) {
      return new Outcome.NotHere();
    }
    if (member.isOwner() && !by.may()) {
      return new Outcome.OwnersOnly();
    }
    giveBack(
        member,
        EnumSet.of(Ended.ADMIN, Ended.SIGN_ON),
        RoleSource.GIVEN,
        new Actor.Person(by.person()));
    return new Outcome.Done();
  }

  /// Ends somebody's place: for every page, API and stream with this transaction, and in the apps
  /// within a minute. What they had is kept for [Member#GRACE]. A place that had ended already ends
  /// by this word too.
  ///
  /// @return false if it had ended by this word, or never was
  public boolean deactivate(PersonId person, Actor by, Ended why) {
    Optional<Member> found = lock(person).filter(member -> !member.endings().contains(why));
    found.ifPresent(member -> end(member, by, why));
    return found.isPresent();
  }

  /// The directory gives a place back, with what came with it. What an admin ended stays so.
  ///
  /// @return whether the place is back; false also if it had not ended, or its grace is over
  public boolean reactivate(PersonId person, Actor by) {
    return lock(person)
        .filter(member -> !member.active())
        .map(member ->
            giveBack(member, EnumSet.of(Ended.DIRECTORY, Ended.SIGN_ON), RoleSource.DIRECTORY, by))
        .orElse(false);
  }

  /// Takes over the address that sign-on vouches for, where no directory describes the member.
  void signedIn(PersonId person, @Nullable String verifiedEmail) {
    table.noteEmail(person, verifiedEmail);
  }

  /// The grace is over: the row goes, and what apps kept.
  void graceIsOver(PersonId person) {
    Optional<Member> found =
        lock(person)
            .filter(member -> {
              Instant ends = member.graceEndsAt();
              return ends != null && !ends.isAfter(clock.instant());
            });
    if (found.isPresent()) {
      remove(person);
    }
  }

  /// Ends somebody's place for good, with no grace: what the apps keep for a return goes too.
  ///
  /// @param lastToo whether even the last owner goes, as when the workspace itself does
  /// @return done, or why not: it never was, or it is the last owner's
  public Outcome erase(PersonId person, Actor by, boolean lastToo) {
    table.lockOwners(workspaces.current().value());
    Optional<Member> found = lock(person);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    Member member = found.get();
    if (member.active() && member.isOwner() && !lastToo && !table.hasOtherOwner(person)) {
      return new Outcome.LastOwner();
    }
    if (member.active()) {
      end(member, by, Ended.ADMIN);
    }
    schedule.clear(GRACE, person.value());
    remove(person);
    return new Outcome.Done();
  }

  private void remove(PersonId person) {
    events.publishEvent(new MemberGone(workspaces.current(), person));
    table.delete(person);
    record(new Actor.System(), "people.removed", person, Map.of());
  }

  private Optional<Member> lock(PersonId person) {
    return table.lock(List.of(person)).stream().findFirst();
  }

  /// @return false if they are a member already
  private boolean add(PersonId person, RoleSource source, Set<Role> roles, Actor by) {
    boolean added =
        table.insert(workspaces.current().value(), person, source, roles, clock.instant());
    if (added) {
      recordRoles(by, person, source, Set.of(), roles);
      events.publishEvent(new MemberAdded(workspaces.current(), person));
    }
    return added;
  }

  private void set(Member before, RoleSource source, Set<Role> roles, Actor by) {
    Set<Role> all = union(before, source, roles);
    boolean differs = !rolesOf(before, source).equals(roles);
    if (differs) {
      // What a place that has ended had last is still shown; what it comes back with is asked anew.
      table.setRoles(before.person(), source, roles, all.isEmpty() ? before.roles() : all);
    }
    if (all.isEmpty()) {
      if (before.active()) {
        end(before, by, endedBy(source));
      }
      return;
    }
    if (differs) {
      recordRoles(by, before.person(), source, before.roles(), all);
    }
    if (source == RoleSource.SIGN_ON
        && !roles.isEmpty()
        && before.endings().contains(Ended.SIGN_ON)) {
      giveBack(before, EnumSet.of(Ended.SIGN_ON), source, by);
    }
  }

  private void end(Member member, Actor by, Ended why) {
    PersonId person = member.person();
    Instant since = member.deactivatedAt();
    Set<Ended> endings = EnumSet.of(why);
    endings.addAll(member.endings());
    table.setEndings(person, endings, since == null ? clock.instant() : since);
    record(
        by,
        "people.deactivated",
        person,
        Map.of("had", inWords(member.roles()), "by", why.name().toLowerCase(Locale.ROOT)));
    if (!member.active()) {
      return;
    }
    // A place elsewhere keeps its sessions; here they open nothing any more.
    if (people.hasNoPlace(person)) {
      sessions.endAll(person);
    }
    schedule.set(GRACE, person.value(), clock.instant().plus(Member.GRACE));
    events.publishEvent(new MemberLeft(workspaces.current(), person));
  }

  /// Takes words back by which a place has ended; when none is left it is back, with what its
  /// sources say now. If they say nothing it is a member's, on the word that gives it back.
  ///
  /// @return whether it is back
  private boolean giveBack(Member before, Set<Ended> words, RoleSource source, Actor by) {
    PersonId person = before.person();
    Set<Ended> left = EnumSet.noneOf(Ended.class);
    left.addAll(before.endings());
    left.removeAll(words);
    if (!left.isEmpty()) {
      table.setEndings(person, left, before.deactivatedAt());
      return false;
    }
    table.setEndings(person, left, null);
    Member now = lock(person).orElseThrow();
    Set<Role> roles = union(now, source, rolesOf(now, source));
    if (roles.isEmpty()) {
      roles = EnumSet.of(Role.MEMBER);
      table.setRoles(person, source, roles, roles);
    } else {
      table.setRoles(person, source, rolesOf(now, source), roles);
    }
    schedule.clear(GRACE, person.value());
    record(by, "people.reactivated", person, Map.of("has", inWords(roles)));
    events.publishEvent(new MemberReturned(workspaces.current(), person));
    return true;
  }

  private void recordRoles(
      Actor by, PersonId person, RoleSource source, Set<Role> had, Set<Role> has) {
    record(
        by,
        "people.roles-changed",
        person,
        Map.of(
            "had",
            inWords(had),
            "has",
            inWords(has),
            "source",
            source.name().toLowerCase(Locale.ROOT)));
  }

  private void record(Actor by, String action, PersonId person, Map<String, String> details) {
    audit.record(by, action, Subject.of("people.person", person.value()), details);
  }

  private static Ended endedBy(RoleSource source) {
    return switch (source) {
      case GIVEN -> Ended.ADMIN;
      case SIGN_ON -> Ended.SIGN_ON;
      case DIRECTORY -> Ended.DIRECTORY;
    };
  }

  private static Set<Role> rolesOf(Member member, RoleSource source) {
    return member.rolesBySource().getOrDefault(source, Set.of());
  }

  private static Set<Role> union(Member member, RoleSource changed, Set<Role> roles) {
    Map<RoleSource, Set<Role>> bySource = new EnumMap<>(member.rolesBySource());
    bySource.put(changed, roles);
    Set<Role> all = EnumSet.noneOf(Role.class);
    bySource.values().forEach(all::addAll);
    return all;
  }

  private static String inWords(Collection<Role> roles) {
    return roles.isEmpty()
        ? "none"
        : roles.stream().sorted().map(Role::label).collect(Collectors.joining("+"));
  }
}
