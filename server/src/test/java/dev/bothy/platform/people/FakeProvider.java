package dev.bothy.platform.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// An identity provider that hands out what a real one never would: forged and broken tokens.
/// Everything else is tested against Keycloak.
final class FakeProvider implements AutoCloseable {
  static final String CLIENT = "bothy";
  static final String CLIENT_SECRET = "a-secret-of-thirty-two-characters";

  private final HttpServer server;
  private final RSAKey key = key("one");
  private final RSAKey strange = key("one");
  private volatile String idToken = "";

  FakeProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext(
        "/realms/fake/protocol/openid-connect/certs",
        exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
    server.createContext(
        "/realms/fake/protocol/openid-connect/token",
        exchange ->
            answer(
                exchange,
                """
                {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}
                """
                    .formatted(idToken)));
    server.start();
  }

  URI issuer() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/realms/fake");
  }

  /// What the next sign-in gets.
  void handOut(String token) {
    idToken = token;
  }

  String signed(JWTClaimsSet claims) {
    return sign(claims, key);
  }

  /// By a key of the same name that this provider does not have.
  String signedByAStranger(JWTClaimsSet claims) {
    return sign(claims, strange);
  }

  String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  /// By the client's secret, which a client that trusts the token's own `alg` would check it with.
  String signedByTheClientsSecret(JWTClaimsSet claims) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(new MACSigner(CLIENT_SECRET.getBytes(StandardCharsets.US_ASCII)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// By the public key's bytes as if they were a secret.
  String signedByThePublicKey(JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims);
      token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static String sign(JWTClaimsSet claims, RSAKey by) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(by));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
