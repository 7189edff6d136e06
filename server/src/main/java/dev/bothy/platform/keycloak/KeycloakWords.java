package dev.bothy.platform.keycloak;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Keycloak gives as its reason.
final class KeycloakWords {
  private static final int LONGEST = 200;

  private KeycloakWords() {}

  /// @param body of an answer that is an error
  /// @return `: ` and the reason; empty if there is none
  static String of(String body) {
    JsonNode answer;
    try {
      answer = JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return "";
    }
    for (String name : new String[] {"error_description", "errorMessage", "error"}) {
      String said = answer.path(name).asString("");
      if (!said.isEmpty()) {
        return ": " + (said.length() <= LONGEST ? said : said.substring(0, LONGEST));
      }
    }
    return "";
  }
}
