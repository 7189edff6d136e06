package dev.bothy.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server that speaks Vault's language, in memory, as `scripts/vaults` brings it. Transit is
/// mounted, the policy that the documentation hands out is written, and a role signs in by AppRole.
public final class TestVault implements AutoCloseable {
  private static final String ROOT = "root-of-the-tests";
  private static final String POLICY = "bothy-server";
  private static final Path POLICY_FILE = Path.of("../docs/reference/vault/bothy-server.hcl");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern UNSEAL_KEY = Pattern.compile("(?m)^Unseal Key: (.+)$");
  private static final Map<Product, TestVault> SHARED = new EnumMap<>(Product.class);
  private static final Set<Product> TOLD = EnumSet.noneOf(Product.class);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;
  private final Path log;
  private final String namespace;

  /// Which server it is.
  public enum Product {
    /// OpenBao 2.7.
    OPENBAO("openbao", "OpenBao"),
    /// HashiCorp Vault 1.21, without its enterprise parts.
    VAULT("vault", "HashiCorp Vault");

    private final String name;
    private final String words;

    Product(String name, String words) {
      this.name = name;
      this.words = words;
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

  private TestVault(Process process, URI address, Path log, String namespace) {
    this.process = process;
    this.address = address;
    this.log = log;
    this.namespace = namespace;
  }

  /// The one of this product that all tests share. Who seals it, or stops it, opens it again.
  public static synchronized TestVault shared(Product product) {
    return SHARED.computeIfAbsent(product, TestVault::start);
  }

  /// Another one of this product.
  public static TestVault start(Product product) {
    return start(product, ServerProcess.freePort(), List.of());
  }

  /// Another one, which also listens at this port of loopback, by TLS with this certificate.
  ///
  /// @param folder gets its settings
  public static TestVault withTls(
      Product product, Path folder, int tlsPort, TestCertificate certificate) {
    try {
      Path settings =
          Files.writeString(
              Files.createTempFile(folder, "listener", ".hcl"),
              """
              listener "tcp" {
                address = "127.0.0.1:%d"
                tls_cert_file = "%s"
                tls_key_file = "%s"
              }
              """
                  .formatted(tlsPort, certificate.certificate(), certificate.key()));
      return start(product, ServerProcess.freePort(), List.of("-config=" + settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestVault start(Product product, int port, List<String> options) {
    RealParts.require(
        product.program().isPresent(),
        "Bothy's keys in " + product,
        "what `scripts/vaults " + product.name + "` asks for, and run that");
    try {
      Path log = Files.createTempFile("bothy-vault", ".log");
      List<String> command =
          new ArrayList<>(
              List.of(
                  product.program().orElseThrow().toString(),
                  "server",
                  "-dev",
                  "-dev-no-store-token",
                  "-dev-root-token-id=" + ROOT,
                  "-dev-listen-address=127.0.0.1:" + port));
      command.addAll(options);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      TestVault vault = new TestVault(process, URI.create("http://127.0.0.1:" + port), log, "");
      vault.awaitUp();
      vault.setUp();
      if (TOLD.add(product)) {
        System.out.printf(
            "TESTED AGAINST: %s %s%n",
            product.words, vault.call("GET", "sys/health", null).at("/version").asString());
      }
      return vault;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A namespace of this server, set up as the server itself is. HashiCorp Vault has none without
  /// its enterprise parts.
  public TestVault namespace(String name) {
    call("POST", "sys/namespaces/" + name, "{}");
    TestVault inside = new TestVault(process, address, log, name);
    try {
      inside.setUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inside;
  }

  private void awaitUp() throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (status("GET", "sys/health", null) != 200) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("It did not start:\n" + Files.readString(log));
      }
      pause();
    }
  }

  private void setUp() throws IOException {
    mount("transit");
    policy(POLICY, Files.readString(POLICY_FILE));
    call("POST", "sys/auth/approle", "{\"type\":\"approle\"}");
  }

  public URI address() {
    return address;
  }

  /// Of the namespace; empty for the server itself.
  public String name() {
    return namespace;
  }

  /// Ends it, unless it is the one that tests share.
  @Override
  public void close() {
    synchronized (TestVault.class) {
      if (!SHARED.containsValue(this)) {
        process.destroyForcibly();
      }
    }
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
    return role(policies, life, life);
  }

  /// The same with tokens that can be renewed until they are so old.
  public AppRole role(String policies, Duration life, Duration longest) {
    String role = "auth/approle/role/r" + Long.toString(System.nanoTime(), 36);
    call(
        "POST",
        role,
        JsonMapper.shared()
            .createObjectNode()
            .put("token_policies", policies)
            .put("token_ttl", life.toSeconds() + "s")
            .put("token_max_ttl", longest.toSeconds() + "s")
            .toString());
    return new AppRole(
        call("GET", role + "/role-id", null).at("/data/role_id").asString(),
        call("POST", role + "/secret-id", "{}").at("/data/secret_id").asString());
  }

  /// A token with the server's policy that lives that long, and can be renewed.
  public String token(Duration life) {
    return call(
            "POST",
            "auth/token/create",
            JsonMapper.shared()
                .createObjectNode()
                .put("ttl", life.toSeconds() + "s")
                .put("renewable", true)
                .set("policies", JsonMapper.shared().createArrayNode().add(POLICY))
                .toString())
        .at("/auth/client_token")
        .asString();
  }

  /// What a server needs to keep its keys here, signed in as a new role with its policy.
  public List<String> serverSettings() {
    return serverSettings(address, role());
  }

  /// The same for one that reaches it by this address, and signs in as this role.
  public List<String> serverSettings(URI by, AppRole role) {
    return List.of(
        "bothy.keys.provider=vault",
        "spring.cloud.vault.enabled=true",
        "spring.cloud.vault.uri=" + by,
        "spring.cloud.vault.authentication=APPROLE",
        "spring.cloud.vault.app-role.role-id=" + role.roleId(),
        "spring.cloud.vault.app-role.secret-id=" + role.secretId());
  }

  /// Ends all tokens that AppRole has given.
  public void revokeAll() {
    call("PUT", "sys/leases/revoke-prefix/auth/approle", "{}");
  }

  /// The same one by one, as somebody does who knows of a session what Vault's log shows.
  public void revokeAccessors() {
    for (JsonNode accessor : call("LIST", "auth/token/accessors", null).at("/data/keys")) {
      String named = "{\"accessor\":\"" + accessor.asString() + "\"}";
      if (call("POST", "auth/token/lookup-accessor", named)
          .at("/data/path")
          .asString()
          .equals("auth/approle/login")) {
        call("POST", "auth/token/revoke-accessor", named);
      }
    }
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
              // Without a name it is the server's own.
              .header("X-Vault-Namespace", namespace)
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
