package dev.bothy.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.erasure.Erasures;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keycloak.TestUsers;
import dev.bothy.platform.keycloak.WantedRealm;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.KeycloakBrowser;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestKeycloak;
import dev.bothy.testkit.TestLink;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/// Users of a real Keycloak follow the members' rows. The server reaches Keycloak over a link that
/// can be cut.
@TestPropertySource(
    properties = {
      "bothy.keycloak.provisioning=true",
      "bothy.keycloak.provisioning-client-id=bothy-users",
      "bothy.keycloak.provisioning-client-secret=secret-of-users"
    })
@ContextConfiguration(initializers = ProvisioningCase.Patient.class)
class ProvisioningTest extends ProvisioningCase {
  private static final Actor SYSTEM = new Actor.System();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final TestLink LINK = TestLink.to(TestKeycloak.address());

  @DynamicPropertySource
  static void link(DynamicPropertyRegistry registry) {
    registry.add("bothy.sign-on.internal-issuer", () -> LINK.address() + "/realms/shared");
  }

  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired ProvisionedUsers provisioned;
  @Autowired TestClock clock;
  @Autowired Erasures erasures;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;
  private TestKeycloak keycloak;
  private TestUsers users;
  private Workspace workspace;
  private String username = "";

  @BeforeEach
  void aWorkspace() {
    keycloak = TestKeycloak.shared(port);
    users = new TestUsers(keycloak);
    users.allow(new WantedRealm.ProvisioningClient("bothy-users", "secret-of-users"));
    workspace = TestWorkspaces.fresh(workspaces);
    username = "ada-" + UUID.randomUUID();
  }

  @AfterEach
  void backToNow() {
    LINK.mend();
    clock.reset();
  }

  @Test
  void whomADirectoryNamesHasAUserAndSignsInAsThatPerson() {
    PersonId ada = provision("Ada King Lovelace", "ada@corp.test");
    TestUsers.User made = awaitUser();
    assertThat(made.name()).isEqualTo("Ada King Lovelace");
    assertThat(made.email()).endsWith("@corp.test");
    assertThat(made.enabled()).isTrue();

    users.setPassword(username, "pw-of-ada");
    try (KeycloakBrowser browser = new KeycloakBrowser()) {
      browser.signIn(URI.create("http://localhost:" + port + "/"), username, "pw-of-ada");
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(member(ada).signedIn()).isTrue());
  }

