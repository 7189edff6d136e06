package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
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

  @Bean
  Holdings feedsHeld() {
    return new Holdings(
        "calendar",
        List.of(
            HeldTable.of("absence_feed", "Knows where somebody's calendar is read.")
                .account("connection_id = :connection and account = :account")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .opens("address")));
  }
}
