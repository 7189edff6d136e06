package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.webhooks.WebhookType;
import dev.bothy.platform.webhooks.Webhooks;
import java.time.Instant;
import java.util.List;
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
  private final ShiftTable shifts;

  RotationWebhooks(Webhooks webhooks, ShiftTable shifts) {
    this.webhooks = webhooks;
    this.shifts = shifts;
  }

  @Configuration(proxyBeanMethods = false)
  static class Types {
    @Bean
    WebhookType rotationHandedOver() {
      return new WebhookType(HANDED_OVER, "A rotation's turn has passed on.");
    }
  }

  /// @param connection of the accounts
  /// @param onDuty the account of who has the shift; null if nobody is available
  /// @param people the accounts of everybody who has the role now, with whoever has the turn first
  /// @param before the account of who had it; null if nobody had
  private record HandedOver(
      UUID rotation,
      String role,
      UUID shift,
      Instant startsAt,
      Instant endsAt,
      UUID connection,
      @Nullable String onDuty,
      List<String> people,
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
            people(rotation, shift.role()),
            before == null ? null : before.account()));
  }

  private List<String> people(RotationEntity rotation, String role) {
    return shifts.currentOf(rotation.id()).stream()
        .filter(shift -> shift.role().equals(role))
        .sorted(Foresight.TURN_FIRST)
        .flatMap(shift -> shift.person().stream())
        .map(Participant::account)
        .distinct()
        .toList();
  }
}
