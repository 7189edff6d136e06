package dev.bothy.platform.calendar;

import dev.bothy.platform.chat.ConnectionGone;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Absences go with the connection of their accounts.
@Component
class AbsencesOfGone {
  private final Absences absences;

  AbsencesOfGone(Absences absences) {
    this.absences = absences;
  }

  @EventListener
  void on(ConnectionGone gone) {
    absences.forget(gone.connection());
  }
}
