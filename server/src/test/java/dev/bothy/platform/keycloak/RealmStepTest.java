package dev.bothy.platform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.keycloak.PlanLine.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/// The realm step against a real Keycloak: what it makes, and what it leaves alone.
class RealmStepTest extends RealmStepCase {
  @Test
  void whatIsMissingIsMadeAndASecondPlanIsEmpty() {
    RealmPlan first = step.plan(WANTED);
    assertThat(texts(first))
        .containsExactly(
            "+ client bothy",
            "+ client bothy: mapper groups",
            "= group bothy-owners",
            "+ group sales/bothy-agents",
            "~ events of sign-ins: off → on",
            "~ events of sign-ins: kept for: ever → 90 days",
            "~ admin events: off → on",
            "~ admin events: kept for: ever → 90 days",
            "! guard against guessed passwords: off → an account waits after 10 failures would be"
                + " safer, for all who sign in at this realm; set it there, or let"
                + " bothy.keycloak.guard=true set it",
            "+ client bothy-users",
            "+ client bothy-users: roles of its service account: manage-users");

    step.apply(first);

    RealmPlan second = step.plan(WANTED);
    assertThat(second.isFulfilled()).isTrue();
    assertThat(texts(second))
        .containsExactly(
            "= client bothy",
            "= group bothy-owners",
            "= group sales/bothy-agents",
            "= events",
            "= admin events: kept for a time",
            texts(first).get(8),
            "= client bothy-users");
  }

  @Test
  void aPlanChangesNothing() {
    step.plan(WANTED);
    assertThat(realm.clients().findByClientId("bothy")).isEmpty();
    assertThat(realm.getRealmEventsConfig().isEventsEnabled()).isFalse();
  }

  @Test
  void theClientIsConfidentialAndKnowsOneFlowAndItsOwnAddressesAlone() {
    apply();
    ClientRepresentation client = client("bothy").toRepresentation();
    assertThat(client.isPublicClient()).isFalse();
    assertThat(client.getSecret()).isEqualTo("secret-of-bothy");
    assertThat(client.isStandardFlowEnabled()).isTrue();
    assertThat(client.isImplicitFlowEnabled()).isFalse();
    assertThat(client.isDirectAccessGrantsEnabled()).isFalse();
    assertThat(client.isServiceAccountsEnabled()).isFalse();
    assertThat(client.isFullScopeAllowed()).isFalse();
    assertThat(client.getRedirectUris())
        .containsExactly("https://bothy.example.com/sign-in/callback");
    assertThat(client.getWebOrigins()).isEmpty();
    assertThat(client.getDefaultClientScopes())
        .containsExactlyInAnyOrder("acr", "basic", "email", "profile");
    assertThat(client.getOptionalClientScopes()).isEmpty();
    assertThat(client.getAttributes())
        .containsEntry("pkce.code.challenge.method", "S256")
        .containsEntry("post.logout.redirect.uris", "https://bothy.example.com/signed-out")
        .containsEntry(
            "backchannel.logout.url", "https://bothy.example.com/sign-on/back-channel-logout")
        .containsEntry("backchannel.logout.session.required", "true");
  }

  @Test
  void whatIsNotBothysStays() {
    apply();
    ClientResource client = client("bothy");
    ClientRepresentation theirs = client.toRepresentation();
    theirs.setDescription("Asked for by facility management");
    theirs.setConsentRequired(true);
    theirs.getAttributes().put("logoUri", "https://example.com/logo.png");
    theirs.setRedirectUris(List.of("*"));
    client.update(theirs);
    ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
    mapper.setName("department");
    mapper.setProtocol("openid-connect");
    mapper.setProtocolMapper("oidc-usermodel-attribute-mapper");
    mapper.setConfig(Map.of("user.attribute", "department", "claim.name", "department"));
    client.getProtocolMappers().createMapper(mapper).close();
    client.addDefaultClientScope(scope("phone"));
    ClientRepresentation other = new ClientRepresentation();
    other.setClientId("somebody-elses");
    realm.clients().create(other).close();
    RealmEventsConfigRepresentation events = realm.getRealmEventsConfig();
    events.setEventsListeners(List.of("jboss-logging", "email"));
    events.setEventsExpiration(3600L);
    events.setAdminEventsEnabled(false);
    events.setEnabledEventTypes(List.of("LOGIN", "REGISTER"));
    realm.updateRealmEventsConfig(events);
    RealmRepresentation itself = realm.toRepresentation();
    itself.getAttributes().put("theirs", "yes");
    itself.getAttributes().remove("adminEventsExpiration");
    realm.update(itself);

    RealmPlan plan = step.plan(WANTED);
    assertThat(texts(plan).stream().filter(line -> line.startsWith("~")))
        .containsExactly(
            "~ client bothy: redirect URIs: * → https://bothy.example.com/sign-in/callback",
            "~ events of sign-ins: types: without CODE_TO_TOKEN, CODE_TO_TOKEN_ERROR,"
                + " LOGIN_ERROR, LOGOUT → with them",
            "~ admin events: off → on",
            "~ admin events: kept for: ever → 90 days");
    step.apply(plan);

    ClientRepresentation repaired = client.toRepresentation();
    assertThat(repaired.getDescription()).isEqualTo("Asked for by facility management");
    assertThat(repaired.isConsentRequired()).isTrue();
    assertThat(repaired.getAttributes()).containsEntry("logoUri", "https://example.com/logo.png");
    assertThat(repaired.getDefaultClientScopes()).contains("phone");
    assertThat(repaired.getProtocolMappers())
        .extracting(ProtocolMapperRepresentation::getName)
        .containsExactlyInAnyOrder("groups", "department");
    assertThat(realm.clients().findByClientId("somebody-elses")).hasSize(1);
    assertThat(realm.getRealmEventsConfig().getEventsListeners())
        .containsExactlyInAnyOrder("jboss-logging", "email");
    assertThat(realm.getRealmEventsConfig().getEventsExpiration()).isEqualTo(3600);
    assertThat(realm.getRealmEventsConfig().getEnabledEventTypes()).contains("REGISTER", "LOGOUT");
    assertThat(realm.toRepresentation().getAttributes())
        .containsEntry("theirs", "yes")
        .containsEntry("adminEventsExpiration", "7776000");
    assertFulfilled();
  }

