package dev.bothy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// The rules, each with its reason and what to do instead.
final class HouseRules {
  private final String root;

  /// @param root the package below which everything is checked
  HouseRules(String root) {
    this.root = root;
  }

  /// A vendor's packages and the one module that may use them, below the root.
  private static final Map<String, String> VENDORS =
      Map.ofEntries(
          Map.entry("com.slack..", ".platform.chat.slack"),
          Map.entry("org.keycloak..", ".platform.keycloak"),
          Map.entry("org.jboss.resteasy..", ".platform.keycloak"),
          Map.entry("jakarta.ws.rs..", ".platform.keycloak"),
          Map.entry("io.prometheus..", ".platform.operation"),
          Map.entry("org.apache.hc..", ".platform.egress"),
          Map.entry("jakarta.mail..", ".platform.mail"),
          Map.entry("org.eclipse.angus..", ".platform.mail"),
          Map.entry("software.amazon..", ".platform.storage"),
          Map.entry("io.zonky..", ".embedded"),
          Map.entry("de.focus_shift..", ".platform.calendar"),
          Map.entry("net.fortuna.ical4j..", ".platform.calendar.ical"));

  ArchRule everyClassHasAModule() {
    return classes()
        .should(
            condition(
                "be in a module",
                type ->
                    type.getName().equals(root + ".BothyServer")
                            || type.getSimpleName().equals("package-info")
                            || moduleOf(type.getPackage()).isPresent()
                        ? Optional.empty()
                        : Optional.of("is in no module: give its package a module")))
        .because("verify() passes over a package that no module declares");
  }

  ArchRule everyModuleNamesItsIdAndWhatItUses() {
    return classes()
        .that(
            describe(
                "declare a module",
                type -> type.isAnnotatedWith("org.springframework.modulith.ApplicationModule")))
        .should(
            condition(
                "name its id, undotted and equal to its package, and what it may use",
                HouseRules::moduleProblem))
        .because("a derived id has dots, and an undeclared dependency list allows everything");
  }

  ArchRule everyPackageIsNullMarked() {
    return classes()
        .should(
            condition(
                "be in a null-marked package",
                type ->
                    type.getPackage().isAnnotatedWith(NullMarked.class)
                        ? Optional.empty()
                        : Optional.of("is in a package without @NullMarked")))
        .because("NullAway checks only what is marked");
  }

  ArchRule timeComesFromTheClock() {
    return noClasses()
        .should()
        .callMethodWhere(
            describe(
                "the machine's time is read",
                call ->
                    call.getTarget().getName().equals("now")
                        && call.getTarget().getRawParameterTypes().isEmpty()
                        && List.of(
                                Instant.class,
                                LocalDate.class,
                                LocalTime.class,
                                LocalDateTime.class,
                                OffsetDateTime.class,
                                ZonedDateTime.class)
                            .stream()
                            .anyMatch(time -> call.getTargetOwner().isEquivalentTo(time))))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("tests move the clock: use the injected java.time.Clock");
  }

  ArchRule onlyTheServerMakesAClock() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(root + ".BothyServer")
        .and()
        .resideOutsideOfPackage(root + ".embedded..")
        .should()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .because("there is one clock, and tests replace it");
  }

  ArchRule noTransactional() {
    return noClasses()
        .should()
        .beAnnotatedWith("org.springframework.transaction.annotation.Transactional")
        .because("a transaction says whose rows it means: use Workspaces.inWorkspace(id, …)");
  }

  ArchRule noTransactionalMethod() {
    return methods()
        .should()
        .notBeAnnotatedWith("org.springframework.transaction.annotation.Transactional")
        .because("a transaction says whose rows it means: use Workspaces.inWorkspace(id, …)");
  }

  ArchRule theKernelIsPlainJava() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".platform.kernel")
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta.persistence..")
        .because("it is what everything stands on");
  }

  ArchRule appsDoNotUseEachOtherAndThePlatformUsesNoApp() {
    return classes()
        .should(
            condition(
                "use only its own app and the platform",
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass())
                        .filter(target -> appOf(target).isPresent())
                        .filter(target -> !appOf(target).equals(appOf(type)))
                        .findFirst()
                        .map(target -> "uses " + target.getName())))
        .because("app → platform → kernel: what two apps share belongs to the platform");
  }

  ArchRule entitiesArePackagePrivate() {
    return noClasses()
        .that()
        .areAnnotatedWith("jakarta.persistence.Entity")
        .should()
        .bePublic()
        .allowEmptyShould(true)
        .because("an aggregate is changed through its module's service");
  }

  /// A rule for each vendor.
  List<ArchRule> vendorsStayInTheirModules() {
    return VENDORS.entrySet().stream()
        .map(entry ->
            (ArchRule)
                noClasses()
                    .that()
                    .resideOutsideOfPackage(root + entry.getValue() + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(entry.getKey())
                    .because("exchanging a vendor means exchanging one module"))
        .toList();
  }

  /// All rules.
  List<ArchRule> all() {
    List<ArchRule> rules =
        new java.util.ArrayList<>(
            List.of(
                everyClassHasAModule(),
                everyModuleNamesItsIdAndWhatItUses(),
                everyPackageIsNullMarked(),
                timeComesFromTheClock(),
                onlyTheServerMakesAClock(),
                noTransactional(),
                noTransactionalMethod(),
                theKernelIsPlainJava(),
                appsDoNotUseEachOtherAndThePlatformUsesNoApp(),
                entitiesArePackagePrivate()));
    rules.addAll(vendorsStayInTheirModules());
    return rules;
  }

  /// What of these classes breaks the rule, one line each.
  static List<String> violations(ArchRule rule, JavaClasses classes) {
    return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
  }

  private static Optional<String> moduleProblem(JavaClass packageInfo) {
    JavaAnnotation<?> module =
        packageInfo.getAnnotationOfType("org.springframework.modulith.ApplicationModule");
    Object id = module.get("id").orElse("");
    String lastSegment =
        packageInfo.getPackageName().substring(packageInfo.getPackageName().lastIndexOf('.') + 1);
    if (!lastSegment.equals(id)) {
      return Optional.of("has the id '" + id + "', not '" + lastSegment + "'");
    }
    return module.hasExplicitlyDeclaredProperty("allowedDependencies")
        ? Optional.empty()
        : Optional.of("does not say what it may use (also {} is an answer)");
  }

  private Optional<String> appOf(JavaClass type) {
    String prefix = root + ".app.";
    String name = type.getPackageName();
    if (!name.startsWith(prefix)) {
      return Optional.empty();
    }
    return Optional.of(name.substring(prefix.length()).split("\\.")[0]);
  }

  private static Optional<JavaPackage> moduleOf(JavaPackage start) {
    Optional<JavaPackage> each = Optional.of(start);
    while (each.isPresent()) {
      if (each.get().isAnnotatedWith("org.springframework.modulith.ApplicationModule")) {
        return each;
      }
      each = each.get().getParent();
    }
    return Optional.empty();
  }

  private static <T> DescribedPredicate<T> describe(
      String description, java.util.function.Predicate<T> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }

  private static ArchCondition<JavaClass> condition(
      String description, java.util.function.Function<JavaClass, Optional<String>> problem) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        problem
            .apply(type)
            .ifPresent(message ->
                events.add(SimpleConditionEvent.violated(type, type.getName() + " " + message)));
      }
    };
  }
}
