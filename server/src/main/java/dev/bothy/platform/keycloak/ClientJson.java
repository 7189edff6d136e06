package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.WantedRealm.SignOnClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/// The client that people sign in through, to be imported in Keycloak (Clients, Import client): the
/// same that the realm step makes, but without its secret, which Keycloak then makes.
public final class ClientJson {
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

  private ClientJson() {}

  /// The file's text, with a line end at its end. The same client gives the same bytes.
  public static String of(SignOnClient wanted) {
    ClientRepresentation client =
        SignOnClientShape.made(
            new SignOnClient(
                wanted.clientId(),
                null,
                wanted.redirectUris(),
                wanted.postLogoutUris(),
                wanted.backChannelLogout(),
                wanted.groupsClaim(),
                wanted.acrLevels()),
            SignOnClientShape.SCOPES);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clientId", client.getClientId());
    json.put("name", client.getName());
    json.put("enabled", client.isEnabled());
    json.put("protocol", client.getProtocol());
    json.put("publicClient", client.isPublicClient());
    json.put("clientAuthenticatorType", client.getClientAuthenticatorType());
    json.put("standardFlowEnabled", client.isStandardFlowEnabled());
    json.put("implicitFlowEnabled", client.isImplicitFlowEnabled());
    json.put("directAccessGrantsEnabled", client.isDirectAccessGrantsEnabled());
    json.put("serviceAccountsEnabled", client.isServiceAccountsEnabled());
    json.put("frontchannelLogout", client.isFrontchannelLogout());
    json.put("fullScopeAllowed", client.isFullScopeAllowed());
    json.put("redirectUris", client.getRedirectUris());
    json.put("webOrigins", client.getWebOrigins());
    json.put("attributes", new TreeMap<>(client.getAttributes()));
    json.put("defaultClientScopes", client.getDefaultClientScopes());
    json.put("optionalClientScopes", client.getOptionalClientScopes());
    json.put(
        "protocolMappers", client.getProtocolMappers().stream().map(ClientJson::mapper).toList());
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(INDENT)
            .withArrayIndenter(INDENT);
    return JsonMapper.shared().writer().with(printer).writeValueAsString(json) + "\n";
  }

  private static Map<String, Object> mapper(ProtocolMapperRepresentation mapper) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", mapper.getName());
    json.put("protocol", mapper.getProtocol());
    json.put("protocolMapper", mapper.getProtocolMapper());
    json.put("config", mapper.getConfig());
    return json;
  }
}
