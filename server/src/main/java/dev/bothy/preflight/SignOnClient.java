package dev.bothy.preflight;

import dev.bothy.platform.people.SignOnSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `sign-on-client`: the realm knows the client and its secret. It is asked for a token with a code
/// that nobody was given: whoever is let in so far hears that the code is wrong, whoever is not
/// hears that the client is (RFC 6749 §5.2).
record SignOnClient(SignOnSettings settings, SignOnCalls calls, String redirect) implements Check {
  private static final String NAME = "sign-on-client";
  private static final String CODE_IS_WRONG = "invalid_grant";
  private static final int UNAUTHORIZED = 401;

  @Override
  public List<Finding> look() {
    String secret = settings.clientSecret();
    boolean confidential = secret != null && !secret.isBlank();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", "preflight");
    form.put("redirect_uri", redirect);
    if (!confidential) {
      form.put("client_id", settings.clientId());
    }
    SignOnCalls.Answer answer;
    try {
      answer =
          calls.post(
              settings.serverEndpoint("token"),
              settings.clientId(),
              confidential ? secret : null,
              form);
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              NAME,
              "Keycloak's token endpoint was not reached: " + Words.of(e),
              "Look whether Keycloak runs and answers"));
    }
    return List.of(finding(answer, confidential));
  }

  private Finding finding(SignOnCalls.Answer answer, boolean confidential) {
    String error;
    String said;
    try {
      JsonNode body = JsonMapper.shared().readTree(answer.body());
      error = body.path("error").asString("");
      said = body.path("error_description").asString("");
    } catch (JacksonException e) {
      error = "";
      said = "";
    }
    if (error.equals(CODE_IS_WRONG)) {
      return Finding.pass(
          NAME,
          "the realm knows the client "
              + settings.clientId()
              + (confidential ? " and its secret" : ", which has no secret"));
    }
    String message =
        "Keycloak refuses the client "
            + settings.clientId()
            + ": "
            + answer.status()
            + " "
            + error
            + (said.isEmpty() ? "" : " (" + said + ")");
    return answer.status() == UNAUTHORIZED || error.endsWith("_client")
        ? Finding.fail(
            NAME,
            message,
            confidential
                ? "Put the client's secret from Keycloak (Clients, "
                    + settings.clientId()
                    + ", Credentials) into the secret that bothy.sign-on.client-secret comes from;"
                    + " look also whether the client exists and is enabled"
                : "Give bothy.sign-on.client-secret, or make the client "
                    + settings.clientId()
                    + " a public one in Keycloak; look also whether it exists and is enabled")
        : Finding.warn(
            NAME, message, "Look into Keycloak's log; standard flow must be on for the client");
  }
}
