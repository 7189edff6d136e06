package dev.bothy.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.bothy.BothyServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;

class HouseRulesTest {
  private static final HouseRules HOUSE = new HouseRules("dev.bothy");
  private static final HouseRules BROKEN_HOUSE = new HouseRules("brokenhouse");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.bothy");

  static Stream<ArchRule> rules() {
    return HOUSE.all().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theProductKeepsTheRule(ArchRule rule) {
    assertThat(PRODUCT).hasSizeGreaterThan(50);
    assertThat(HouseRules.violations(rule, PRODUCT)).isEmpty();
  }

  @Test
  void modulesUseOnlyWhatTheyDeclare() {
    ApplicationModules.of(BothyServer.class).verify();
  }

  @Test
  void verificationFailsWhereAModuleUsesWhatItDoesNotDeclare() {
    assertThatThrownBy(
            () -> ApplicationModules.of("brokenhouse", (ImportOption) _ -> true).verify())
        .hasMessageContaining("one")
        .hasMessageContaining("two");
  }

  /// A rule, and the class of the broken house that breaks it.
  static Stream<Arguments> brokenRules() {
    return Stream.of(
        Arguments.of(BROKEN_HOUSE.everyClassHasAModule(), "InNoModule"),
        Arguments.of(BROKEN_HOUSE.everyModuleNamesItsIdAndWhatItUses(), "careless.package-info"),
        Arguments.of(BROKEN_HOUSE.everyPackageIsNullMarked(), "careless.NotNullMarked"),
        Arguments.of(BROKEN_HOUSE.timeComesFromTheClock(), "ReadsTheMachinesTime"),
        Arguments.of(BROKEN_HOUSE.onlyTheServerMakesAClock(), "MakesAClock"),
        Arguments.of(BROKEN_HOUSE.noTransactional(), "TransactionalClass"),
        Arguments.of(BROKEN_HOUSE.noTransactionalMethod(), "TransactionalMethod"),
        Arguments.of(BROKEN_HOUSE.entitiesArePackagePrivate(), "PublicEntity"),
        Arguments.of(BROKEN_HOUSE.theKernelIsPlainJava(), "platform.kernel.UsesSpring"),
        Arguments.of(
            BROKEN_HOUSE.appsDoNotUseEachOtherAndThePlatformUsesNoApp(), "app.one.UsesTheOtherApp"),
        Arguments.of(
            BROKEN_HOUSE.vendorsStayInTheirModules().stream()
                .filter(rule -> rule.getDescription().contains("io.prometheus"))
                .findFirst()
                .orElseThrow(),
            "CountsByItself"));
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void theRuleFailsWhereItIsBroken(ArchRule rule, String offender) {
    JavaClasses broken = new ClassFileImporter().importPackages("brokenhouse");
    assertThat(HouseRules.violations(rule, broken))
        .anyMatch(line -> line.contains("brokenhouse." + offender));
  }
}
