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
import java.util.Set;
import java.util.UUID;
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
    PersonId signedIn = people.signedIn(claims(username.toUpperCase(java.util.Locale.ROOT), null));
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
  void twoWorkspacesDirectoriesNameOnePersonAndKeepTheirOwnWords() {
    PersonId here = provision(username, "ada@here.test");
    Workspace other = TestWorkspaces.fresh(workspaces);
    PersonId there =
        workspaces.inWorkspace(
            other.id(),
            () ->
                members.provision(
                    new Members.Profile("Countess", username, "ada@there.test"), SYSTEM));
    assertThat(there).isEqualTo(here);
    assertThat(find(here).name()).isEqualTo("Ada");
    assertThat(find(here).email()).isEqualTo("ada@here.test");
    in(() -> members.deactivate(here, SYSTEM, Ended.DIRECTORY));
    assertThat(people.rolesOf(other.id(), here)).containsExactly(Role.MEMBER);
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
          java.util.Map.of(one, Set.of(Role.MEMBER), two, Set.of(Role.AGENT)),
          RoleSource.DIRECTORY,
          SYSTEM);
      return true;
    });
    assertThat(actions(one)).hasSize(1);
    assertThat(actions(two)).hasSize(2);
    assertThat(find(two).roles()).containsExactly(Role.AGENT);
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