  @Test
  void theGuardIsSetWhereItIsAskedForAndAStricterOneStays() {
    WantedRealm wanted = wanted(WantedRealm.Guard.SET, null);
    step.apply(step.plan(wanted));
    RealmRepresentation set = realm.toRepresentation();
    assertThat(set.isBruteForceProtected()).isTrue();
    assertThat(set.getFailureFactor()).isEqualTo(10);
    assertThat(set.isPermanentLockout()).isFalse();
    assertThat(set.getMaxFailureWaitSeconds()).isEqualTo(900);

    set.setFailureFactor(3);
    set.setPermanentLockout(true);
    realm.update(set);
    assertThat(texts(step.plan(wanted))).contains("= guard against guessed passwords");
    set.setFailureFactor(50);
    realm.update(set);
    step.apply(step.plan(wanted));
    assertThat(realm.toRepresentation().getFailureFactor()).isEqualTo(10);
    assertThat(realm.toRepresentation().isPermanentLockout()).isTrue();
  }

  @Test
  void aPublicClientStaysOneWhileTheServerKnowsNoSecret() {
    apply();
    ClientRepresentation client = client("bothy").toRepresentation();
    client.setPublicClient(true);
    client("bothy").update(client);
    WantedRealm without = withSecret(null);
    RealmPlan plan = step.plan(without);
    assertThat(plan.isFulfilled()).isTrue();
    assertThat(texts(plan))
        .contains(
            "! client bothy: public client: on → give bothy.sign-on.client-secret, and this step"
                + " makes it confidential");
    step.apply(step.plan(WANTED));
    assertThat(client("bothy").toRepresentation().isPublicClient()).isFalse();
    assertThat(client("bothy").toRepresentation().getSecret()).isEqualTo("secret-of-bothy");
  }

  @Test
  void withoutASecretKeycloakMakesOne() {
    WantedRealm without = withSecret(null);
    step.apply(step.plan(without));
    assertThat(client("bothy").toRepresentation().getSecret()).hasSizeGreaterThan(20);
    assertThat(step.plan(without).isFulfilled()).isTrue();
  }

  @Test
  void levelsOfAuthenticationAreSetWhereAPolicyAsksForThem() {
    WantedRealm wanted = withLevels(Map.of("mfa", 2, "password", 1));
    step.apply(step.plan(wanted));
    assertThat(client("bothy").toRepresentation().getAttributes().get("acr.loa.map"))
        .contains("\"mfa\":2");
    assertThat(step.plan(wanted).isFulfilled()).isTrue();
    assertThat(texts(step.plan(withLevels(Map.of("mfa", 3)))))
        .contains("~ client bothy: levels of authentication: mfa = 2, password = 1 → mfa = 3");
    assertThat(step.plan(withSecret("secret-of-bothy")).isFulfilled())
        .as("levels that are not asked for are not Bothy's")
        .isTrue();
  }

  @Test
  void noLineTellsASecret() {
    List<String> lines = new ArrayList<>(texts(step.plan(WANTED)));
    apply();
    ClientRepresentation client = client("bothy").toRepresentation();
    client.setSecret("the-other-secret");
    client("bothy").update(client);
    RealmPlan plan = step.plan(WANTED);
    lines.addAll(texts(plan));
    lines.add(WANTED.toString());
    assertThat(texts(plan)).contains("~ client bothy: secret: another → as in the settings");
    assertThat(lines)
        .noneMatch(line -> line.contains("secret-of-bothy"))
        .noneMatch(line -> line.contains("the-other-secret"))
        .noneMatch(line -> line.contains("secret-of-users"));
  }

  @Test
  void theProvisioningClientMayKeepUsersAndNothingElse() {
    apply();
    try (KeycloakConnection users = login("bothy-users", "secret-of-users")) {
      UserRepresentation erin = new UserRepresentation();
      erin.setUsername("erin");
      String id =
          users.making("make a user", "manage-users", () -> users.realm().users().create(erin));
      assertThat(
              users.calling(
                  "look",
                  "manage-users",
                  () -> users.realm().users().searchByUsername("erin", true)))
          .hasSize(1);
      users.calling(
          "sign out",
          "manage-users",
          () -> {
            users.realm().users().get(id).logout();
            return id;
          });
      assertThat(refused(() -> new RealmStep(users).plan(WANTED)).getMessage())
          .contains("the client bothy-users")
          .contains("view-clients");
    }
  }

  @Test
  void oneThatLostAScopeThatTheRealmNoLongerHasIsAdvised() {
    apply();
    realm.clientScopes().get(scope("acr")).remove();
    RealmPlan plan = step.plan(WANTED);
    assertThat(plan.isFulfilled()).isTrue();
    assertThat(plan.lines())
        .filteredOn(line -> line.part().equals("client bothy: scope acr"))
        .extracting(PlanLine::mark)
        .containsExactly(Mark.ADVICE);
  }
}
