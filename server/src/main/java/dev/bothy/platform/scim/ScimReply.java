package dev.bothy.platform.scim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An answer.
///
/// @param headers beside those of the body
/// @param body null if there is none
public record ScimReply(int status, Map<String, String> headers, @Nullable ObjectNode body) {
  private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  public ScimReply {
    headers = Map.copyOf(headers);
  }

  static ScimReply of(int status, ObjectNode body) {
    return new ScimReply(status, Map.of(), body);
  }

  static ScimReply empty(int status) {
    return new ScimReply(status, Map.of(), null);
  }

  /// An error as RFC 7644 §3.12 writes it.
  static ScimReply of(ScimError error) {
    ObjectNode body = Canonical.NODES.objectNode();
    body.putArray("schemas").add(ERROR);
    body.put("status", String.valueOf(error.status()));
    ScimError.Type type = error.type();
    if (type != null) {
      body.put("scimType", type.word());
    }
    body.put("detail", error.detail());
    return of(error.status(), body);
  }

  ScimReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ScimReply(status, more, body);
  }
}
