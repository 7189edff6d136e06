package dev.bothy.platform.egress;

import dev.bothy.platform.kernel.StartRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Whose certificates are believed: those of the authorities that the Java platform knows, and of
/// the ones in a file of the organisation's own.
///
/// @param caBundle `bothy.installation.ca-bundle`: a file of PEM certificates; null adds none
@ConfigurationProperties("bothy.installation")
record Authorities(@Nullable Path caBundle) {
  /// @throws StartRefused if the file cannot be read or has no certificate in it
  SSLContext tls() {
    return tls(trustManager());
  }

  static SSLContext tls(X509ExtendedTrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is not to be had", e);
    }
  }

  /// @throws StartRefused if the file cannot be read or has no certificate in it
  X509ExtendedTrustManager trustManager() {
    try {
      X509ExtendedTrustManager known = trustManager(null);
      if (caBundle == null) {
        return known;
      }
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null);
      int number = 0;
      for (X509Certificate authority : known.getAcceptedIssuers()) {
        all.setCertificateEntry("known-" + number++, authority);
      }
      for (Certificate authority : read(caBundle)) {
        all.setCertificateEntry("own-" + number++, authority);
      }
      return trustManager(all);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("A key store in memory is not to be had", e);
    }
  }

  /// @param store null means the platform's own
  private static X509ExtendedTrustManager trustManager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("No trust manager for X.509");
  }

  private static Collection<? extends Certificate> read(Path file) {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (IOException | GeneralSecurityException unreadable) {
      // Said below: what it was is of no more use than that it was not.
    }
    throw new StartRefused(
        "bothy.installation.ca-bundle: " + file + " cannot be read as certificates in PEM.",
        "Put the certificates of your organisation's authorities into it, each between BEGIN"
            + " CERTIFICATE and END CERTIFICATE, and let the server read it.");
  }
}
