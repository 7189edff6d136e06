package dev.bothy.testkit;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// The beans that differ from production: only the clock.
@TestConfiguration(proxyBeanMethods = false)
class TestBeans {
  @Bean
  TestClock clock() {
    return new TestClock();
  }
}
