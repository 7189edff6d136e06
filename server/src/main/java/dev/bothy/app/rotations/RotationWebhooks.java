package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.webhooks.WebhookType;
import dev.bothy.platform.webhooks.Webhooks;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/// Tells the customer's machines of hand-offs: by ids, never by names.
@Component
class RotationWebhooks implements Duty.Witness {
  private static final String HANDED_OVER = "rotations.handed-over";

  private final Webhooks webhooks;

  RotationWebhooks(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @Configuration(proxyBeanMethods = false)
  static class Types {
    @Bean
    WebhookType rotationHandedOver() {
      return new WebhookType(HANDED_OVER, "A rotation's turn has passed on.");
    }
  }

  /// @param connection of the accounts
  /// @param onDuty the account of who has it now; null if nobody is available
  /// @param before the account of who had it; null if nobody had
  private record HandedOver(
      UUID rotation,
      String role,
      UUID shift,
      Instant startsAt,
      Instant endsAt,
      UUID connection,
      @Nullable String onDuty,
      @Nullable String before) {}

  @Override
  public void handedOver(RotationEntity rotation, ShiftEntity shift, @Nullable Participant before) {
    webhooks.publish(
        HANDED_OVER,
        new HandedOver(
            rotation.id(),
            shift.role(),
            shift.id(),
            shift.startsAt(),
            shift.endsAt(),
            rotation.connection().value(),
            shift.person().map(Participant::account).orElse(null),
            before == null ? null : before.account()));
  }
}
