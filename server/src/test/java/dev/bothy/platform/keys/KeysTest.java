package dev.bothy.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.WorkspaceNotBound;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class KeysTest {
  private static final Purpose NOTE = new Purpose("rotations", "rotations.test-note");
  private static final Purpose TITLE = new Purpose("rotations", "rotations.test-title");
  private static final byte[] TEXT = "runbook is in the drawer".getBytes(StandardCharsets.UTF_8);

  @Autowired Keys keys;
  @Autowired Workspaces workspaces;
  @Autowired KeyTable table;
  @Autowired InstallationKeys installation;
  @Autowired KeyProviders providers;
  @Autowired KeysProperties properties;
  @Autowired Metrics metrics;
  @Autowired PrometheusRegistry scrape;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;

  private final UUID row = UUID.randomUUID();
  private WorkspaceId workspace = new WorkspaceId(new UUID(0, 0));

  @BeforeEach
  void makeWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void whatWasSealedOpens() {
    Sealed sealed = sealIn(workspace, keys);
    assertThat(openIn(workspace, keys, NOTE, row, sealed)).isEqualTo(TEXT);
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("drawer");
    assertThat(sealed.toString()).isEqualTo("Sealed(" + (TEXT.length + 33) + " bytes)");
  }

  @Test
  void movedToAnotherRowItDoesNotOpen() {
    Sealed sealed = sealIn(workspace, keys);
    assertThatThrownBy(() -> openIn(workspace, keys, NOTE, UUID.randomUUID(), sealed))
        .isInstanceOf(CannotOpen.class);
  }

  @Test
  void movedToAnotherPurposeItDoesNotOpen() {
    Sealed sealed = sealIn(workspace, keys);
    assertThatThrownBy(() -> openIn(workspace, keys, TITLE, row, sealed))
        .isInstanceOf(CannotOpen.class);
  }

  @Test
  void movedToAnotherWorkspaceItDoesNotOpen() {
    Sealed sealed = sealIn(workspace, keys);
    WorkspaceId other = TestWorkspaces.fresh(workspaces).id();
    sealIn(other, keys);
    assertThatThrownBy(() -> openIn(other, keys, NOTE, row, sealed)).isInstanceOf(CannotOpen.class);
  }

  @Test
  void aDestroyedKeyOpensNothingOnceItsLifeEnds() {
    Sealed sealed = sealIn(workspace, keys);
    workspaces.inWorkspace(workspace, () -> jdbc.sql("delete from data_key").update());
    assertThat(openIn(workspace, keys, NOTE, row, sealed)).isEqualTo(TEXT);
    clock.advance(properties.softLife().plusSeconds(1));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThatThrownBy(() -> openIn(workspace, keys, NOTE, row, sealed))
                .isInstanceOf(CannotOpen.class));
  }

  @Test
  void pastItsHardLifeAKeyIsReadAgain() {
    Sealed sealed = sealIn(workspace, keys);
    clock.advance(properties.hardLife().plusSeconds(1));
    assertThat(openIn(workspace, keys, NOTE, row, sealed)).isEqualTo(TEXT);
  }

  @Test
  void aKeyThatWasRolledBackSealsNothingThatStays() {
    workspaces.inWorkspace(
        workspace,
        () -> {
          keys.seal(NOTE, row, TEXT);
          workspaces.rollBack();
        });
    Sealed sealed = sealIn(workspace, keys);
    assertThat(openIn(workspace, anotherServer(), NOTE, row, sealed)).isEqualTo(TEXT);
  }

  @Test
  void aKeyThatWasRolledBackIsNotKeptBecauseAnotherVersionWasLookedFor() {
    workspaces.inWorkspace(
        workspace,
        () -> {
          byte[] changed = keys.seal(NOTE, row, TEXT).bytes().clone();
          changed[4] ^= 2;
          assertThatThrownBy(() -> keys.open(NOTE, row, new Sealed(changed)))
              .isInstanceOf(CannotOpen.class);
          workspaces.rollBack();
        });
    Sealed sealed = sealIn(workspace, keys);
    assertThat(openIn(workspace, anotherServer(), NOTE, row, sealed)).isEqualTo(TEXT);
  }

  @Test
  void twoServersThatMakeTheFirstKeyAtOnceAgree() throws Exception {
    Keys other = anotherServer();
    CountDownLatch made = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    CompletableFuture<Sealed> first =
        CompletableFuture.supplyAsync(
            () ->
                workspaces.inWorkspace(
                    workspace,
                    () -> {
                      Sealed sealed = keys.seal(NOTE, row, TEXT);
                      made.countDown();
                      awaitUninterruptibly(commit);
                      return sealed;
                    }),
            threads);
    made.await();
    CompletableFuture<Sealed> second =
        CompletableFuture.supplyAsync(() -> sealIn(workspace, other), threads);
    await().atMost(Duration.ofSeconds(20)).until(this::somebodyWaitsForALock);
    commit.countDown();
    assertThat(openIn(workspace, other, NOTE, row, first.get())).isEqualTo(TEXT);
    assertThat(openIn(workspace, keys, NOTE, row, second.get())).isEqualTo(TEXT);
  }

  @Test
  void sealingForAWorkspaceOutsideOfItThrows() {
    assertThatThrownBy(() -> keys.seal(NOTE, row, TEXT)).isInstanceOf(WorkspaceNotBound.class);
  }

  @Test
  void theInstallationSealsWithoutAWorkspaceAndOpensWithinOne() {
    Sealed sealed = keys.sealForInstallation(NOTE, row, TEXT);
    assertThat(keys.openForInstallation(NOTE, row, sealed)).isEqualTo(TEXT);
    assertThat(workspaces.inWorkspace(workspace, () -> keys.openForInstallation(NOTE, row, sealed)))
        .isEqualTo(TEXT);
    assertThatThrownBy(() -> keys.openForInstallation(NOTE, UUID.randomUUID(), sealed))
        .isInstanceOf(CannotOpen.class);
    assertThatThrownBy(() -> openIn(workspace, keys, NOTE, row, sealed))
        .isInstanceOf(CannotOpen.class);
  }

  @Test
  void aChangeOfTheFormatOrTheVersionDoesNotOpen() {
    Sealed sealed = sealIn(workspace, keys);
    for (int place = 0; place < 5; place++) {
      byte[] changed = sealed.bytes().clone();
      changed[place] ^= 2;
      assertThatThrownBy(() -> openIn(workspace, keys, NOTE, row, new Sealed(changed)))
          .as("byte %s", place)
          .isInstanceOf(CannotOpen.class);
    }
  }

  @Test
  void aServerWithAnotherKeyFileDoesNotStartOnThisDatabase(@TempDir Path folder) {
    KeyTable other =
        new KeyTable(
            jdbc,
            new KeyProviders(LocalKeyFile.of(folder.resolve("another")), null),
            clock,
            metrics);
    assertThatThrownBy(() -> new InstallationKeys(other, workspaces).afterSingletonsInstantiated())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("another");
  }

  @Test
  void aWrappedKeyThatDoesNotUnwrapIsWaitedForAndWhatItSealedIsNotGivenUp() {
    Sealed sealed = sealIn(workspace, keys);
    AtomicBoolean lost = new AtomicBoolean(true);
    Keys other =
        server(
            new Watched(() -> {
              if (lost.get()) {
                throw KeyUnusable.atTheProvider("its wrapping key is not there");
              }
            }));
    assertThatThrownBy(() -> openIn(workspace, other, NOTE, row, sealed))
        .isInstanceOf(OutOfReach.class)
        .hasMessageContaining("its wrapping key is not there");
    assertThatThrownBy(() -> sealIn(workspace, other)).isInstanceOf(OutOfReach.class);

    lost.set(false);
    clock.advance(Duration.ofSeconds(11));
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(OutOfReach.class)
        .until(() -> Arrays.equals(openIn(workspace, other, NOTE, row, sealed), TEXT));
  }

  @Test
  void aWrappedKeyThatDoesNotUnwrapTakesNoOtherWithIt() {
    Sealed old = sealIn(workspace, keys);
    workspaces.inWorkspace(
        workspace,
        () -> {
          table.add(new KeyOwner(workspace, "rotations"));
          jdbc.sql(
                  "update data_key set wrapped = set_byte(wrapped, 20, 0) || '\\x00'"
                      + " where version = 1")
              .update();
        });
    Keys other = anotherServer();
    Sealed fresh = sealIn(workspace, other);
    assertThat(openIn(workspace, other, NOTE, row, fresh)).isEqualTo(TEXT);
    assertThatThrownBy(() -> openIn(workspace, other, NOTE, row, old))
        .isInstanceOf(OutOfReach.class);
  }

  @Test
  void aVersionThatThereIsNotIsNotAskedTheProviderFor() {
    Sealed sealed = sealIn(workspace, keys);
    AtomicInteger unwrapped = new AtomicInteger();
    Keys other = server(new Watched(unwrapped::incrementAndGet));
    assertThat(openIn(workspace, other, NOTE, row, sealed)).isEqualTo(TEXT);
    byte[] changed = sealed.bytes().clone();
    changed[4] ^= 2;
    for (int round = 0; round < 3; round++) {
      assertThatThrownBy(() -> openIn(workspace, other, NOTE, row, new Sealed(changed)))
          .isInstanceOf(CannotOpen.class)
          .hasMessageContaining("There is no data key 3 of rotations");
    }
    assertThat(unwrapped).hasValue(1);
  }

  @Test
  void whileTheProviderIsAwayAKeyPastItsSoftLifeServesAndIsAskedForNowAndThen() {
    Sealed sealed = sealIn(workspace, keys);
    AtomicBoolean away = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    Keys other =
        server(
            new Watched(() -> {
              asked.incrementAndGet();
              if (away.get()) {
                throw new Away();
              }
            }));
    assertThat(openIn(workspace, other, NOTE, row, sealed)).isEqualTo(TEXT);
    away.set(true);
    clock.advance(properties.softLife().plusSeconds(1));
    for (int round = 0; round < 200; round++) {
      assertThat(openIn(workspace, other, NOTE, row, sealed)).isEqualTo(TEXT);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() == 2);
    clock.advance(Duration.ofSeconds(11));
    assertThat(openIn(workspace, other, NOTE, row, sealed)).isEqualTo(TEXT);
    await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() == 3);
  }

  @Test
  void howeverManyAskForAKeyAtTheSameTimeItIsUnwrappedOnce() throws Exception {
    Sealed sealed = sealIn(workspace, keys);
    AtomicInteger unwrapped = new AtomicInteger();
    Keys other = server(new Watched(unwrapped::incrementAndGet));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> opened =
          IntStream.range(0, 16)
              .mapToObj(_ -> threads.submit(() -> openIn(workspace, other, NOTE, row, sealed)))
              .toList();
      for (Future<byte[]> each : opened) {
        assertThat(each.get()).isEqualTo(TEXT);
      }
    }
    assertThat(unwrapped).hasValue(1);
  }

  @Test
  void aServerWhoseProviderDoesNotAnswerYetStartsAndIsReadyOnceItDoes() {
    AtomicBoolean away = new AtomicBoolean(true);
    InstallationKeys cold =
        new InstallationKeys(
            new KeyTable(
                jdbc,
                new KeyProviders(
                    new Watched(() -> {
                      if (away.get()) {
                        throw new Away();
                      }
                    }),
                    null),
                clock,
                metrics),
            workspaces);
    cold.afterSingletonsInstantiated();
    KeysReadiness readiness = new KeysReadiness(cold);
    assertThat(readiness.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    away.set(false);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(readiness.health().getStatus()).isEqualTo(Status.UP));
    cold.destroy();
  }

  /// The provider of the running server, with somebody who looks at each unwrapping first.
  private final class Watched extends ForwardingProvider {
    private final Runnable onUnwrap;

    Watched(Runnable onUnwrap) {
      super(providers.current());
      this.onUnwrap = onUnwrap;
    }

    @Override
    public byte[] unwrap(KeyName name, byte[] wrapped) {
      onUnwrap.run();
      return super.unwrap(name, wrapped);
    }
  }

  private static final class Away extends OutOfReach {
    private static final long serialVersionUID = 1L;

    Away() {
      super("nobody there", null);
    }
  }

  @Test
  void usesOfKeysAreCounted() {
    double before = decryptionsFailed();
    Sealed sealed = sealIn(workspace, keys);
    assertThatThrownBy(() -> openIn(workspace, keys, TITLE, row, sealed))
        .isInstanceOf(CannotOpen.class);
    assertThat(decryptionsFailed()).isEqualTo(before + 1);
  }

  private double decryptionsFailed() {
    return scrape.scrape(name -> name.startsWith("bothy_cipher_operations")).stream()
        .flatMap(metric -> metric.getDataPoints().stream())
        .filter(point ->
            point.getLabels().equals(Labels.of("operation", "decrypt", "result", "failed")))
        .map(CounterDataPointSnapshot.class::cast)
        .mapToDouble(CounterDataPointSnapshot::getValue)
        .sum();
  }

  private boolean somebodyWaitsForALock() {
    return workspaces.forInstallation(() ->
        jdbc.sql("select exists (select from pg_locks where not granted)")
            .query(Boolean.class)
            .single());
  }

  private Keys anotherServer() {
    return server(providers.current());
  }

  private Keys server(KeyProvider itsProvider) {
    KeyTable itsTable = new KeyTable(jdbc, new KeyProviders(itsProvider, null), clock, metrics);
    return new EnvelopeKeys(
        new KeyCache(itsTable, workspaces, properties, clock), installation, workspaces, metrics);
  }

  private Sealed sealIn(WorkspaceId id, Keys server) {
    return workspaces.inWorkspace(id, () -> server.seal(NOTE, row, TEXT));
  }

  private byte[] openIn(WorkspaceId id, Keys server, Purpose purpose, UUID at, Sealed sealed) {
    return workspaces.inWorkspace(id, () -> server.open(purpose, at, sealed));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
