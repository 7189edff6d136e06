package dev.bothy.platform.chatlinks;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of the links of chat accounts is held about people.
@Configuration(proxyBeanMethods = false)
class ChatLinkHoldings {
  @Bean
  Holdings chatLinkHeld() {
    return new Holdings(
        "chatlinks",
        List.of(
            HeldTable.of("chat_link", "Knows whom an account in chat belongs to.")
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of(
                    "chat_link_declined", "Does not link an account again that somebody unlinked.")
                .account("connection_id = :connection and account = :account")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of("chat_link_request", "Lets an account say whose it is, once.")
                .account("connection_id = :connection and account = :account")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .kept(Expiry.always(Duration.ofDays(1), "expires_at"))
                .notExported()));
  }
}
