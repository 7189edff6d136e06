package dev.bothy.preflight;

import dev.bothy.platform.egress.EgressRefused;
import dev.bothy.platform.people.SignOnSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `sign-on`: Keycloak has the realm and names it as the settings do; and `clock-sign-on`, where
/// its answer tells the time.
record SignOnDocument(SignOnSettings settings, SignOnCalls calls, Clock clock) implements Check {
  private static final String NAME = "sign-on";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final long HALF_A_SECOND = 500;

  @Override
  public List<Finding> look() {
    String address = settings.serverIssuer() + "/.well-known/openid-configuration";
    Instant before = clock.instant();
    SignOnCalls.Answer answer;
    try {
      answer = calls.get(address);
    } catch (IOException e) {
      EgressRefused refused = Words.cause(e, EgressRefused.class);
      if (refused != null) {
        return List.of(
            Finding.fail(
                NAME,
                "the server's own guard stands in between: " + refused.getMessage(),
                "Do as it says, in the settings of outbound calls (in the chart egress)"));
      }
      return List.of(
          Finding.fail(
              NAME,
              address + " was not reached: " + Words.of(e),
              "Look whether Keycloak runs, whether bothy.sign-on.internal-issuer (or the issuer) is"
                  + " right, and whether a firewall or network policy lets this pod through"));
    }
    List<Finding> found = new ArrayList<>();
    found.add(finding(address, answer));
    String date = answer.date();
    if (date != null) {
      try {
        // The header counts whole seconds.
        Instant theirs =
            ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant()
                .plusMillis(HALF_A_SECOND);
        found.add(
            Drift.between(
                "clock-sign-on", Drift.halfWay(before, clock.instant()), theirs, "Keycloak's"));
      } catch (DateTimeParseException unreadable) {
        // PostgreSQL's clock is looked at as well.
      }
    }
    return found;
  }

  private Finding finding(String address, SignOnCalls.Answer answer) {
    if (answer.status() != OK) {
      return Finding.fail(
          NAME,
          address + " answers " + answer.status(),
          answer.status() == NOT_FOUND
              ? "Make the realm in Keycloak, or correct its name in bothy.sign-on.issuer and"
                  + " bothy.sign-on.internal-issuer"
              : "Look into Keycloak's log; the address must lead to the realm itself");
    }
    String named;
    try {
      named = JsonMapper.shared().readTree(answer.body()).path("issuer").asString("");
    } catch (JacksonException e) {
      return Finding.fail(
          NAME,
          address + " is no discovery document",
          "Let the address lead to a realm of Keycloak, not to a page in front of it");
    }
    return named.equals(settings.issuer().toString())
        ? Finding.pass(NAME, "Keycloak names " + named + " as its issuer, as the settings do")
        : Finding.fail(
            NAME,
            "Keycloak names "
                + named
                + " as its issuer, but bothy.sign-on.issuer is "
                + settings.issuer(),
            "Write the issuer exactly as Keycloak names it, or set Keycloak's hostname so that it"
                + " names the address that browsers use");
  }
}
