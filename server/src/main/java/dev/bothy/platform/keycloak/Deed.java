package dev.bothy.platform.keycloak;

import java.util.Set;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/// One call that brings a realm nearer to what is wanted.
sealed interface Deed {
  record MakeClient(ClientRepresentation client) implements Deed {}

  /// @param client with its id; what is null in it stays as it is
  record PutClient(ClientRepresentation client) implements Deed {}

  /// @param client its id
  record MakeMapper(String client, ProtocolMapperRepresentation mapper) implements Deed {}

  /// @param client its id
  record PutMapper(String client, ProtocolMapperRepresentation mapper) implements Deed {}

  /// @param client its id
  /// @param scope its id
  record AddScope(String client, String scope) implements Deed {}

  /// @param path without the leading `/`
  record MakeGroup(String path) implements Deed {}

  record PutEvents(RealmEventsConfigRepresentation events) implements Deed {}

  /// @param realm what is null in it stays as it is; of attributes it has all
  record PutRealm(RealmRepresentation realm) implements Deed {}

  /// Gives the service account of this client these roles of `realm-management` and no other, and
  /// lets its tokens carry just these.
  ///
  /// @param clientId its name, since it may be made just before
  record SetRoles(String clientId, Set<String> roles) implements Deed {}
}
