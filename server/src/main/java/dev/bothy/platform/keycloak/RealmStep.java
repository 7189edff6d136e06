package dev.bothy.platform.keycloak;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/// Brings a realm to what Bothy needs. What is so already stays untouched, so that doing it again
/// changes nothing, and nothing is deleted.
public final class RealmStep {
  private static final String MANAGE_CLIENTS = "manage-clients";
  private static final String MANAGE_USERS = "manage-users";

  private final KeycloakConnection connection;
  private final RealmReader reader;
  private final RealmResource realm;

  public RealmStep(KeycloakConnection connection) {
    this.connection = connection;
    this.reader = new RealmReader(connection);
    this.realm = connection.realm();
  }

  /// Looks, and changes nothing.
  ///
  /// @throws KeycloakAway if Keycloak cannot say
  /// @throws KeycloakRefused if it says no
  public RealmPlan plan(WantedRealm wanted) {
    return RealmPlan.of(wanted, reader.read(wanted));
  }

  /// Does what the plan says.
  ///
  /// @throws KeycloakAway if Keycloak went away; what was done by then stays done
  /// @throws KeycloakRefused if it says no; what was done by then stays done
  public void apply(RealmPlan plan) {
    plan.deeds().forEach(this::carryOut);
  }

  private void carryOut(Deed deed) {
    switch (deed) {
      case Deed.MakeClient made ->
          connection.making(
              "make the client " + made.client().getClientId(),
              MANAGE_CLIENTS,
              () -> realm.clients().create(made.client()));
      case Deed.PutClient changed ->
          connection.changing(
              "change the client " + changed.client().getClientId(),
              MANAGE_CLIENTS,
              () -> realm.clients().get(changed.client().getId()).update(changed.client()));
      case Deed.MakeMapper made ->
          connection.making(
              "make the mapper " + made.mapper().getName(),
              MANAGE_CLIENTS,
              () ->
                  realm
                      .clients()
                      .get(made.client())
                      .getProtocolMappers()
                      .createMapper(made.mapper()));
      case Deed.PutMapper changed ->
          connection.changing(
              "change the mapper " + changed.mapper().getName(),
              MANAGE_CLIENTS,
              () ->
                  realm
                      .clients()
                      .get(changed.client())
                      .getProtocolMappers()
                      .update(changed.mapper().getId(), changed.mapper()));
      case Deed.AddScope added ->
          connection.changing(
              "add a scope to a client",
              MANAGE_CLIENTS,
              () -> realm.clients().get(added.client()).addDefaultClientScope(added.scope()));
      case Deed.MakeGroup made -> makeGroup(made.path());
      case Deed.PutEvents events ->
          connection.changing(
              "change the realm's event settings",
              "manage-events",
              () -> realm.updateRealmEventsConfig(events.events()));
      case Deed.PutRealm change ->
          connection.changing(
              "change the realm's settings", "manage-realm", () -> realm.update(change.realm()));
      case Deed.SetRoles roles -> setRoles(roles.clientId(), roles.roles());
    }
  }

  /// Parents that are missing are made as well.
  private void makeGroup(String path) {
    String parent = null;
    StringBuilder walked = new StringBuilder();
    for (String name : path.split("/")) {
      walked.append(walked.isEmpty() ? "" : "/").append(name);
      String here = walked.toString();
      String above = parent;
      parent = groupId(here);
      if (parent == null) {
        GroupRepresentation group = new GroupRepresentation();
        group.setName(name);
        parent =
            connection.making(
                "make the group " + here,
                MANAGE_USERS,
                () ->
                    above == null
                        ? realm.groups().add(group)
                        : realm.groups().group(above).subGroup(group));
      }
    }
  }

  private @Nullable String groupId(String path) {
    try {
      return connection
          .calling("read the group " + path, "view-users", () -> realm.getGroupByPath(path))
          .getId();
    } catch (KeycloakRefused refused) {
      if (refused.why() == KeycloakRefused.Why.MISSING) {
        return null;
      }
      throw refused;
    }
  }

  private void setRoles(String clientId, Set<String> wanted) {
    ClientRepresentation client = Objects.requireNonNull(reader.client(clientId));
    ClientResource itself = realm.clients().get(client.getId());
    String management = reader.managementId();
    String account =
        connection.calling(
            "read the service account of " + clientId,
            "view-users",
            () -> itself.getServiceAccountUser().getId());
    setRoles(
        "give roles to the service account of " + clientId,
        MANAGE_USERS,
        realm.users().get(account).roles().clientLevel(management),
        wanted);
    setRoles(
        "let the tokens of " + clientId + " carry roles",
        MANAGE_CLIENTS,
        itself.getScopeMappings().clientLevel(management),
        wanted);
  }

  private void setRoles(String what, String role, RoleScopeResource roles, Set<String> wanted) {
    connection.changing(
        what,
        role,
        () -> {
          List<RoleRepresentation> present = roles.listAll();
          List<RoleRepresentation> surplus =
              present.stream().filter(each -> !wanted.contains(each.getName())).toList();
          Set<String> missing = new TreeSet<>(wanted);
          missing.removeAll(RealmReader.names(present));
          if (!surplus.isEmpty()) {
            roles.remove(surplus);
          }
          if (!missing.isEmpty()) {
            roles.add(
                roles.listAvailable().stream()
                    .filter(each -> missing.contains(each.getName()))
                    .toList());
          }
        });
  }
}
