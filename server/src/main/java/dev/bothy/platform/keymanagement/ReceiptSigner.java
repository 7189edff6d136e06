package dev.bothy.platform.keymanagement;

import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Signs with the installation's Ed25519 key (RFC 8032), which is made at the first start, or the
/// first use, and kept sealed. Called within a transaction.
@Component
public class ReceiptSigner {
  static final Purpose SIGNING_KEY = new Purpose(Purpose.PLATFORM, "keymanagement.signing-key");

  private static final UUID ONLY = new UUID(0, 1);
  private static final String ALGORITHM = "Ed25519";

  private final JdbcClient jdbc;
  private final Keys keys;
  private final Clock clock;

  ReceiptSigner(JdbcClient jdbc, Keys keys, Clock clock) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.clock = clock;
  }

  /// Makes the key, unless it is there.
  void make() {
    if (stored().isEmpty()) {
      makeAndRead();
    }
  }

  /// The signature over this text.
  public byte[] sign(byte[] text) {
    byte[] encoded =
        keys.openForInstallation(SIGNING_KEY, ONLY, stored().orElseGet(this::makeAndRead));
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 does not work in this Java runtime", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /// The public key, in PEM; empty before anything was signed.
  public Optional<String> publicKey() {
    return jdbc.sql("select public_key from signing_key")
        .query(byte[].class)
        .optional()
        .map(encoded ->
            "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(Base64.getEncoder().encodeToString(encoded)));
  }

  private Optional<Sealed> stored() {
    return jdbc.sql("select private_key from signing_key")
        .query(byte[].class)
        .optional()
        .map(Sealed::new);
  }

  /// Of two servers that make one at once the later waits for the earlier and takes its key.
  private Sealed makeAndRead() {
    KeyPair pair;
    try {
      pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 does not work in this Java runtime", e);
    }
    byte[] encoded = pair.getPrivate().getEncoded();
    jdbc.sql(
            "insert into signing_key (id, public_key, private_key, created_at)"
                + " values (?, ?, ?, ?) on conflict do nothing")
        .params(
            ONLY,
            pair.getPublic().getEncoded(),
            keys.sealForInstallation(SIGNING_KEY, ONLY, encoded).bytes(),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    Arrays.fill(encoded, (byte) 0);
    return stored().orElseThrow();
  }
}
