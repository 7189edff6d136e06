package dev.bothy.operator.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.github.jopenlibs.vault.rest.RestResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [Vault] by vault-java-driver, and around what that does not do: it takes every path for one of a
/// key-value engine unless told version 1; an answer of 403 or 500 is no error to it, so every
/// status is looked at here; and it makes a client of its own, with threads of its own, for each
/// call unless it is given one.
public final class DrivenVault implements Vault, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PLAIN_PATHS = 1;
  private static final int TIMEOUT_SECONDS = 5;
  private static final int FIRST_ERROR = 400;
  private static final int NOT_FOUND = 404;

  private final String address;
  private final HttpClient http;
  private io.github.jopenlibs.vault.Vault driver;

  /// @param address e.g. `http://bothy-trial-openbao:8200`
  public DrivenVault(String address) {
    this.address = address;
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(TIMEOUT_SECONDS)).build();
    this.driver = driver(null);
  }

  @Override
  public void login(String role, String serviceAccountToken) {
    try {
      AuthResponse answer = driver(null).auth().loginByKubernetes(role, serviceAccountToken);
      check("auth/kubernetes/login", answer.getRestResponse());
      driver = driver(answer.getAuthClientToken());
    } catch (VaultException e) {
      throw failure("auth/kubernetes/login", e);
    }
  }

  @Override
  public Optional<JsonNode> read(String path) {
    try {
      LogicalResponse answer = driver.logical().read(path);
      RestResponse rest = answer.getRestResponse();
      if (rest.getStatus() == NOT_FOUND || isMissingMount(rest)) {
        return Optional.empty();
      }
      check(path, rest);
      return Optional.of(JSON.readTree(rest.getBody()).path("data"));
    } catch (VaultException e) {
      if (e.getHttpStatusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failure(path, e);
    } catch (IOException e) {
      throw new VaultFailure(address + " answered " + path + " with what is no JSON");
    }
  }

  @Override
  public void write(String path, Map<String, Object> content) {
    try {
      check(path, driver.logical().write(path, content).getRestResponse());
    } catch (VaultException e) {
      throw failure(path, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private io.github.jopenlibs.vault.Vault driver(@Nullable String token) {
    try {
      VaultConfig config =
          new VaultConfig()
              .address(address)
              .engineVersion(PLAIN_PATHS)
              .openTimeout(TIMEOUT_SECONDS)
              .readTimeout(TIMEOUT_SECONDS)
              .httpClient(http);
      return io.github.jopenlibs.vault.Vault.create(
          (token == null ? config : config.token(token)).build());
    } catch (VaultException e) {
      throw new IllegalArgumentException(address + " is no address of a Vault", e);
    }
  }

  /// What Vault says of a mount that is not there: 400, and not 404.
  private static boolean isMissingMount(RestResponse rest) {
    return rest.getStatus() == FIRST_ERROR
        && new String(rest.getBody(), StandardCharsets.UTF_8).contains("No secret engine mount at");
  }

  private void check(String path, RestResponse rest) {
    if (rest.getStatus() >= FIRST_ERROR) {
      throw new VaultFailure(
          "%s answered %s with %d: %s"
              .formatted(address, path, rest.getStatus(), errors(rest.getBody())));
    }
  }

  private VaultFailure failure(String path, VaultException e) {
    return new VaultFailure(
        e.getHttpStatusCode() == 0
            ? "%s could not be reached: %s".formatted(address, e.getMessage())
            : "%s answered %s with %d: %s"
                .formatted(address, path, e.getHttpStatusCode(), e.getMessage()));
  }

  private static String errors(byte[] body) {
    try {
      return JSON.readTree(body).path("errors").toString();
    } catch (IOException e) {
      return "no reason";
    }
  }
}
