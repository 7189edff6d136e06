package dev.bothy.platform.chat;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of chat networks is held about people.
@Configuration(proxyBeanMethods = false)
class ChatHoldings {
  @Bean
  Holdings chatHeld() {
    return new Holdings(
        "chat",
        List.of(
            HeldTable.of("chat_account", "Shows names and uses the right time zone in chat.")
                .account("connection_id = :connection and account = :account")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .kept(Expiry.after(RetentionClock.EVENT_LOG, "looked_up_at").when("not active")),
            HeldTable.of("chat_connection", "Connects the workspace to a chat network."),
            HeldTable.of("chat_ability", "Says what apps may use of a chat network.")));
  }
}
