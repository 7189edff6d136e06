package dev.bothy.platform.chat.slack;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of connections to Slack is held about people.
@Configuration(proxyBeanMethods = false)
class SlackHoldings {
  @Bean
  Holdings slackHeld() {
    return new Holdings(
        "slack",
        List.of(
            HeldTable.of("slack_departure", "Recognises somebody who comes back from Slack.")
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .kept(Expiry.always(Duration.ofDays(1), "expires_at"))
                .notExported(),
            HeldTable.of("slack_activity", "Shows which scopes are used.")
                .kept(Expiry.after(RetentionClock.DELIVERIES, "last_at"))
                .notExported()));
  }
}
