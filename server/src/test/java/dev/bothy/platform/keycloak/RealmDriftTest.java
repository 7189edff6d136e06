package dev.bothy.platform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/// What others change in a realm is found, said and repaired.
class RealmDriftTest extends RealmStepCase {
  /// Each kind of drift: the line that says it, and how it comes about.
  private enum Drift {
    DISABLED("~ client bothy: enabled: off → on", client -> client.setEnabled(false)),
    ANY_ADDRESS(
        "~ client bothy: redirect URIs: * → https://bothy.example.com/sign-in/callback",
        client -> client.setRedirectUris(List.of("*"))),
    ANY_ORIGIN(
        "~ client bothy: web origins: * → none", client -> client.setWebOrigins(List.of("*"))),
    NO_PKCE(
        "~ client bothy: PKCE: not set → S256",
        client -> client.getAttributes().put("pkce.code.challenge.method", "")),
    PLAIN_PKCE(
        "~ client bothy: PKCE: plain → S256",
        client -> client.getAttributes().put("pkce.code.challenge.method", "plain")),
    DIRECT_GRANTS(
        "~ client bothy: direct access grants: on → off",
        client -> client.setDirectAccessGrantsEnabled(true)),
    IMPLICIT(
        "~ client bothy: implicit flow: on → off", client -> client.setImplicitFlowEnabled(true)),
    SERVICE_ACCOUNT(
        "~ client bothy: service account: on → off",
        client -> client.setServiceAccountsEnabled(true)),
    ALL_ROLES(
        "~ client bothy: all roles in its tokens: on → off",
        client -> client.setFullScopeAllowed(true)),
    SIGNED_OUT(
        "~ client bothy: addresses after signing out: https://b.example.com/, https://evil.test/*"
            + " → https://bothy.example.com/signed-out",
        client ->
            client
                .getAttributes()
                .put("post.logout.redirect.uris", "https://evil.test/*##https://b.example.com/")),
    NO_BACK_CHANNEL(
        "~ client bothy: back-channel logout: not set →"
            + " https://bothy.example.com/sign-on/back-channel-logout",
        client -> client.getAttributes().put("backchannel.logout.url", "")),
    NO_SESSION(
        "~ client bothy: session in back-channel logout: false → true",
        client -> client.getAttributes().put("backchannel.logout.session.required", "false")),
    TOKEN_EXCHANGE(
        "~ client bothy: token exchange: on → off",
        client -> client.getAttributes().put("standard.token.exchange.enabled", "true"));

    private final String line;
    private final Consumer<ClientRepresentation> change;

    Drift(String line, Consumer<ClientRepresentation> change) {
      this.line = line;
      this.change = change;
    }
  }

  @BeforeEach
  void begin() {
    apply();
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatSomebodyChangedIsRepaired(Drift drift) {
    ClientRepresentation changed = client("bothy").toRepresentation();
    drift.change.accept(changed);
    client("bothy").update(changed);
    assertRepaired(drift.line);
  }

  @Test
  void aMapperThatWasDeletedIsMadeAgain() {
    ClientResource client = client("bothy");
    client.getProtocolMappers().delete(mapper(client).getId());
    assertRepaired("+ client bothy: mapper groups");
    assertThat(mapper(client).getConfig()).containsEntry("claim.name", "groups");
  }

  @Test
  void aMapperThatTellsOnlyTheLastPartOfAPathIsRepaired() {
    ClientResource client = client("bothy");
    ProtocolMapperRepresentation mapper = mapper(client);
    mapper.getConfig().put("full.path", "false");
    mapper.getConfig().put("claim.name", "others");
    client.getProtocolMappers().update(mapper.getId(), mapper);
    assertRepaired(
        "~ client bothy: mapper groups: claim.name: others → groups",
        "~ client bothy: mapper groups: full.path: false → true");
  }

  @Test
  void aMapperOfAnotherKindThatTookTheNameStays() {
    ClientResource client = client("bothy");
    client.getProtocolMappers().delete(mapper(client).getId());
    ProtocolMapperRepresentation theirs = new ProtocolMapperRepresentation();
    theirs.setName("groups");
    theirs.setProtocol("openid-connect");
    theirs.setProtocolMapper("oidc-hardcoded-claim-mapper");
    theirs.setConfig(Map.of("claim.name", "team", "claim.value", "x"));
    client.getProtocolMappers().createMapper(theirs).close();
    assertRepaired("+ client bothy: mapper bothy-groups");
    assertThat(client.toRepresentation().getProtocolMappers()).hasSize(2);
  }

  @Test
  void aScopeThatWasTakenAwayIsAddedAgain() {
    client("bothy").removeDefaultClientScope(scope("basic"));
    assertRepaired("+ client bothy: scope basic");
  }

  @Test
  void aGroupThatWasDeletedIsMadeAgain() {
    realm.groups().group(realm.getGroupByPath("sales/bothy-agents").getId()).remove();
    assertRepaired("+ group sales/bothy-agents");
  }

  @Test
  void eventsThatWereSwitchedOffAreSwitchedOn() {
    RealmEventsConfigRepresentation events = realm.getRealmEventsConfig();
    events.setEventsEnabled(false);
    events.setEventsExpiration(0L);
    realm.updateRealmEventsConfig(events);
    assertRepaired(
        "~ events of sign-ins: off → on", "~ events of sign-ins: kept for: ever → 90 days");
  }

  @Test
  void aProvisioningClientThatMayDoMoreIsCutBack() {
    String management = realm.clients().findByClientId("realm-management").getFirst().getId();
    RoleRepresentation all =
        realm.clients().get(management).roles().get("realm-admin").toRepresentation();
    ClientResource users = client("bothy-users");
    realm
        .users()
        .get(users.getServiceAccountUser().getId())
        .roles()
        .clientLevel(management)
        .add(List.of(all));
    users.getScopeMappings().clientLevel(management).add(List.of(all));
    assertRepaired(
        "~ client bothy-users: roles of its service account: manage-users, realm-admin →"
            + " manage-users",
        "~ client bothy-users: roles in its tokens: manage-users, realm-admin → manage-users");
  }

  @Test
  void aRealmThatWasRestoredFromYesterdayIsBroughtBack() {
    realm.clients().get(client("bothy").toRepresentation().getId()).remove();
    realm.clients().get(client("bothy-users").toRepresentation().getId()).remove();
    ClientRepresentation old = new ClientRepresentation();
    old.setClientId("bothy");
    old.setSecret("the-secret-of-yesterday");
    old.setDirectAccessGrantsEnabled(true);
    old.setRedirectUris(List.of("https://old.example.com/*"));
    realm.clients().create(old).close();
    assertRepaired(
        "~ client bothy: secret: another → as in the settings",
        "~ client bothy: direct access grants: on → off",
        "~ client bothy: redirect URIs: https://old.example.com/* →"
            + " https://bothy.example.com/sign-in/callback",
        "+ client bothy: mapper groups",
        "+ client bothy-users");
  }

  /// It is found, said in these lines among others, and gone after a second step.
  private void assertRepaired(String... lines) {
    RealmPlan plan = step.plan(WANTED);
    assertThat(plan.isFulfilled()).isFalse();
    assertThat(texts(plan)).contains(lines);
    step.apply(plan);
    assertFulfilled();
  }

  private static ProtocolMapperRepresentation mapper(ClientResource client) {
    return client.toRepresentation().getProtocolMappers().stream()
        .filter(each -> each.getName().equals("groups"))
        .findFirst()
        .orElseThrow();
  }
}
