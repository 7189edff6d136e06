package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.RetentionClock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of the sandbox is held about people.
@Configuration(proxyBeanMethods = false)
class SandboxHoldings {
  @Bean
  Holdings sandboxHeld() {
    return new Holdings(
        "sandbox",
        List.of(
            HeldTable.of("sandbox_form", "Shows a form in the sandbox.")
                .kept(Expiry.after(RetentionClock.MESSAGE_TEXT, "opened_at"))
                .notExported(),
            HeldTable.of("sandbox_message", "Shows the sandbox's conversation.")
                .kept(
                    Expiry.after(RetentionClock.MESSAGE_TEXT, "created_at")
                        .when("updated_at is null"),
                    // A card that stands for months is changed again and again.
                    Expiry.after(RetentionClock.MESSAGE_TEXT, "updated_at"))
                .opens("content"),
            HeldTable.of("sandbox_sign", "Shows topics and groups in the sandbox.")
                .kept(Expiry.after(RetentionClock.MESSAGE_TEXT, "changed_at"))
                .notExported(),
            HeldTable.of("sandbox_channel", "Is a channel of the sandbox.")));
  }
}
