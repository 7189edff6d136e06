package dev.bothy.platform.webhooks;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.MemberAdded;
import dev.bothy.platform.people.MemberLeft;
import dev.bothy.platform.people.MemberReturned;
import dev.bothy.platform.people.PersonJoined;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Tells of members who come and go, in the transaction of the change.
@Component
class PeopleWebhooks {
  private static final String JOINED = "people.joined";
  private static final String LEFT = "people.left";
  private static final String RETURNED = "people.returned";
  private static final String MERGED = "people.merged";

  private final Webhooks webhooks;

  PeopleWebhooks(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @Configuration(proxyBeanMethods = false)
  static class Types {
    @Bean
    WebhookType personJoined() {
      return new WebhookType(JOINED, "Somebody got a place in the workspace.");
    }

    @Bean
    WebhookType personLeft() {
      return new WebhookType(LEFT, "Somebody's place in the workspace has ended.");
    }

    @Bean
    WebhookType personReturned() {
      return new WebhookType(RETURNED, "A place that had ended was given back.");
    }

    @Bean
    WebhookType personMerged() {
      return new WebhookType(
          MERGED,
          "Whom the directory had named signed in for the first time, and has another id from now.");
    }
  }

  private record One(UUID person) {
    static One of(PersonId person) {
      return new One(person.value());
    }
  }

  private record Merged(UUID person, UUID was) {}

  @EventListener
  void on(MemberAdded added) {
    webhooks.publish(JOINED, One.of(added.person()));
  }

  @EventListener
  void on(MemberLeft left) {
    webhooks.publish(LEFT, One.of(left.person()));
  }

  @EventListener
  void on(MemberReturned returned) {
    webhooks.publish(RETURNED, One.of(returned.person()));
  }

  @EventListener
  void on(PersonJoined joined) {
    webhooks.publish(MERGED, new Merged(joined.into().value(), joined.from().value()));
  }
}
