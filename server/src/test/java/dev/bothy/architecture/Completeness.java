package dev.bothy.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.bothy.platform.chat.ChatConnector;
import dev.bothy.platform.chat.ChatConnectorContract;
import dev.bothy.platform.chat.Webhooks;
import dev.bothy.platform.chat.WebhooksContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What belongs to a connector. Each network's connector lives in `platform.chat.<id>`.
final class Completeness {
  private static final String PACKAGE = "dev.bothy.platform.chat.";

  private final JavaClasses product;
  private final JavaClasses tests;
  private final Path docs;
  private final Path testResources;

  Completeness(JavaClasses product, JavaClasses tests, Path docs, Path testResources) {
    this.product = product;
    this.tests = tests;
    this.docs = docs;
    this.testResources = testResources;
  }

  /// What a network's connector lacks, one line each.
  List<String> missing(String network) {
    List<String> missing = new ArrayList<>();
    require(
        missing,
        any(product, network, type -> type.isAssignableTo(ChatConnector.class)),
        "a ChatConnector in " + PACKAGE + network);
    require(
        missing,
        any(tests, network, type -> type.isAssignableTo(ChatConnectorContract.class)),
        "a test that implements ChatConnectorContract");
    require(
        missing,
        any(product, network + ".web", _ -> true),
        "console pages in " + PACKAGE + network + ".web");
    require(
        missing,
        Files.isRegularFile(docs.resolve("connectors").resolve(network + ".md")),
        "docs/connectors/" + network + ".md");
    if (any(product, network, type -> type.isAssignableTo(Webhooks.class))) {
      require(
          missing,
          any(tests, network, type -> type.isAssignableTo(WebhooksContract.class)),
          "a test that implements WebhooksContract");
      require(
          missing,
          Files.isDirectory(testResources.resolve(network)),
          "recorded payloads in src/test/resources/" + network);
    }
    return missing;
  }

  private static void require(List<String> missing, boolean present, String what) {
    if (!present) {
      missing.add(what);
    }
  }

  private static boolean any(JavaClasses classes, String below, Predicate<JavaClass> wanted) {
    return classes.stream()
        .filter(type -> type.getPackageName().equals(PACKAGE + below))
        .filter(type -> !type.isInterface())
        .anyMatch(wanted);
  }
}
