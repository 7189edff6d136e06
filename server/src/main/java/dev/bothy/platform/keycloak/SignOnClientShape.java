package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.WantedRealm.SignOnClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The client that people sign in through, as it has to be: confidential, the authorization code
/// flow with PKCE and no other, exact addresses, and a mapper for groups. Its tokens carry no
/// roles.
final class SignOnClientShape {
  static final String OPENID_CONNECT = "openid-connect";

  /// The client scopes that fill the ID token: `sub`, `acr`, the names, the verified address.
  static final List<String> SCOPES = List.of("acr", "basic", "email", "profile");

  static final String GROUP_MAPPER = "oidc-group-membership-mapper";

  /// How Keycloak writes several addresses into one attribute.
  private static final String ADDRESSES = "##";

  private static final String POST_LOGOUT = "post.logout.redirect.uris";
  private static final String ACR_LEVELS = "acr.loa.map";
  private static final String SAME_SECRET = "as in the settings";

  private SignOnClientShape() {}

  static List<Trait> traits(SignOnClient wanted) {
    List<Trait> traits = new ArrayList<>();
    traits.add(
        Trait.flag(
            "enabled", ClientRepresentation::isEnabled, ClientRepresentation::setEnabled, true));
    traits.add(
        Trait.text(
            "protocol",
            ClientRepresentation::getProtocol,
            ClientRepresentation::setProtocol,
            OPENID_CONNECT));
    traits.addAll(confidential(wanted.secret()));
    traits.add(
        Trait.flag(
            "standard flow",
            ClientRepresentation::isStandardFlowEnabled,
            ClientRepresentation::setStandardFlowEnabled,
            true));
    traits.addAll(noOtherFlow());
    traits.add(
        Trait.flag(
            "service account",
            ClientRepresentation::isServiceAccountsEnabled,
            ClientRepresentation::setServiceAccountsEnabled,
            false));
    traits.add(Trait.attribute("PKCE", "pkce.code.challenge.method", "S256"));
    traits.add(
        Trait.list(
            "redirect URIs",
            ClientRepresentation::getRedirectUris,
            ClientRepresentation::setRedirectUris,
            wanted.redirectUris()));
    traits.add(
        Trait.list(
            "web origins",
            ClientRepresentation::getWebOrigins,
            ClientRepresentation::setWebOrigins,
            List.of()));
    traits.add(
        new Trait(
            "addresses after signing out",
            SignOnClientShape::postLogoutUris,
            Trait.listed(wanted.postLogoutUris()),
            client ->
                Trait.put(client, POST_LOGOUT, String.join(ADDRESSES, wanted.postLogoutUris()))));
    traits.add(
        Trait.flag(
            "front-channel logout",
            ClientRepresentation::isFrontchannelLogout,
            ClientRepresentation::setFrontchannelLogout,
            false));
    traits.add(
        Trait.attribute(
            "back-channel logout",
            "backchannel.logout.url",
            wanted.backChannelLogout().toString()));
    traits.add(
        Trait.attribute(
            "session in back-channel logout", "backchannel.logout.session.required", "true"));
    traits.add(scopeOfRoles());
    if (!wanted.acrLevels().isEmpty()) {
      traits.add(acrLevels(wanted.acrLevels()));
    }
    return traits;
  }

  static List<Trait> confidential(@Nullable String secret) {
    List<Trait> traits = new ArrayList<>();
    traits.add(
        Trait.flag(
            "public client",
            ClientRepresentation::isPublicClient,
            ClientRepresentation::setPublicClient,
            false));
    traits.add(
        Trait.text(
            "client authentication",
            ClientRepresentation::getClientAuthenticatorType,
            ClientRepresentation::setClientAuthenticatorType,
            "client-secret"));
    if (secret != null) {
      traits.add(
          new Trait(
              "secret",
              client -> secret.equals(client.getSecret()) ? SAME_SECRET : "another",
              SAME_SECRET,
              client -> client.setSecret(secret)));
    }
    return traits;
  }

  static List<Trait> noOtherFlow() {
    return List.of(
        Trait.flag(
            "implicit flow",
            ClientRepresentation::isImplicitFlowEnabled,
            ClientRepresentation::setImplicitFlowEnabled,
            false),
        Trait.flag(
            "direct access grants",
            ClientRepresentation::isDirectAccessGrantsEnabled,
            ClientRepresentation::setDirectAccessGrantsEnabled,
            false),
        Trait.attributeOff("device flow", "oauth2.device.authorization.grant.enabled"),
        Trait.attributeOff("CIBA flow", "oidc.ciba.grant.enabled"),
        Trait.attributeOff("token exchange", "standard.token.exchange.enabled"));
  }

  /// Off: tokens carry the roles that are mapped to the client alone, and none of all the others
  /// that a person has.
  static Trait scopeOfRoles() {
    return Trait.flag(
        "all roles in its tokens",
        ClientRepresentation::isFullScopeAllowed,
        ClientRepresentation::setFullScopeAllowed,
        false);
  }

  private static @Nullable String postLogoutUris(ClientRepresentation client) {
    String written = Trait.attribute(client, POST_LOGOUT);
    return written == null ? null : Trait.listed(Arrays.asList(written.split(ADDRESSES)));
  }

  private static Trait acrLevels(Map<String, Integer> wanted) {
    return new Trait(
        "levels of authentication",
        client -> levels(Trait.attribute(client, ACR_LEVELS)),
        levels(wanted),
        client -> Trait.put(client, ACR_LEVELS, JsonMapper.shared().writeValueAsString(wanted)));
  }

  private static @Nullable String levels(@Nullable String written) {
    if (written == null) {
      return null;
    }
    try {
      return levels(
          JsonMapper.shared().readValue(written, new TypeReference<TreeMap<String, Integer>>() {}));
    } catch (JacksonException e) {
      return "unreadable";
    }
  }

  private static String levels(Map<String, Integer> levels) {
    return levels.entrySet().stream()
        .map(level -> level.getKey() + " = " + level.getValue())
        .collect(Collectors.joining(", "));
  }

  /// Puts a person's groups into the ID token by their whole path: a group of the same name below
  /// another one is another group.
  static Map<String, String> groupMapper(String claim) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("claim.name", claim);
    config.put("full.path", "true");
    config.put("id.token.claim", "true");
    config.put("access.token.claim", "false");
    config.put("userinfo.token.claim", "true");
    return config;
  }

  static ProtocolMapperRepresentation mapper(String name, String claim) {
    ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
    mapper.setName(name);
    mapper.setProtocol(OPENID_CONNECT);
    mapper.setProtocolMapper(GROUP_MAPPER);
    mapper.setConfig(groupMapper(claim));
    return mapper;
  }

  /// One to make.
  ///
  /// @param scopes the names of the realm's client scopes
  static ClientRepresentation made(SignOnClient wanted, Collection<String> scopes) {
    ClientRepresentation client = new ClientRepresentation();
    client.setClientId(wanted.clientId());
    client.setName("Bothy");
    traits(wanted).forEach(trait -> trait.write().accept(client));
    client.setProtocolMappers(List.of(mapper("groups", wanted.groupsClaim())));
    client.setDefaultClientScopes(SCOPES.stream().filter(scopes::contains).toList());
    client.setOptionalClientScopes(List.of());
    return client;
  }
}
