package dev.bothy.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A certificate for `localhost` and 127.0.0.1, made by the JDK's keytool.
///
/// @param certificate its file in PEM
/// @param key the file of its private key in PEM, readable by its owner alone
public record TestCertificate(Path store, Path certificate, Path key) {
  private static final String PASSWORD = "test-store";

  /// One that signed itself.
  ///
  /// @param folder gets the files
  /// @param start when it becomes valid, as keytool has it, e.g. `-10d`
  /// @param days for how long
  public static TestCertificate make(Path folder, String start, int days) {
    return make(folder, start, days, null);
  }

  /// One that an authority of its own signed.
  ///
  /// @param folder gets the files
  /// @param authority the file that gets the authority's certificate in PEM
  public static TestCertificate signed(Path folder, Path authority) {
    return make(folder, "-1d", 91, authority);
  }

  private static TestCertificate make(
      Path folder, String start, int days, @Nullable Path authority) {
    try {
      Path own = Files.createTempDirectory(folder, "certificate");
      Path store = own.resolve("store.p12");
      List<String> server = new ArrayList<>(List.of("-dname", "CN=localhost", "-startdate", start));
      server.addAll(List.of("-validity", "" + days, "-ext", "san=dns:localhost,ip:127.0.0.1"));
      if (authority != null) {
        generate(store, "authority", List.of("-dname", "CN=Authority of a test", "-ext", "bc:c"));
        pem(authority, "CERTIFICATE", open(store).getCertificate("authority").getEncoded());
        server.addAll(List.of("-signer", "authority"));
      }
      generate(store, "server", server);
      KeyStore made = open(store);
      Path certificate =
          pem(own.resolve("server.crt"), "CERTIFICATE", made.getCertificate("server").getEncoded());
      Path key =
          pem(
              own.resolve("server.key"),
              "PRIVATE KEY",
              made.getKey("server", PASSWORD.toCharArray()).getEncoded());
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      return new TestCertificate(store, certificate, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void generate(Path store, String alias, List<String> options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(options);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  /// For a server that shows it.
  public SSLContext server() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(open(store), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore open(Path file) throws GeneralSecurityException {
    try (InputStream input = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(input, PASSWORD.toCharArray());
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
