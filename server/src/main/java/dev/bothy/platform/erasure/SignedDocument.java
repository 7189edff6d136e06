package dev.bothy.platform.erasure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A document with a statement as it was signed, the signature, and the key to check it with: the
/// form of receipts and of the ledger's files.
///
/// @param publicKey in PEM
record SignedDocument(Signed signed, String publicKey) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  String text() {
    Map<String, String> document = new TreeMap<>();
    document.put("statement", signed.statement());
    document.put("signature", Base64.getEncoder().encodeToString(signed.signature()));
    document.put("publicKey", publicKey);
    return JSON.writeValueAsString(document);
  }

  /// What [#text] wrote.
  ///
  /// @throws IllegalArgumentException if it is something else
  static SignedDocument read(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return new SignedDocument(
          new Signed(
              read.path("statement").asString(),
              Base64.getDecoder().decode(read.path("signature").asString())),
          read.path("publicKey").asString());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("It is no document of this kind", e);
    }
  }

  /// Whether the signature is by the document's own key.
  boolean holds() {
    try {
      byte[] encoded =
          Base64.getMimeDecoder().decode(publicKey.replaceAll("-----[A-Z ]+-----", "").strip());
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      check.update(signed.statement().getBytes(StandardCharsets.UTF_8));
      return check.verify(signed.signature());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
