package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A trial's way, against an API server and what answers as an OpenBao: empty at first, sealed at
/// times.
@Tag("real")
class TrialTest {
  private HttpServer openBao;
  private static final String ANSWER =
      """
      {"request_id": "r", "lease_id": "", "renewable": false, "lease_duration": 0, "%s": %s}
      """;
  private static final String LOGIN =
      """
      {"client_token": "t", "accessor": "a", "policies": ["bothy-operator"], "metadata": {},
       "lease_duration": 600, "renewable": true}
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> content = new ConcurrentHashMap<>();
  private volatile boolean sealed;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    openBao = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    openBao.createContext("/", this::answer);
    openBao.start();
    cluster = new Cluster(ApiServer.shared());
  }

  @AfterEach
  void end() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    openBao.stop(0);
  }

  @Test
  void nothingIsCheckedBeforeItsOpenBaoIsSetUp() {
    sealed = true;
    create();
    Eventually.holds(() -> {
      assertThat(cluster.status().phase()).isEqualTo(Phase.Preparing);
      assertThat(cluster.condition("Ready").getMessage()).contains("OpenBao").contains("sealed");
      assertThat(cluster.condition("TrialPrepared").getStatus()).isEqualTo("False");
    });
    assertThat(jobs()).noneMatch(name -> name.startsWith("bothy-preflight"));

    sealed = false;
    cluster.job("preflight");
    assertThat(content)
        .containsKeys(
            "/v1/sys/mounts/transit",
            "/v1/sys/policies/acl/bothy-server",
            "/v1/auth/kubernetes/role/bothy-server");
    Eventually.holds(
        () -> assertThat(cluster.condition("TrialPrepared").getStatus()).isEqualTo("True"));
  }

  @Test
  void anOpenBaoThatIsSealedWhileServersServeIsSaidAndThenForgotten() throws IOException {
    install();
    Eventually.holds(this::assertPrepared);
    assertThat(notes()).anySatisfy(note -> assertThat(note).contains("transit engine mounted"));

    sealed = true;
    cluster.replaceOperator();
    Eventually.holds(
        () -> assertThat(cluster.condition("TrialPrepared").getStatus()).isEqualTo("False"));
    sealed = false;
    Eventually.holds(this::assertPrepared);
  }

  @Test
  void anOpenBaoThatLosesItsSetUpIsMended() throws IOException {
    install();
    Eventually.holds(this::assertPrepared);
    content.remove("/v1/auth/kubernetes/role/bothy-server");
    cluster.replaceOperator();
    Eventually.holds(
        () -> assertThat(content).containsKey("/v1/auth/kubernetes/role/bothy-server"));
    Eventually.holds(this::assertPrepared);
  }

  @Test
  void theTrialsSecretHoldsNoKeyThatWrapsAnything() {
    create();
    assertThat(
            cluster
                .client
                .secrets()
                .inNamespace(cluster.namespace)
                .withName("bothy-trial")
                .get()
                .getData())
        .containsKey("openbao-seal-key")
        .doesNotContainKey("local-key");
  }

  @Test
  void nothingIsCheckedBeforeEachOfItsServicesIsUp() {
    begin();
    assertStarts();
    up("keycloak");
    double looked = cluster.reconciliations();
    Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(looked + 1));
    assertStarts();
    up("openbao");
    cluster.end(cluster.job("realm"), true, "");
    cluster.job("preflight");
  }

  @Test
  void aRealmThatCouldNotBeSetUpIsSaidAndTriedAgain() {
    up("keycloak");
    up("openbao");
    begin();
    cluster.end(cluster.job("realm"), false, "Keycloak does not let the user admin in.");
    Eventually.holds(() -> {
      assertThat(cluster.condition("Ready").getMessage())
          .contains("The realm of the trial's Keycloak could not be set up")
          .contains("does not let the user admin in");
      assertThat(cluster.condition("TrialPrepared").getReason()).isEqualTo("RealmNotPrepared");
    });
    assertThat(jobs()).noneMatch(name -> name.startsWith("bothy-preflight"));
  }

  private void assertStarts() {
    Eventually.holds(() -> {
      assertThat(cluster.condition("Ready").getReason()).isEqualTo("TrialStarts");
      assertThat(cluster.condition("Ready").getMessage()).contains("Keycloak and OpenBao start");
    });
    assertThat(jobs()).noneMatch(name -> name.startsWith("bothy-preflight"));
  }

  /// As a kubelet says it of a pod of the chart's.
  private void up(String component) {
    cluster.pod(
        "bothy-trial-" + component,
        Map.of("app.kubernetes.io/component", component),
        new PodSpecBuilder()
            .withServiceAccountName("bothy-server")
            .addNewContainer()
            .withName(component)
            .withImage("x")
            .endContainer()
            .build(),
        new PodStatusBuilder()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .build());
  }

  /// As far as the set-up of its OpenBao.
  private void create() {
    up("keycloak");
    up("openbao");
    begin();
    cluster.end(cluster.job("realm"), true, "");
  }

  private void begin() {
    cluster.allow("trial.yaml", Map.of());
    cluster.secrets();
    cluster.create(Examples.trial("http://127.0.0.1:" + openBao.getAddress().getPort()));
    cluster.end(cluster.job("prepare-database"), true, "");
  }

  private void install() {
    create();
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(cluster.job("migrate"), true, "");
    cluster.deployment();
    cluster.serve();
  }

  private void assertPrepared() {
    cluster.assertReady();
    assertThat(cluster.condition("TrialPrepared").getStatus()).isEqualTo("True");
    assertThat(cluster.condition("TrialPrepared").getReason()).isEqualTo("Prepared");
  }

  private List<String> jobs() {
    return cluster
        .client
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.namespace)
        .list()
        .getItems()
        .stream()
        .map(job -> job.getMetadata().getName())
        .toList();
  }

  private List<String> notes() {
    return cluster
        .client
        .events()
        .v1()
        .events()
        .inNamespace(cluster.namespace)
        .list()
        .getItems()
        .stream()
        .map(event -> event.getNote())
        .toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] given = exchange.getRequestBody().readAllBytes();
    if (sealed) {
      say(exchange, 503, "{\"errors\":[\"Vault is sealed\"]}");
    } else if (path.endsWith("/login")) {
      say(exchange, 200, ANSWER.formatted("auth", LOGIN));
    } else if (!exchange.getRequestMethod().equals("GET")) {
      content.put(path, kept(given));
      say(exchange, 204, "");
    } else if (content.containsKey(path)) {
      say(exchange, 200, ANSWER.formatted("data", content.get(path)));
    } else {
      say(exchange, 404, "{\"errors\":[]}");
    }
  }

  /// A role's lists may be written as one word and are read as lists.
  private static String kept(byte[] given) throws IOException {
    ObjectNode written = (ObjectNode) JSON.readTree(given);
    for (String name :
        List.of(
            "bound_service_account_names", "bound_service_account_namespaces", "token_policies")) {
      if (written.has(name)) {
        String word = written.path(name).asText();
        written.putArray(name).add(word);
      }
    }
    return written.toString();
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
