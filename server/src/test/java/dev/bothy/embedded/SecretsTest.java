package dev.bothy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path folder;

  @Test
  void aSecretIsMadeOnceAndKept() throws IOException {
    String machine = secrets().forMachines("client");
    String person = secrets().forPeople("people");
    assertThat(machine).matches("[0-9a-f]{48}");
    assertThat(person).matches("[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}");
    assertThat(secrets().forMachines("client")).isEqualTo(machine);
    assertThat(secrets().forPeople("people")).isEqualTo(person);
    assertThat(secrets().forMachines("another")).isNotEqualTo(machine);
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws IOException {
    secrets().forMachines("client");
    assertThat(Files.getPosixFilePermissions(folder.resolve("secrets.properties")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  private Secrets secrets() throws IOException {
    return Secrets.in(folder.resolve("secrets.properties"));
  }
}
