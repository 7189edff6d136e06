package dev.bothy.platform.calendar;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of absences and holidays is held about people.
@Configuration(proxyBeanMethods = false)
class CalendarHoldings {
  @Bean
  Holdings calendarHeld() {
    return new Holdings(
        "calendar",
        List.of(
            HeldTable.of("absence", "Knows who is away, so that no turn falls to them.")
                .account("connection_id = :connection and account = :account")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .kept(Expiry.after(RetentionClock.EVENT_LOG, "ends_at")),
            HeldTable.of("absence_feed", "Knows where somebody's calendar is read.")
                .account("connection_id = :connection and account = :account")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .opens("address"),
            HeldTable.of("hibob_connection", "Asks HiBob who is away."),
            HeldTable.of("hibob_match", "Knows whose time off HiBob tells.")
                .account("connection_id = :connection and account = :account")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of("absence_source_maker", "Knows whom to tell when a source fails.")
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of("holiday_calendar", "Says which days are free."),
            HeldTable.of("holiday", "Says which days are free."),
            HeldTable.of("holiday_region", "Fills a calendar with public holidays each year.")));
  }
}
