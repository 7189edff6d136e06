package dev.bothy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path folder;

  @Test
  void aUsedPortGivesTheNextFreeOneAndIsSaid() throws IOException {
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<String> said = new ArrayList<>();
      int taken = ports().take("Bothy", stranger.getLocalPort(), said::add);
      assertThat(taken).isGreaterThan(stranger.getLocalPort());
      assertThat(said)
          .containsExactly(
              "Port " + stranger.getLocalPort() + " is in use; Bothy takes " + taken + ".");
    }
  }

  @Test
  void aPortOnceTakenIsTakenAgain() throws IOException {
    int first = ports().take("Keycloak", Ports.nextFree(38_180), sentence -> {});
    List<String> said = new ArrayList<>();
    assertThat(ports().take("Keycloak", 8180, said::add)).isEqualTo(first);
    assertThat(said).isEmpty();
  }

  private Ports ports() throws IOException {
    return Ports.in(folder.resolve("ports.properties"));
  }
}
