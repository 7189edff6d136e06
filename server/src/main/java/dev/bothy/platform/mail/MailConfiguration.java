package dev.bothy.platform.mail;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the module tells the others of itself, and the relay where there is one.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class MailConfiguration {
  /// As the register of sub-processors names whose machine the relay is.
  static final String OWNER = "Mail relay";

  @Bean
  NavigationItem breachNoticeNavigation() {
    return new NavigationItem(895, "Breach notice", "/breach-notice", "mail", Set.of(Role.OWNER));
  }

  @Bean
  SealedColumn breachNoticeText() {
    return new SealedColumn("breach_notice", "text", NoticeTable.TEXT);
  }

  @Bean
  Holdings mailHeld() {
    return new Holdings(
        "mail",
        List.of(
            HeldTable.of("breach_notice", "Proves that members were told of a breach, and how.")
                .person("sent_by = :person")
                .onErasure(
                    new OnErasure.Kept(
                        "the customer has to prove that people were told; it has an id and no name",
                        "the clock of the audit log"))
                .kept(Expiry.after(RetentionClock.AUDIT, "created_at"))
                .opens("text")));
  }

  /// Only where the settings name a host; an empty one is none.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("!'${bothy.mail.host:}'.isBlank()")
  static class WithRelay {
    @Bean
    Destination mailRelayAddress(MailSettings settings) {
      return Destination.builtIn(
          settings.origin(),
          OWNER,
          "Takes mail to members: exports, notices, last warnings.",
          Destination.OWN_REGION);
    }

    @Bean
    Relay relay(MailSettings settings, Egress egress) {
      return new Relay(
          settings, egress.relaySockets(OWNER, settings.security() == MailSettings.Security.TLS));
    }
  }
}
