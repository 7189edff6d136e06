package dev.bothy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bothy.platform.chat.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompletenessTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.bothy.platform.chat");
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("dev.bothy.platform.chat");

  private final Completeness completeness =
      new Completeness(PRODUCT, TESTS, Path.of("../docs"), Path.of("src/test/resources"));

  @ParameterizedTest
  @EnumSource(Network.class)
  void everyNetworksConnectorIsComplete(Network network) {
    assertThat(completeness.missing(network.id())).isEmpty();
  }

  @Test
  void aConnectorThatIsNotThereLacksEverything() {
    assertThat(completeness.missing("nowhere")).hasSize(4);
  }
}
