package dev.bothy.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server that speaks Vault's language, in memory, as `scripts/vaults` brings it. Transit is
/// mounted, the policy that the documentation hands out is written, and a role signs in by AppRole.
public final class TestVault {
  private static final String ROOT = "root-of-the-tests";
  private static final String POLICY = "bothy-server";
  private static final Path POLICY_FILE = Path.of("../docs/reference/vault/bothy-server.hcl");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern UNSEAL_KEY = Pattern.compile("(?m)^Unseal Key: (.+)$");
  private static final Map<Product, TestVault> SHARED = new EnumMap<>(Product.class);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;
  private final Path log;

  /// Which server it is.
  public enum Product {
    /// OpenBao 2.7.
    OPENBAO("openbao"),
    /// HashiCorp Vault 1.21, without its enterprise parts.
    VAULT("vault");

    private final String name;

    Product(String name) {
      this.name = name;
    }

    private Optional<Path> program() {
      Path cache = Path.of(System.getProperty("user.home"), ".cache", "bothy", "vaults");
      try (var files = Files.list(cache)) {
        return files
            .filter(file -> file.getFileName().toString().startsWith(name + "-"))
            .filter(Files::isExecutable)
            .findFirst();
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  /// How a role signs in by AppRole.
  public record AppRole(String roleId, String secretId) {}

  private TestVault(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /// The one of this product that all tests share. Who seals it, or stops it, opens it again.
  public static synchronized TestVault shared(Product product) {
    RealParts.require(
        product.program().isPresent(),
        "Bothy's keys in " + product,
        "what `scripts/vaults " + product.name + "` asks for, and run that");
    return SHARED.computeIfAbsent(product, TestVault::start);
  }

  private static TestVault start(Product product) {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      Path log = Files.createTempFile("bothy-vault", ".log");
      Process process =
          new ProcessBuilder(
                  product.program().orElseThrow().toString(),
                  "server",
                  "-dev",
                  "-dev-no-store-token",
                  "-dev-root-token-id=" + ROOT,
                  "-dev-listen-address=127.0.0.1:" + port)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      TestVault vault = new TestVault(process, URI.create("http://127.0.0.1:" + port), log);
      vault.setUp();
      return vault;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void setUp() throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (status("GET", "sys/health", null) != 200) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("It did not start:\n" + Files.readString(log));
      }
      pause();
    }
    mount("transit");
    policy(POLICY, Files.readString(POLICY_FILE));
    call("POST", "sys/auth/approle", "{\"type\":\"approle\"}");
  }

  public URI address() {
    return address;
  }

  /// Mounts the Transit engine there.
  public void mount(String path) {
    mount(path, "transit");
  }

  /// Mounts this engine there.
  public void mount(String path, String engine) {
    call("POST", "sys/mounts/" + path, "{\"type\":\"" + engine + "\"}");
  }

  public void policy(String name, String rules) {
    call(
        "POST",
        "sys/policies/acl/" + name,
        JsonMapper.shared().createObjectNode().put("policy", rules).toString());
  }

  /// A new role with the server's policy.
  public AppRole role() {
    return role(POLICY);
  }

  /// A new role with this policy alone.
  public AppRole role(String policy) {
    return role(policy, Duration.ofHours(1));
  }

  /// A new role with these policies, comma between them, whose tokens live that long and not
  /// longer.
  public AppRole role(String policies, Duration life) {
    String role = "auth/approle/role/r" + Long.toString(System.nanoTime(), 36);
    String seconds = life.toSeconds() + "s";
    call(
        "POST",
        role,
        JsonMapper.shared()
            .createObjectNode()
            .put("token_policies", policies)
            .put("token_ttl", seconds)
            .put("token_max_ttl", seconds)
            .toString());
    return new AppRole(
        call("GET", role + "/role-id", null).at("/data/role_id").asString(),
        call("POST", role + "/secret-id", "{}").at("/data/secret_id").asString());
  }

  /// What a server needs to keep its keys here, signed in as a new role with its policy.
  public List<String> serverSettings() {
    AppRole role = role();
    return List.of(
        "bothy.keys.provider=vault",
        "spring.cloud.vault.enabled=true",
        "spring.cloud.vault.uri=" + address,
        "spring.cloud.vault.authentication=APPROLE",
        "spring.cloud.vault.app-role.role-id=" + role.roleId(),
        "spring.cloud.vault.app-role.secret-id=" + role.secretId());
  }

  /// Ends all tokens that AppRole has given.
  public void revokeAll() {
    call("PUT", "sys/leases/revoke-prefix/auth/approle", "{}");
  }

  public void seal() {
    call("PUT", "sys/seal", "{}");
  }

  public void unseal() {
    try {
      Matcher key = UNSEAL_KEY.matcher(Files.readString(log));
      if (!key.find()) {
        throw new IllegalStateException("No key in " + log);
      }
      call("PUT", "sys/unseal", "{\"key\":\"" + key.group(1).strip() + "\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// From now on it takes connections and answers nothing.
  public void hang() {
    signal("STOP");
  }

  public void goOn() {
    signal("CONT");
  }

  /// A call as root.
  ///
  /// @param body null sends none
  /// @throws IllegalStateException if the answer is an error
  public JsonNode call(String method, String path, @Nullable String body) {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() >= 400) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body().isEmpty() ? "{}" : answer.body());
  }

  private int status(String method, String path, @Nullable String body) {
    try {
      return send(method, path, body).statusCode();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body) {
    try {
      return http.send(
          HttpRequest.newBuilder(address.resolve("/v1/" + path))
              .header("X-Vault-Token", ROOT)
              .timeout(PATIENCE)
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// OpenBao, and HashiCorp Vault where somebody has built it, which takes minutes, or where
  /// nothing may go untested.
  public static List<Product> products() {
    if (Product.VAULT.program().isPresent() || "true".equals(System.getenv("CI"))) {
      return List.of(Product.OPENBAO, Product.VAULT);
    }
    System.err.println(
        "NOT TESTED: Bothy's keys in HashiCorp Vault, only in OpenBao. To test it, run"
            + " scripts/vaults vault.");
    return List.of(Product.OPENBAO);
  }
}
