package dev.bothy.platform.provisioning;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keycloak.KeycloakSettings;
import dev.bothy.platform.people.MemberChanged;
import dev.bothy.platform.people.MemberLeft;
import dev.bothy.platform.people.MemberReturned;
import dev.bothy.platform.provisioning.Request.Why;
import dev.bothy.platform.work.Outbox;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Puts into the outbox who is to be looked at, within the transaction that changed them: either
/// both are stored or neither is.
@Component
class Requests {
  static final String KIND = "keycloak.user";

  private final Outbox outbox;
  private final KeycloakSettings settings;
  private final Clock clock;

  Requests(Outbox outbox, KeycloakSettings settings, Clock clock) {
    this.outbox = outbox;
    this.settings = settings;
    this.clock = clock;
  }

  @EventListener
  void on(MemberChanged event) {
    add(event.person(), Why.CHANGED);
  }

  @EventListener
  void on(MemberLeft event) {
    add(event.person(), Why.CHANGED);
  }

  @EventListener
  void on(MemberReturned event) {
    add(event.person(), Why.CHANGED);
  }

  /// Called within a transaction of the workspace.
  void add(PersonId person, Why why) {
    if (settings.provisioning()) {
      outbox.add(
          new Outbox.Message(
              person.value(),
              "person:" + person.value(),
              KIND,
              new Request(person, why, clock.instant()).bytes()));
    }
  }
}
