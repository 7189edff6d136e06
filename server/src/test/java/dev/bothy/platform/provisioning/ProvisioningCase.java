package dev.bothy.platform.provisioning;

import dev.bothy.testkit.BothyTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// A server that tries longer than that of other tests: an outage here takes seconds.
@BothyTest
abstract class ProvisioningCase {
  static final class Patient
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of("bothy.work.keep-trying=1h", "bothy.work.longest-retry=1s")
          .applyTo(context);
    }
  }
}
