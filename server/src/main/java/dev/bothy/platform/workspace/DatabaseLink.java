package dev.bothy.platform.workspace;

import dev.bothy.platform.kernel.StartRefused;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Whether a link to PostgreSQL is encrypted to a server that proved who it is.
public final class DatabaseLink {
  private static final Set<String> CHECKED = Set.of("verify-full", "verify-ca");

  /// Takes any certificate, whatever the mode says.
  private static final String BELIEVES_ALL = "org.postgresql.ssl.NonValidatingFactory";

  private DatabaseLink() {}

  /// Whether everything that goes over a link of this address is encrypted, and the other side's
  /// certificate is checked.
  ///
  /// @param url as JDBC has it
  /// @param beside properties that are given apart from the address
  public static boolean isEncrypted(String url, Properties beside) {
    Properties all = Driver.parseURL(url, beside);
    String mode = all == null ? null : PGProperty.SSL_MODE.getOrDefault(all);
    String factory = all == null ? null : PGProperty.SSL_FACTORY.getOrDefault(all);
    return mode != null && CHECKED.contains(mode) && !BELIEVES_ALL.equals(factory);
  }

  /// @param setting the key that holds the address
  /// @throws StartRefused in production, if the link is not encrypted
  public static void check(
      Installation installation, String setting, @Nullable String url, Properties beside) {
    if (installation.production() && url != null && !isEncrypted(url, beside)) {
      throw new StartRefused(
          setting
              + " leads to PostgreSQL without an encrypted link whose other side is checked, which"
              + " is refused in production.",
          "Add sslmode=verify-full to the address, and sslrootcert with the file of the authority"
              + " that signed PostgreSQL's certificate. bothy.installation.mode=trial allows plain"
              + " links, to try Bothy out.");
    }
  }
}
