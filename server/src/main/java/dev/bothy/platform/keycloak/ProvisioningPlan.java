package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.FoundRealm.FoundProvisioning;
import dev.bothy.platform.keycloak.WantedRealm.ProvisioningClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.keycloak.representations.idm.ClientRepresentation;

/// What is to be done about the client that keeps people up to date: a service account with the one
/// role that it takes, and no way in for anybody else.
final class ProvisioningPlan {
  /// Finds, makes, changes and signs out users; Keycloak knows no narrower role that does.
  static final Set<String> ROLES = Set.of("manage-users");

  /// Without the second no token carries a role, without the first none says whose it is.
  private static final List<String> SCOPES = List.of("basic", "roles");

  private ProvisioningPlan() {}

  static void plan(ProvisioningClient wanted, FoundRealm found, RealmPlan.Draft draft) {
    String part = "client " + wanted.clientId();
    String rolesPart = part + ": roles of its service account";
    FoundProvisioning present = found.provisioning();
    ClientRepresentation client = present.client();
    if (client == null) {
      draft.say(PlanLine.create(part));
      draft.say(PlanLine.create(rolesPart + ": " + Trait.listed(ROLES)));
      draft.add(new Deed.MakeClient(made(wanted, found)));
      draft.add(new Deed.SetRoles(wanted.clientId(), ROLES));
      return;
    }
    List<String> scopes = SignOnClientPlan.scopes(client);
    boolean fine = true;
    if (Trait.repair(part, traits(wanted), client, draft)) {
      Trait.leaveItsParts(client);
      draft.add(new Deed.PutClient(client));
      fine = false;
    }
    fine &=
        SignOnClientPlan.planScopes(
            part, SCOPES, client.getId(), scopes, found.clientScopes(), draft);
    if (!present.roles().equals(ROLES) || !present.scope().equals(ROLES)) {
      if (!present.roles().equals(ROLES)) {
        draft.say(PlanLine.change(rolesPart, Trait.listed(present.roles()), Trait.listed(ROLES)));
      }
      if (!present.scope().equals(ROLES)) {
        draft.say(
            PlanLine.change(
                part + ": roles in its tokens",
                Trait.listed(present.scope()),
                Trait.listed(ROLES)));
      }
      draft.add(new Deed.SetRoles(wanted.clientId(), ROLES));
      fine = false;
    }
    if (fine) {
      draft.say(PlanLine.fine(part));
    }
  }

  private static List<Trait> traits(ProvisioningClient wanted) {
    List<Trait> traits = new ArrayList<>();
    traits.add(
        Trait.flag(
            "enabled", ClientRepresentation::isEnabled, ClientRepresentation::setEnabled, true));
    traits.add(
        Trait.text(
            "protocol",
            ClientRepresentation::getProtocol,
            ClientRepresentation::setProtocol,
            SignOnClientShape.OPENID_CONNECT));
    traits.addAll(SignOnClientShape.confidential(wanted.secret()));
    traits.add(
        Trait.flag(
            "standard flow",
            ClientRepresentation::isStandardFlowEnabled,
            ClientRepresentation::setStandardFlowEnabled,
            false));
    traits.addAll(SignOnClientShape.noOtherFlow());
    traits.add(
        Trait.flag(
            "service account",
            ClientRepresentation::isServiceAccountsEnabled,
            ClientRepresentation::setServiceAccountsEnabled,
            true));
    traits.add(
        Trait.list(
            "redirect URIs",
            ClientRepresentation::getRedirectUris,
            ClientRepresentation::setRedirectUris,
            List.of()));
    traits.add(SignOnClientShape.scopeOfRoles());
    return traits;
  }

  private static ClientRepresentation made(ProvisioningClient wanted, FoundRealm found) {
    ClientRepresentation client = new ClientRepresentation();
    client.setClientId(wanted.clientId());
    client.setName("Bothy: keeps people up to date");
    traits(wanted).forEach(trait -> trait.write().accept(client));
    client.setDefaultClientScopes(
        SCOPES.stream().filter(found.clientScopes()::containsKey).toList());
    client.setOptionalClientScopes(List.of());
    return client;
  }
}
