package dev.bothy.preflight;

import dev.bothy.platform.operation.Redaction;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a failure means, in a few words and without a secret.
final class Words {
  private final List<String> secrets;

  /// @param secrets the values that may stand in no text
  Words(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /// The finding as it may be shown.
  Finding shown(Finding finding) {
    return new Finding(
        finding.check(), finding.result(), clean(finding.message()), clean(finding.fix()));
  }

  private String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, Redaction.REDACTED);
    }
    return Redaction.of(clean).replaceAll("\\s+", " ").strip();
  }

  /// Why a place was not reached.
  static String of(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException) {
        return "its name leads nowhere";
      }
      if (each instanceof SocketTimeoutException) {
        return "it does not answer in time";
      }
      if (each instanceof ConnectException || each instanceof NoRouteToHostException) {
        return "nobody listens there, or a firewall is in between";
      }
    }
    return message(deepest(failure));
  }

  /// The failure's first cause.
  static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String message(Throwable failure) {
    @Nullable String said = failure.getMessage();
    return said == null || said.isBlank() ? failure.getClass().getSimpleName() : said;
  }

  /// The first cause of this type, if there is one.
  static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }
}
