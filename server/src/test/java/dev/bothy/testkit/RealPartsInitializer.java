package dev.bothy.testkit;

import dev.bothy.platform.calendar.hibob.FakeHiBob;
import dev.bothy.platform.chat.slack.FakeSlack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;

/// Points the test server at the real parts. First, so that a test may say otherwise after it.
@Order(0)
class RealPartsInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  /// One for the run: the shared database holds keys that only this one unwraps.
  private static final Path KEY_FILE = freshFile();

  /// A test that signs in makes it: `TestKeycloak.realm(REALM, address of the server)`.
  static final String REALM = "shared";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(TestDatabase.shared().properties()).applyTo(context);
    TestPropertyValues.of(
            "bothy.installation.mode=embedded",
            "bothy.keys.local-file=" + KEY_FILE,
            "bothy.privacy.ledger=" + KEY_FILE.resolveSibling("ledger"))
        .applyTo(context);
    TestPropertyValues.of(TestKeycloak.properties(REALM)).applyTo(context);
    // What waits in production for seconds waits here for an instant.
    TestPropertyValues.of(
            "bothy.work.poll=50ms",
            "bothy.work.first-retry=20ms",
            "bothy.work.attempts=4",
            "bothy.work.keep-trying=0s",
            "bothy.webhooks.first-retry=20ms",
            "bothy.webhooks.longest-retry=200ms",
            // TestClock goes to whatever time a test needs.
            "bothy.work.clock-tolerance=36500d")
        .applyTo(context);
    TestPropertyValues.of(
            "bothy.egress.region=test",
            "bothy.egress.allowed-regions=us",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*,http://localhost:*,"
                + "smtp://localhost:*,smtp://127.0.0.2:*")
        .applyTo(context);
    // All tests come from one address; what the limits do is tested on a server of its own.
    TestPropertyValues.of(ServerProcess.WITHOUT_LIMITS).applyTo(context);
    TestPropertyValues.of(FakeSlack.shared().properties()).applyTo(context);
    TestPropertyValues.of(FakeHiBob.shared().properties(2)).applyTo(context);
    TestPropertyValues.of(TestRelay.shared().properties()).applyTo(context);
  }

  private static Path freshFile() {
    try {
      return Files.createTempDirectory("bothy-test").resolve("key");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
