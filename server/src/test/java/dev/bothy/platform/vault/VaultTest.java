package dev.bothy.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;

/// Against an OpenBao, and a HashiCorp Vault where somebody has built it.
@Tag("real")
class VaultTest {
  private static final VaultCall ENCRYPT =
      new VaultCall(
          HttpMethod.POST,
          "transit/encrypt/bothy-test",
          "transit/encrypt/bothy-*",
          List.of("update"));
  private static final Map<String, Object> WORD = Map.of("plaintext", "d29yZA==");

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void anAnswerIsWhatItHoldsUnderData(Product product) {
    TestVault server = ready(product);
    assertThat(VaultClients.of(server, server.role()).call(ENCRYPT, WORD))
        .hasValueSatisfying(
            answer -> assertThat((String) answer.get("ciphertext")).startsWith("vault:v1:"));
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aSessionThatWasRevokedIsReplacedWithoutAnError(Product product) {
    TestVault server = ready(product);
    Vault vault = VaultClients.of(server, server.role());
    vault.call(ENCRYPT, WORD);
    server.revokeAll();
    assertThat(vault.call(ENCRYPT, WORD)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aPolicyThatIsTooNarrowIsNamedWithTheLineThatItNeeds(Product product) {
    TestVault server = ready(product);
    server.policy("narrow", "path \"transit/decrypt/bothy-*\" { capabilities = [\"update\"] }");
    Vault vault = VaultClients.of(server, server.role("narrow"));
    assertThatThrownBy(() -> vault.call(ENCRYPT, WORD))
        .isInstanceOf(VaultRefused.class)
        .hasMessageContaining("POST transit/encrypt/bothy-test")
        .hasMessageContaining("403")
        .hasMessageContaining("path \"transit/encrypt/bothy-*\" { capabilities = [\"update\"] }")
        .hasMessageNotContaining("d29yZA==");
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aMountThatIsNotThereIsSaid(Product product) {
    TestVault server = ready(product);
    server.policy("wide", "path \"*\" { capabilities = [\"update\", \"create\"] }");
    Vault vault = VaultClients.of(server, server.role("wide"));
    assertThatThrownBy(() ->
            vault.call(
                new VaultCall(
                    HttpMethod.POST, "nowhere/encrypt/x", "nowhere/encrypt/*", List.of("update")),
                WORD))
        .isInstanceOf(VaultRefused.class)
        .hasMessageContaining("nowhere/encrypt/x")
        .hasMessageContaining("no handler for route");
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aWrongRoleIsARefusalToSignIn(Product product) {
    TestVault server = ready(product);
    Vault vault = VaultClients.of(server, new TestVault.AppRole("nobody", "knows"));
    assertThatThrownBy(() -> vault.call(ENCRYPT, WORD))
        .isInstanceOf(VaultRefused.class)
        .hasMessageContaining("Signing in");
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void sealedItIsAwayAndUnsealedItGoesOn(Product product) {
    TestVault server = ready(product);
    AtomicLong nanos = new AtomicLong();
    Vault vault = VaultClients.of(server, server.role(), nanos::get);
    vault.call(ENCRYPT, WORD);
    server.seal();
    try {
      assertThatThrownBy(() -> vault.call(ENCRYPT, WORD))
          .isInstanceOf(VaultAway.class)
          .hasMessageContaining("503")
          .hasMessageContaining("sealed");
    } finally {
      server.unseal();
    }
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(vault.call(ENCRYPT, WORD)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void whileOneTriesWhetherItIsBackTheOthersAreToldAtOnce(Product product) throws Exception {
    TestVault server = ready(product);
    AtomicLong nanos = new AtomicLong();
    Vault vault = VaultClients.of(server, server.role(), nanos::get);
    vault.call(ENCRYPT, WORD);
    server.hang();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThatThrownBy(() -> vault.call(ENCRYPT, WORD)).isInstanceOf(VaultAway.class);
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      AtomicInteger over = new AtomicInteger();
      List<Future<?>> calls = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        calls.add(
            threads.submit(() -> {
              assertThatThrownBy(() -> vault.call(ENCRYPT, WORD)).isInstanceOf(VaultAway.class);
              return over.incrementAndGet();
            }));
      }
      await().atMost(VaultClients.TIMEOUT).until(() -> over.get() >= 7);
      for (Future<?> each : calls) {
        each.get();
      }
    } finally {
      server.goOn();
    }
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(vault.call(ENCRYPT, WORD)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void whileItHangsOneWaitsAndTheOthersAreToldAtOnce(Product product) {
    TestVault server = ready(product);
    AtomicLong nanos = new AtomicLong();
    Vault vault = VaultClients.of(server, server.role(), nanos::get);
    vault.call(ENCRYPT, WORD);
    server.hang();
    try {
      assertThatThrownBy(() -> vault.call(ENCRYPT, WORD)).isInstanceOf(VaultAway.class);
    } finally {
      server.goOn();
    }
    assertThatThrownBy(() -> vault.call(ENCRYPT, WORD))
        .as("within a second nobody tries, though it would answer")
        .isInstanceOf(VaultAway.class);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(vault.call(ENCRYPT, WORD)).isPresent();
  }

  private static TestVault ready(Product product) {
    TestVault server = TestVault.shared(product);
    server.call("POST", "transit/keys/bothy-test", "{}");
    return server;
  }
}
