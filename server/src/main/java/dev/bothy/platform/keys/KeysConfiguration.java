package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.workspace.Installation;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class KeysConfiguration {
  @Bean
  KeyProviders keyProviders(
      KeysProperties properties, Installation installation, Optional<Vault> vault) {
    String other = properties.otherProvider();
    return new KeyProviders(
        kept(provider(properties.provider(), properties, installation, vault), installation),
        other == null
            ? null
            : kept(provider(other, properties, installation, vault), installation));
  }

  /// The keys of a rehearsal are those of the installation that it rehearses for.
  private static KeyProvider kept(KeyProvider provider, Installation installation) {
    return installation.rehearsal() ? new KeptKeys(provider) : provider;
  }

  /// @throws StartRefused in production, unless the local file was allowed
  private static KeyProvider provider(
      String id, KeysProperties properties, Installation installation, Optional<Vault> vault) {
    if (id.equals(KeysProperties.VAULT)) {
      return new TransitKeys(
          vault.orElseThrow(KeysConfiguration::withoutVault), properties.transitPath());
    }
    if (installation.production() && !properties.allowLocalFileInProduction()) {
      throw new StartRefused(
          "bothy.keys.provider=local-file keeps the wrapping key on the server's own disk, which is"
              + " refused in production.",
          "Set bothy.keys.allow-local-file-in-production=true if you"
              + " want it all the same, or bothy.installation.mode=trial to try Bothy out.");
    }
    return LocalKeyFile.of(Objects.requireNonNull(properties.localFile()));
  }

  private static StartRefused withoutVault() {
    return new StartRefused(
        "A key provider is vault, but no Vault is named.",
        "Set spring.cloud.vault.enabled=true, spring.cloud.vault.uri to its address and"
            + " spring.cloud.vault.authentication to how this server signs in there.");
  }
}
