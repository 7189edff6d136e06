package dev.bothy.platform.storage;

import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.egress.EgressRegister;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.workspace.Installation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/// The store that the settings name. A program beside the server finds it by scanning the packages
/// of [Egress] and [ObjectStore].
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
class StorageConfiguration {
  /// As the register of sub-processors names whose machine it is.
  static final String OWNER = "Object storage";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// An object, and what a server's answer may have besides.
  private static final DataSize LARGEST_ANSWER =
      DataSize.ofBytes(ObjectStore.MOST_BYTES + 1024 * 1024);

  @Bean
  Storage storage(
      StorageSettings settings,
      ObjectProvider<Egress> egress,
      ObjectProvider<EgressRegister> register,
      ObjectProvider<Installation> installation,
      Clock clock) {
    Installation own = installation.getIfAvailable();
    boolean rehearsal = own != null && own.rehearsal();
    return new Storage(
        switch (settings.kind()) {
          case NONE -> null;
          case FOLDER -> FolderStore.of(Path.of(String.valueOf(settings.folder())));
          case S3 -> {
            checkRegion(String.valueOf(settings.region()), register.getObject());
            yield new S3Store(
                settings,
                () -> egress.getObject().requestFactory(OWNER, PATIENCE, LARGEST_ANSWER),
                clock,
                Retries.inRealTime());
          }
        },
        store -> rehearsal ? new RehearsedStore(store, clock) : store);
  }

  @Bean
  StorageProbe storageProbe(Storage storage, StorageSettings settings) {
    return new StorageProbe(storage, settings);
  }

  /// @throws StartRefused if data may not go there
  private static void checkRegion(String region, EgressRegister register) {
    if (!register.allowedRegions().contains(region)) {
      throw new StartRefused(
          "bothy.storage.region is "
              + region
              + ", and data may go to "
              + String.join(", ", new TreeSet<>(register.allowedRegions()))
              + " alone.",
          "Store in one of these, or let IT add " + region + " to bothy.egress.allowed-regions.");
    }
  }

  /// Only where the settings name a server.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "bothy.storage.kind", havingValue = "s3")
  static class WithServer {
    @Bean
    Destination objectStorageAddress(StorageSettings settings) {
      return Destination.builtIn(
          settings.origin(),
          OWNER,
          "Keeps backups and the ledger of erasures.",
          String.valueOf(settings.region()));
    }
  }
}
