package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BothyTest
class MembersTest {
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired People people;
  @Autowired Sessions sessions;
  @Autowired TestPeople testPeople;
  @Autowired Audit audit;
  @Autowired TestClock clock;
  private Workspace workspace;
  private String username = "";

  @BeforeEach
  void aWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces);
    username = "ada-" + UUID.randomUUID();
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void whomADirectoryNamesIsAMemberBeforeTheySignInAndTheSameAfterwards() {
    PersonId named = provision(username, null);
    assertThat(find(named).signedIn()).isFalse();
    assertThat(find(named).roles()).containsExactly(Role.MEMBER);
    PersonId signedIn = people.signedIn(claims(username.toUpperCase(Locale.ROOT), null));
    assertThat(signedIn).isEqualTo(named);
    assertThat(find(named).signedIn()).isTrue();
    assertThat(people.signedIn(claims(username, null))).isNotEqualTo(named);
  }

  @Test
  void aVerifiedAddressFindsTheOneWhomADirectoryNamedByIt() {
    String email = username + "@corp.test";
    PersonId named = provision("other-" + username, email);
    assertThat(people.signedIn(claims(username, email))).isEqualTo(named);
  }

  @Test
  void anAddressOfTwoPeopleFindsNeither() {
    String email = username + "@corp.test";
    PersonId one = provision("one-" + username, email);
    PersonId two = provision("two-" + username, email);
    assertThat(people.signedIn(claims(username, email))).isNotIn(one, two);
  }

  @Test
  void anotherWorkspacesDirectoryIsNotAboutThemBeforeTheySignIn() {
    PersonId here = provision(username, "ada@here.test");
    Workspace other = TestWorkspaces.fresh(workspaces);
    PersonId there = provisionIn(other, username, "mallory@there.test");
    assertThat(there).isNotEqualTo(here);
    workspaces.inWorkspace(
        other.id(),
        () ->
            members.change(
                there, new Members.Profile("Mallory", "mallory-" + username, "m@there.test")));
    PersonId mallory = signIn(claims("mallory-" + username, "mallory@there.test"));
    assertThat(people.rolesOf(workspace.id(), mallory)).isEmpty();
    PersonId ada = signIn(claims(username, "ada@here.test"));
    assertThat(ada).isEqualTo(here);
    assertThat(people.rolesOf(workspace.id(), ada)).containsExactly(Role.MEMBER);
    assertThat(people.rolesOf(other.id(), ada)).isEmpty();
  }

  @Test
  void whoSignsInHasThePlacesOfAllWorkspacesThatNamedThem() {
    PersonId here = provision(username, null);
    Workspace other = TestWorkspaces.fresh(workspaces);
    PersonId there = provisionIn(other, username, null);
    PersonId ada = signIn(claims(username, null));
    assertThat(ada).isIn(here, there);
    assertThat(people.membershipsOf(ada))
        .extracting(Membership::workspace)
        .contains(workspace.id(), other.id());
    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    assertThat(people.rolesOf(other.id(), ada)).containsExactly(Role.MEMBER);
  }

  @Test
  void whoSignedInFirstIsTheOneWhomTheDirectoryNamesByAddress() {
    Claims claims = claims(username, username + "@corp.test");
    PersonId ada = signIn(claims);
    setRoles(ada, RoleSource.SIGN_ON, Role.ADMIN);
    in(() -> {
      members.signedIn(ada, username + "@corp.test");
      return true;
    });
    PersonId named = provision(username + "@corp.test", username + "@corp.test");
    assertThat(named).isEqualTo(ada);
    in(() -> members.deactivate(named, SYSTEM, Ended.DIRECTORY));
    assertThat(people.rolesOf(workspace.id(), ada)).isEmpty();
  }

  @Test
  void whomTheDirectoryNamedTwiceByMistakeJoinsAtTheNextSignIn() {
    Claims claims = claims(username, username + "@corp.test");
    PersonId ada = signIn(claims);
    setRoles(ada, RoleSource.SIGN_ON, Role.ADMIN);
    PersonId named = provision("upn-" + username, username + "@corp.test");
    assertThat(named).isNotEqualTo(ada);
    setRoles(named, RoleSource.DIRECTORY, Role.AGENT);
    signIn(claims);
    assertThat(find(ada).roles()).contains(Role.AGENT);
    assertThat(find(ada).username()).isEqualTo("upn-" + username);
    assertThat(in(() -> members.find(named))).isEmpty();
  }

  @Test
  void twoOwnersWhoEndEachOtherLeaveOne() throws Exception {
    TestPeople.Someone one = testPeople.stranger("One");
    TestPeople.Someone two = testPeople.stranger("Two");
    setRoles(one.id(), RoleSource.GIVEN, Role.OWNER);
    setRoles(two.id(), RoleSource.GIVEN, Role.OWNER);
    Viewer byOne = people.viewer(one.id(), "One", workspace.slug()).orElseThrow();
    Viewer byTwo = people.viewer(two.id(), "Two", workspace.slug()).orElseThrow();
    CountDownLatch begin = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Members.Outcome>> outcomes =
          List.of(
              threads.submit(() -> {
                begin.await();
                return in(() -> members.end(byOne, two.id()));
              }),
              threads.submit(() -> {
                begin.await();
                return in(() -> members.end(byTwo, one.id()));
              }));
      begin.countDown();
      assertThat(List.of(outcomes.getFirst().get(), outcomes.getLast().get()))
          .containsExactlyInAnyOrder(new Members.Outcome.Done(), new Members.Outcome.LastOwner());
    }
  }

  @Test
  void eachWordThatEndedAPlaceHasToGiveItBack() {
    TestPeople.Someone admin = testPeople.signedIn(workspace, "Adam", Role.ADMIN);
    Viewer by = people.viewer(admin.id(), "Adam", workspace.slug()).orElseThrow();
    PersonId ada = provision(username, null);
    assertThat(in(() -> members.end(by, ada))).isEqualTo(new Members.Outcome.Done());
    assertThat(in(() -> members.reactivate(ada, SYSTEM))).isFalse();
    assertThat(find(ada).active()).isFalse();
    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    assertThat(in(() -> members.giveBack(by, ada))).isEqualTo(new Members.Outcome.NotHere());
    in(() -> members.reactivate(ada, SYSTEM));
    assertThat(find(ada).endedBy()).isEqualTo(Ended.ADMIN);
    assertThat(in(() -> members.giveBack(by, ada))).isEqualTo(new Members.Outcome.Done());
    assertThat(find(ada).active()).isTrue();
  }

  @Test
  void rolesThatSignOnTookDoNotComeBackByTheDirectory() {
    TestPeople.Someone ada = testPeople.signedIn(workspace, "Ada", Role.OWNER);
    setRoles(ada.id(), RoleSource.SIGN_ON);
    assertThat(find(ada.id()).active()).isFalse();
    in(() -> members.reactivate(ada.id(), SYSTEM));
    assertThat(find(ada.id()).roles()).containsExactly(Role.MEMBER);
  }

  @Test
  void aRoleFromASecondSourceIsWrittenDownToo() {
    TestPeople.Someone ada = testPeople.signedIn(workspace, "Ada", Role.OWNER);
    setRoles(ada.id(), RoleSource.GIVEN, Role.OWNER);
    assertThat(actions(ada.id())).startsWith("people.roles-changed", "people.roles-changed");
  }

  @Test
  void rolesAreWhatAllSourcesSayTogether() {
    TestPeople.Someone ada = testPeople.signedIn(workspace, "Ada", Role.MEMBER);
    setRoles(ada.id(), RoleSource.DIRECTORY, Role.MANAGER);
    assertThat(find(ada.id()).roles()).containsExactlyInAnyOrder(Role.MEMBER, Role.MANAGER);
    setRoles(ada.id(), RoleSource.SIGN_ON);
    assertThat(find(ada.id()).roles()).containsExactly(Role.MANAGER);
    assertThat(actions(ada.id())).startsWith("people.roles-changed", "people.roles-changed");
  }

  @Test
  void aLeaverIsOutWithTheTransactionThatEndsTheirPlace() {
    TestPeople.Someone ada = testPeople.signedIn(workspace, "Ada", Role.MEMBER);
    in(() -> members.deactivate(ada.id(), SYSTEM, Ended.ADMIN));
    assertThat(people.rolesOf(workspace.id(), ada.id())).isEmpty();
    assertThat(people.membershipsOf(ada.id())).isEmpty();
    assertThat(sessions.find(ada.token())).isEmpty();
    assertThat(in(() -> members.deactivate(ada.id(), SYSTEM, Ended.ADMIN))).isFalse();
  }

  @Test
  void aPlaceElsewhereKeepsItsSession() {
    TestPeople.Someone ada = testPeople.signedIn(workspace, "Ada", Role.MEMBER);
    Workspace other = TestWorkspaces.fresh(workspaces);
    testPeople.assign(other, ada.id(), Role.MEMBER);
    in(() -> members.deactivate(ada.id(), SYSTEM, Ended.ADMIN));
    assertThat(sessions.find(ada.token())).isPresent();
    assertThat(people.rolesOf(workspace.id(), ada.id())).isEmpty();
  }

  @Test
  void signOnGivesBackOnlyWhatSignOnTook() {
    TestPeople.Someone ada = testPeople.signedIn(workspace, "Ada", Role.MEMBER);
    setRoles(ada.id(), RoleSource.SIGN_ON);
    assertThat(find(ada.id()).endedBy()).isEqualTo(Ended.SIGN_ON);
    setRoles(ada.id(), RoleSource.SIGN_ON, Role.MEMBER);
    assertThat(find(ada.id()).active()).isTrue();
    in(() -> members.deactivate(ada.id(), SYSTEM, Ended.DIRECTORY));
    setRoles(ada.id(), RoleSource.SIGN_ON, Role.ADMIN);
    assertThat(find(ada.id()).active()).isFalse();
    assertThat(people.rolesOf(workspace.id(), ada.id())).isEmpty();
  }

  @Test
  void withinTheGraceAPlaceComesBackAndAfterItIsGone() {
    PersonId ada = provision(username, null);
    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    assertThat(in(() -> members.reactivate(ada, SYSTEM))).isTrue();
    assertThat(find(ada).roles()).containsExactly(Role.MEMBER);
    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    in(() -> {
      members.graceIsOver(ada);
      return true;
    });
    assertThat(find(ada).active()).as("it is not over yet").isFalse();
    clock.advance(Member.GRACE.plus(Duration.ofMinutes(1)));
    in(() -> {
      members.graceIsOver(ada);
      return true;
    });
    assertThat(in(() -> members.find(ada))).isEmpty();
    assertThat(in(() -> members.reactivate(ada, SYSTEM))).isFalse();
  }

  @Test
  void whomTheDirectoryNamesAgainIsTheSamePersonBack() {
    PersonId ada = provision(username, null);
    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    assertThat(provision(username, null)).isEqualTo(ada);
    assertThat(find(ada).active()).isTrue();
  }

  @Test
  void aWorkspaceKeepsAnOwnerAndOnlyOwnersMakeThem() {
    TestPeople.Someone owner = testPeople.stranger("Olga");
    setRoles(owner.id(), RoleSource.GIVEN, Role.OWNER);
    TestPeople.Someone admin = testPeople.signedIn(workspace, "Adam", Role.ADMIN);
    Viewer byOwner = people.viewer(owner.id(), "Olga", workspace.slug()).orElseThrow();
    Viewer byAdmin = people.viewer(admin.id(), "Adam", workspace.slug()).orElseThrow();
    assertThat(in(() -> members.give(byAdmin, admin.id(), Set.of(Role.OWNER))))
        .isEqualTo(new Members.Outcome.OwnersOnly());
    assertThat(in(() -> members.end(byAdmin, owner.id())))
        .isEqualTo(new Members.Outcome.OwnersOnly());
    assertThat(in(() -> members.end(byOwner, owner.id())))
        .isEqualTo(new Members.Outcome.LastOwner());
    assertThat(in(() -> members.give(byOwner, owner.id(), Set.of(Role.MEMBER))))
        .isEqualTo(new Members.Outcome.LastOwner());
    assertThat(in(() -> members.give(byOwner, admin.id(), Set.of(Role.OWNER))))
        .isEqualTo(new Members.Outcome.Done());
    assertThat(in(() -> members.end(byOwner, owner.id()))).isEqualTo(new Members.Outcome.Done());
    Viewer other = people.viewer(admin.id(), "Adam", workspace.slug()).orElseThrow();
    assertThat(in(() -> members.giveBack(other, owner.id()))).isEqualTo(new Members.Outcome.Done());
  }

  @Test
  void manyRolesAreSetAtOnceAndOnlyWhatDiffersIsTold() {
    PersonId one = provision("one-" + username, null);
    PersonId two = provision("two-" + username, null);
    in(() -> {
      members.setRoles(
          Map.of(one, Set.of(Role.MEMBER), two, Set.of(Role.AGENT)), RoleSource.DIRECTORY, SYSTEM);
      return true;
    });
    assertThat(actions(one)).hasSize(1);
    assertThat(actions(two)).hasSize(2);
    assertThat(find(two).roles()).containsExactly(Role.AGENT);
  }

  /// As a sign-in through the identity provider does it.
  private PersonId signIn(Claims claims) {
    PersonId person = people.signedIn(claims);
    people
        .unclaimed(claims)
        .forEach(each ->
            workspaces.inWorkspace(
                each.workspace(),
                () -> {
                  members.join(each.person(), person);
                }));
    return person;
  }

  private PersonId provisionIn(Workspace other, String name, @Nullable String email) {
    return workspaces.inWorkspace(
        other.id(), () -> members.provision(new Members.Profile("Ada", name, email), SYSTEM));
  }

  private PersonId provision(String name, @Nullable String email) {
    return in(() -> members.provision(new Members.Profile("Ada", name, email), SYSTEM));
  }

  private void setRoles(PersonId person, RoleSource source, Role... roles) {
    in(() -> {
      members.setRoles(person, source, Set.of(roles), SYSTEM);
      return true;
    });
  }

  private Member find(PersonId person) {
    return in(() -> members.find(person)).orElseThrow();
  }

  private List<String> actions(PersonId person) {
    AuditFilter about = new AuditFilter(null, null, null, person.toString(), null, null);
    return in(() -> audit.page(about, null, 50)).entries().stream()
        .map(AuditEntry::action)
        .toList();
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private static Claims claims(String username, @Nullable String email) {
    return new Claims(
        "https://login.test/realms/test",
        UUID.randomUUID().toString(),
        "Ada Lovelace",
        username,
        email,
        Set.of(),
        null,
        null);
  }
}
