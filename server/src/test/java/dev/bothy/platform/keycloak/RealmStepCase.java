package dev.bothy.platform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.keycloak.WantedRealm.Guard;
import dev.bothy.platform.keycloak.WantedRealm.ProvisioningClient;
import dev.bothy.platform.keycloak.WantedRealm.SignOnClient;
import dev.bothy.testkit.TestKeycloak;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/// Each test has a realm of its own in a real Keycloak, as a customer has it: events are off, and
/// the client `bothy` is not there.
@Tag("real")
abstract class RealmStepCase {
  static final WantedRealm WANTED =
      wanted(Guard.ADVISE, new ProvisioningClient("bothy-users", "secret-of-users"));

  TestKeycloak keycloak;
  RealmStep step;
  RealmResource realm;
  private KeycloakConnection connection;

  @BeforeEach
  void makeRealm() {
    keycloak = TestKeycloak.realmFor(URI.create("http://localhost:1"));
    connection = keycloak.connect();
    step = new RealmStep(connection);
    realm = connection.realm();
    RealmEventsConfigRepresentation events = realm.getRealmEventsConfig();
    events.setEventsEnabled(false);
    events.setEventsExpiration(0L);
    events.setAdminEventsEnabled(false);
    realm.updateRealmEventsConfig(events);
    RealmRepresentation itself = realm.toRepresentation();
    itself.setBruteForceProtected(false);
    itself.getAttributes().remove("adminEventsExpiration");
    realm.update(itself);
  }

  @AfterEach
  void removeRealm() {
    realm.remove();
    connection.close();
  }

  static WantedRealm wanted(Guard guard, @Nullable ProvisioningClient provisioning) {
    return new WantedRealm(
        client("secret-of-bothy", Map.of()),
        Set.of("bothy-owners", "sales/bothy-agents"),
        Duration.ofDays(90),
        guard,
        provisioning);
  }

  private static SignOnClient client(@Nullable String secret, Map<String, Integer> levels) {
    return new SignOnClient(
        "bothy",
        secret,
        List.of("https://bothy.example.com/sign-in/callback"),
        List.of("https://bothy.example.com/signed-out"),
        URI.create("https://bothy.example.com/sign-on/back-channel-logout"),
        "groups",
        levels);
  }

  static WantedRealm withSecret(@Nullable String secret) {
    return new WantedRealm(client(secret, Map.of()), Set.of(), null, Guard.ADVISE, null);
  }

  static WantedRealm withLevels(Map<String, Integer> levels) {
    return new WantedRealm(client("secret-of-bothy", levels), Set.of(), null, Guard.ADVISE, null);
  }

  void apply() {
    step.apply(step.plan(WANTED));
  }

  void assertFulfilled() {
    RealmPlan plan = step.plan(WANTED);
    assertThat(plan.isFulfilled()).as(texts(plan).toString()).isTrue();
  }

  static List<String> texts(RealmPlan plan) {
    return plan.lines().stream().map(PlanLine::text).toList();
  }

  ClientResource client(String clientId) {
    return realm.clients().get(realm.clients().findByClientId(clientId).getFirst().getId());
  }

  String scope(String name) {
    return realm.clientScopes().findAll().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getId();
  }

  static KeycloakRefused refused(ThrowingCallable call) {
    return catchThrowableOfType(KeycloakRefused.class, call);
  }

  KeycloakConnection login(String clientId, String secret) {
    return keycloak.connect(
        new KeycloakLogin.ServiceAccount(keycloak.realm().name(), clientId, secret));
  }

  /// A service account that has these roles of `realm-management` and no other.
  KeycloakConnection loginWith(String... roles) {
    return keycloak.connect(TestLogins.with(keycloak, roles));
  }
}
