package dev.bothy.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.workspace.Installation;
import dev.bothy.testkit.RealParts;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKeyFileTest {
  private static final KeyName NAME = new KeyName(KeyOwner.INSTALLATION, 1);

  @TempDir Path folder;

  @Test
  void aMissingFileIsMadeForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("below/key");
    LocalKeyFile.of(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (java.util.stream.Stream<Path> beside = Files.list(folder.resolve("below"))) {
      assertThat(beside).containsExactly(file);
    }
  }

  @Test
  void theSameFileUnwrapsAfterARestart() {
    Path file = folder.resolve("key");
    byte[] key = Envelope.newKey();
    byte[] wrapped = LocalKeyFile.of(file).wrap(NAME, key);
    assertThat(LocalKeyFile.of(file).unwrap(NAME, wrapped)).isEqualTo(key);
  }

  @Test
  void serversThatStartAtOnceShareOneKey() throws Exception {
    Path file = folder.resolve("key");
    byte[] key = Envelope.newKey();
    List<Future<LocalKeyFile>> started = new ArrayList<>();
    try (ExecutorService servers = Executors.newFixedThreadPool(8)) {
      for (int count = 0; count < 8; count++) {
        started.add(servers.submit(() -> LocalKeyFile.of(file)));
      }
    }
    byte[] wrapped = started.getFirst().get().wrap(NAME, key);
    for (Future<LocalKeyFile> server : started) {
      assertThat(server.get().unwrap(NAME, wrapped)).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void aFileThatOthersReachIsRefused(String permissions) throws IOException {
    Path file = folder.resolve("key");
    LocalKeyFile.of(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> LocalKeyFile.of(file))
        .hasMessageContaining("bothy.keys.local-file")
        .hasMessageContaining("chmod 600");
  }

  /// As Kubernetes mounts a Secret into a pod whose user does not own it.
  @Test
  void aFileOfSomebodyElsesMayBeReadableButNotWritableToOthers() throws IOException {
    Path file = folder.resolve("key");
    LocalKeyFile.of(file);
    RealParts.require(
        giveAway(file),
        "that a mounted Secret is taken as the wrapping key",
        "nothing: run as root");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assertThat(LocalKeyFile.of(file).id()).isEqualTo("local-file");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--rw-"));
    assertThatThrownBy(() -> LocalKeyFile.of(file)).hasMessageContaining("may read or write");
  }

  @Test
  void anOwnFileThatIsReadOnlyAndReadableToOthersIsRefused() throws IOException {
    Path file = folder.resolve("key");
    LocalKeyFile.of(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    assertThatThrownBy(() -> LocalKeyFile.of(file)).hasMessageContaining("chmod 600");
  }

  private static boolean giveAway(Path file) throws IOException {
    try {
      Files.setAttribute(file, "unix:uid", 54321);
      return true;
    } catch (FileSystemException notRoot) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not base64!", "c2hvcnQ="})
  void aFileWithoutAKeyIsRefusedWithoutBeingQuoted(String content) throws IOException {
    Path file = folder.resolve("key");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> LocalKeyFile.of(file))
        .hasMessageContaining("32 bytes")
        .satisfies(e -> {
          if (!content.isEmpty()) {
            assertThat(e.getMessage()).doesNotContain(content);
          }
        });
  }

  @Test
  void anotherFileOrAnotherNameDoesNotUnwrap() {
    LocalKeyFile provider = LocalKeyFile.of(folder.resolve("key"));
    byte[] wrapped = provider.wrap(NAME, Envelope.newKey());
    assertThatThrownBy(() -> LocalKeyFile.of(folder.resolve("other")).unwrap(NAME, wrapped))
        .isInstanceOf(KeyUnusable.class);
    assertThatThrownBy(() -> provider.unwrap(new KeyName(KeyOwner.INSTALLATION, 2), wrapped))
        .isInstanceOf(KeyUnusable.class);
  }

  @Test
  void theKeyIsInNoToString() throws IOException {
    Path file = folder.resolve("key");
    LocalKeyFile provider = LocalKeyFile.of(file);
    assertThat(provider.toString()).doesNotContain(Files.readString(file).strip());
  }

  @Test
  void productionRefusesTheFileUnlessToldInSoManyWords() {
    Installation production = new Installation(Installation.Mode.PRODUCTION);
    assertThatThrownBy(() ->
            new KeysConfiguration().keyProviders(settings(false), production, Optional.empty()))
        .hasMessageContaining("bothy.keys.allow-local-file-in-production=true");
    assertThat(
            new KeysConfiguration()
                .keyProviders(settings(true), production, Optional.empty())
                .current()
                .id())
        .isEqualTo("local-file");
  }

  private KeysProperties settings(boolean allowed) {
    return new KeysProperties(
        "local-file",
        null,
        folder.resolve("key"),
        allowed,
        "transit",
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofDays(400));
  }
}
