package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.keys.SealedColumn;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What feeds tell the others of themselves.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedSettings.class)
class FeedConfiguration {
  @Bean
  SealedColumn feedAddress() {
    return new SealedColumn("absence_feed", "address", FeedTable.ADDRESS);
  }
}
