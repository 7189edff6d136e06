package dev.bothy.platform.vault;

import dev.bothy.platform.egress.EgressRefused;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is wrong, in words: what Vault says, `{"errors": ["…"]}`, or why it says nothing.
final class VaultErrors {
  private static final int LONGEST = 300;

  private VaultErrors() {}

  /// In one line; what is no such answer gives no words.
  static String of(String body) {
    List<String> words = new ArrayList<>();
    try {
      for (JsonNode error : JsonMapper.shared().readTree(body).path("errors")) {
        words.add(error.asString().strip().replaceAll("\\s+", " "));
      }
    } catch (JacksonException e) {
      return "";
    }
    return shortened(String.join("; ", words));
  }

  /// Why there was no answer.
  static String ofSilence(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof EgressRefused refused) {
        return String.valueOf(refused.getMessage());
      }
      if (each instanceof UnknownHostException) {
        return "its name leads nowhere";
      }
      if (each instanceof SocketTimeoutException) {
        return "not in time";
      }
      if (each instanceof ConnectException || each instanceof NoRouteToHostException) {
        return "nobody listens there, or a firewall is in between";
      }
      deepest = each;
    }
    String said = String.valueOf(deepest.getMessage());
    return deepest instanceof CertPathBuilderException
        ? "its certificate is not believed, "
            + said
            + "; bothy.installation.ca-bundle names the authority that signed it"
        : shortened(said);
  }

  private static String shortened(String line) {
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
