package dev.bothy.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.workspace.Installation;
import dev.bothy.platform.workspace.Installation.Mode;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class VaultLinkTest {
  @Test
  void productionRefusesAPlainLink() {
    assertThatThrownBy(() ->
            VaultConfiguration.vaultDestination(
                at("http://vault.example.com:8200"), new Installation(Mode.PRODUCTION)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("spring.cloud.vault.uri");
  }

  @Test
  void theAddressIsInTheRegisterWithoutItsPath() {
    assertThat(
            VaultConfiguration.vaultDestination(
                    at("https://vault.example.com:8200/"), new Installation(Mode.PRODUCTION))
                .origin())
        .hasToString("https://vault.example.com:8200");
  }

  private static MockEnvironment at(String address) {
    return new MockEnvironment().withProperty("spring.cloud.vault.uri", address);
  }
}