  @Test
  void whatTheDirectoryChangesIsChangedThere() {
    PersonId ada = provision("Ada Lovelace", "ada@corp.test");
    String id = awaitUser().id();
    in(() ->
        members.change(
            ada, new Members.Profile("Ada Byron", username, mail("countess@corp.test"))));
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          TestUsers.User user = users.find(username).orElseThrow();
          assertThat(user.name()).isEqualTo("Ada Byron");
          assertThat(user.email()).startsWith("countess");
          assertThat(user.id()).isEqualTo(id);
        });
  }

  @Test
  void ofWhoIsErasedNothingIsKnownHereOnceTheirUserIsSwitchedOff() {
    PersonId ada = provision("Ada Lovelace", "ada@corp.test");
    awaitUser();
    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(users.find(username).orElseThrow().enabled()).isFalse());
    Erasures.Outcome.Begun begun =
        (Erasures.Outcome.Begun)
            workspaces.inWorkspace(workspace.id(), () -> erasures.ofPerson(ada, null));
    await()
        .atMost(SOON)
        .until(() ->
            workspaces
                .inWorkspace(workspace.id(), () -> erasures.find(begun.erasure().id()))
                .orElseThrow()
                .isDone());

    clock.advance(Comparison.INTERVAL.plusMinutes(1));
    await().atMost(SOON).untilAsserted(() -> assertThat(userOf(ada)).isEmpty());
    assertThat(users.find(username).orElseThrow().enabled()).isFalse();
  }

  private Optional<ProvisionedUser> userOf(PersonId person) {
    return workspaces.forInstallation(() -> provisioned.find(person));
  }

  @Test
  void aLeaverIsDisabledAndSignedOutThereAndComesBack() {
    PersonId ada = provision("Ada Lovelace", "ada@corp.test");
    awaitUser();
    users.setPassword(username, "pw-of-ada");
    try (KeycloakBrowser browser = new KeycloakBrowser()) {
      browser.signIn(URI.create("http://localhost:" + port + "/"), username, "pw-of-ada");
    }
    assertThat(users.find(username).orElseThrow().sessions()).isOne();

    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(users.find(username).orElseThrow().enabled()).isFalse();
          assertThat(users.find(username).orElseThrow().sessions()).isZero();
        });
    try (KeycloakBrowser browser = new KeycloakBrowser()) {
      assertThat(
              browser
                  .signIn(URI.create("http://localhost:" + port + "/"), username, "pw-of-ada")
                  .body())
          .contains("Account is disabled");
    }

    in(() -> members.reactivate(ada, SYSTEM));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(users.find(username).orElseThrow().enabled()).isTrue());
  }

  @Test
  void whoHasAPlaceElsewhereStaysEnabled() {
    PersonId ada = provision("Ada Lovelace", "ada@corp.test");
    awaitUser();
    Workspace other = TestWorkspaces.fresh(workspaces);
    workspaces.inWorkspace(
        other.id(),
        () ->
            members.provision(
                new Members.Profile("Somebody Else", username, "evil@corp.test"), SYSTEM));
    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(users.find(username).orElseThrow().name()).isEqualTo("Somebody Else"));
    assertThat(users.find(username).orElseThrow().enabled()).isTrue();

    in(() -> members.reactivate(ada, SYSTEM));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(users.find(username).orElseThrow().name()).isEqualTo("Ada Lovelace"));
  }

  @Test
  void aUserWhoWasThereBeforeIsNeverChanged() {
    users.make(username);
    PersonId ada = provision("Ada Lovelace", "ada@corp.test");
    in(() -> members.deactivate(ada, SYSTEM, Ended.DIRECTORY));
    awaitSettled();
    TestUsers.User theirs = users.find(username).orElseThrow();
    assertThat(theirs.enabled()).isTrue();
    assertThat(theirs.email()).isEqualTo(username + "@theirs.test");
    assertThat(workspaces.forInstallation(() -> provisioned.find(ada))).isEmpty();
  }

  @Test
  void whileKeycloakIsAwayItWaitsAndIsDoneAfterwards() {
    LINK.cut();
    PersonId ada = provision("Ada Lovelace", "ada@corp.test");
    in(() ->
        members.change(ada, new Members.Profile("Ada Byron", username, mail("ada@corp.test"))));
    await().during(Duration.ofSeconds(2)).until(() -> users.find(username).isEmpty());
    LINK.mend();
    assertThat(awaitUser().name()).isEqualTo("Ada Byron");
  }

  @Test
  void whatSomebodyChangesThereIsBroughtBack() {
    provision("Ada Lovelace", "ada@corp.test");
    awaitUser();
    awaitSettled();
    users.change(
        username,
        user -> {
          user.setEnabled(false);
          user.setLastName("Changed");
        });
    clock.advance(Duration.ofHours(3));
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          TestUsers.User user = users.find(username).orElseThrow();
          assertThat(user.enabled()).isTrue();
          assertThat(user.name()).isEqualTo("Ada Lovelace");
        });
  }

  @Test
  void whoIsGoneSinceKeycloakWasRestoredIsMadeAgainAndIsTheSamePerson() {
    PersonId ada = provision("Ada Lovelace", "ada@corp.test");
    String before = awaitUser().id();
    awaitSettled();
    users.delete(username);
    clock.advance(Duration.ofHours(3));
    String after = awaitUser().id();
    assertThat(after).isNotEqualTo(before);
    clock.reset();
    users.setPassword(username, "pw-of-ada");
    try (KeycloakBrowser browser = new KeycloakBrowser()) {
      browser.signIn(URI.create("http://localhost:" + port + "/"), username, "pw-of-ada");
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(member(ada).signedIn()).isTrue());
  }

  private PersonId provision(String name, @Nullable String email) {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> members.provision(new Members.Profile(name, username, mail(email)), SYSTEM));
  }

  /// Each test has addresses of its own: a realm gives each to one user.
  private @Nullable String mail(@Nullable String email) {
    return email == null ? null : email.replace("@", "-" + username + "@");
  }

  private Member member(PersonId person) {
    return workspaces.inWorkspace(workspace.id(), () -> members.find(person)).orElseThrow();
  }

  private void in(Runnable work) {
    workspaces.inWorkspace(workspace.id(), work);
  }

  private TestUsers.User awaitUser() {
    await().atMost(SOON).until(() -> users.find(username).isPresent());
    return users.find(username).orElseThrow();
  }

  /// Until nothing of this workspace waits to be sent.
  private void awaitSettled() {
    await()
        .atMost(SOON)
        .until(() ->
            workspaces.inWorkspace(
                workspace.id(),
                () ->
                    jdbc.sql(
                            "select count(*) from outbox_item"
                                + " where state in ('waiting', 'sending')")
                        .query(Integer.class)
                        .single()
                        .equals(0)));
  }
}
