package dev.bothy.platform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.keycloak.KeycloakRefused.Why;
import dev.bothy.platform.keycloak.WantedRealm.Guard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/// What the step takes of rights, and what it says when something is in its way.
class RealmRightsTest extends RealmStepCase {
  @Test
  void theClientAloneTakesManageClients() {
    WantedRealm client = withSecret("secret-of-bothy");
    try (KeycloakConnection it = loginWith("manage-clients")) {
      RealmStep theirs = new RealmStep(it);
      theirs.apply(theirs.plan(client));
      assertThat(theirs.plan(client).isFulfilled()).isTrue();
      assertThat(theirs.plan(client).unseen()).isEmpty();
    }
  }

  @Test
  void allOfItTakesFourRoles() {
    try (KeycloakConnection it =
        loginWith("manage-clients", "manage-users", "manage-events", "manage-realm")) {
      RealmStep theirs = new RealmStep(it);
      WantedRealm all =
          wanted(Guard.SET, new WantedRealm.ProvisioningClient("bothy-users", "secret-of-users"));
      theirs.apply(theirs.plan(all));
      RealmPlan plan = theirs.plan(all);
      assertThat(plan.isFulfilled()).as(texts(plan).toString()).isTrue();
      assertThat(plan.unseen()).isEmpty();
    }
  }

  @Test
  void lookingForDriftTakesFourRolesThatOnlySee() {
    apply();
    try (KeycloakConnection it =
        loginWith("view-clients", "view-users", "view-events", "view-realm")) {
      RealmPlan plan = new RealmStep(it).plan(WANTED);
      assertThat(plan.isFulfilled()).as(texts(plan).toString()).isTrue();
      assertThat(plan.unseen()).isEmpty();
    }
  }

  @Test
  void whatMayNotBeSeenIsSaidWithTheRoleThatItTakes() {
    try (KeycloakConnection it = loginWith("manage-clients")) {
      RealmPlan plan = new RealmStep(it).plan(wanted(Guard.SET, null));
      assertThat(plan.unseen())
          .extracting(PlanLine::part)
          .containsExactly(
              "groups", "events", "admin events: kept for", "guard against guessed passwords");
      assertThat(plan.unseen().toString())
          .contains("view-users")
          .contains("view-events")
          .contains("view-realm");
    }
  }

  @Test
  void whatMayNotBeDoneIsSaidWithTheRoleThatItTakes() {
    try (KeycloakConnection it = loginWith("view-clients")) {
      RealmStep theirs = new RealmStep(it);
      RealmPlan plan = theirs.plan(withSecret("s"));
      KeycloakRefused refused = refused(() -> theirs.apply(plan));
      assertThat(refused.why()).isEqualTo(Why.RIGHT);
      assertThat(refused)
          .hasMessageContaining("to make the client bothy")
          .hasMessageContaining("the role manage-clients of realm-management");
    }
    assertThat(realm.clients().findByClientId("bothy")).isEmpty();
  }

  @Test
  void withoutAnyRoleItIsSaidWhichOneItTakes() {
    try (KeycloakConnection it = loginWith()) {
      KeycloakRefused refused = refused(() -> new RealmStep(it).plan(WANTED));
      assertThat(refused.why()).isEqualTo(Why.RIGHT);
      assertThat(refused).hasMessageContaining("view-clients");
    }
  }

  @Test
  void aWrongSecretIsSaid() {
    loginWith().close();
    try (KeycloakConnection it = login("it-department", "wrong")) {
      KeycloakRefused refused = refused(() -> new RealmStep(it).plan(WANTED));
      assertThat(refused.why()).isEqualTo(Why.CREDENTIALS);
      assertThat(refused)
          .hasMessageContaining("the client it-department")
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void aWrongPasswordIsSaid() {
    try (KeycloakConnection it =
        keycloak.connect(new KeycloakLogin.Administrator("master", "admin", "not-it"))) {
      KeycloakRefused refused = refused(() -> new RealmStep(it).plan(WANTED));
      assertThat(refused.why()).isEqualTo(Why.CREDENTIALS);
      assertThat(refused).hasMessageContaining("the user admin of the realm master");
    }
  }

  @Test
  void aRealmThatIsNotThereIsSaid() {
    try (KeycloakConnection it =
        keycloak.connect(new KeycloakLogin.ServiceAccount("nowhere", "bothy", "s"))) {
      KeycloakRefused refused = refused(() -> new RealmStep(it).plan(WANTED));
      assertThat(refused.why()).isEqualTo(Why.CREDENTIALS);
      assertThat(refused).hasMessageContaining("no realm nowhere");
    }
  }

  @Test
  void aRealmThatAnAdministratorDoesNotFindIsSaid() {
    try (KeycloakConnection it = keycloak.connectTo("nowhere")) {
      KeycloakRefused refused = refused(() -> new RealmStep(it).plan(WANTED));
      assertThat(refused.why()).isEqualTo(Why.MISSING);
      assertThat(refused).hasMessageContaining("no realm nowhere");
    }
  }

  @Test
  void aKeycloakThatIsAwayIsSaid() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (KeycloakConnection it =
        new KeycloakConnection(
            URI.create("http://localhost:" + port),
            "bothy",
            new KeycloakLogin.Administrator("master", "admin", "p"),
            new JdkClientHttpRequestFactory())) {
      KeycloakAway away =
          catchThrowableOfType(KeycloakAway.class, () -> new RealmStep(it).plan(WANTED));
      assertThat(away).hasMessageContaining("localhost:" + port).hasMessageContaining("nobody");
    }
  }

  @Test
  void groupsThatAreThereTakeNoRightToMakeThem() {
    try (KeycloakConnection it = loginWith("manage-clients", "view-users")) {
      RealmStep theirs = new RealmStep(it);
      WantedRealm wanted =
          new WantedRealm(
              withSecret("s").client(), Set.of("bothy-owners"), null, Guard.ADVISE, null);
      theirs.apply(theirs.plan(wanted));
      assertThat(theirs.plan(wanted).isFulfilled()).isTrue();
    }
  }
}
