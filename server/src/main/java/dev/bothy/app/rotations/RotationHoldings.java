package dev.bothy.app.rotations;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of rotations is held about people.
@Configuration(proxyBeanMethods = false)
class RotationHoldings {
  @Bean
  Holdings rotationHeld() {
    return new Holdings(
        "rotations",
        List.of(
            HeldTable.of("handoff_note", "Tells the next person on duty what they need to know.")
                .account(
                    "author = :account and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete()))
                .opens("note")
                .kept(Expiry.after(RetentionClock.MESSAGE_TEXT, "written_at")),
            HeldTable.of("handoff", "Says how hand-offs stand, and what was done of a checklist.")
                .account(
                    ":account in (account, next_account) and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete()))
                .kept(Expiry.after(RetentionClock.EVENT_LOG, "changed_at")),
            HeldTable.of(
                    "shift",
                    "Says who was on duty when, for hand-offs and for the fairness of turns.")
                .account(
                    "account = :account and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(
                    new OnErasure.InSteps(
                        new Change.Assign("account = 'erased', version = version + 1")))
                .kept(Expiry.after(RetentionClock.EVENT_LOG, "ended_at")),
            HeldTable.of("shift_instead", "Says in whose place somebody was on duty.")
                .account(
                    "account = :account and shift_id in (select s.id from shift s join rotation r on r.id = s.rotation_id where r.connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete())),
            HeldTable.of("plan_change", "Says who serves at other times than their turns.")
                .account(
                    ":account in (account_in, account_out) and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete()))
                .kept(Expiry.after(RetentionClock.EVENT_LOG, "ends_at")),
            HeldTable.of("temporary_shift", "Says who serves while a temporary schedule holds.")
                .account(
                    "account = :account and change_id in (select c.id from plan_change c join rotation r on r.id = c.rotation_id where r.connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete())),
            HeldTable.of("shift_request", "Asks others to take a shift, and says who did.")
                .account(
                    ":account in (account, asked_by, taken_by, closed_by) and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete()))
                .kept(Expiry.after(RetentionClock.EVENT_LOG, "ends_at")),
            HeldTable.of("shift_answer", "Says who cannot cover a time, or perhaps can.")
                .account(
                    "account = :account and request_id in (select q.id from shift_request q join rotation r on r.id = q.rotation_id where r.connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete())),
            HeldTable.of("rotation_departure", "Gives somebody who comes back their place again.")
                .person("person_id = :person")
                .account(
                    "account = :account and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of("rotation_participant", "Says who takes turns, in which order.")
                .account(
                    "account = :account and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(
                    new OnErasure.ByItself(
                        "a leaver is taken off their rotations, and the turn goes to the next person")),
            HeldTable.of("rotation_telling", "Says what a rotation tells people, and when."),
            HeldTable.of("rotation_told", "Keeps people from being reminded twice of a shift.")
                .account(
                    "account = :account and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete())),
            HeldTable.of("absence_answer", "Says who keeps a turn that they are absent for.")
                .account(
                    "account = :account and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(new OnErasure.InSteps(new Change.Delete())),
            HeldTable.of(
                "public_board",
                "Lets whoever knows its address see who is on duty, if an admin wants that."),
            HeldTable.of(
                    "calendar_feed", "Lets a calendar program read shifts at a secret address.")
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of("rotation", "Says what people take turns in, and where."),
            HeldTable.of("rotation_layer", "Says whose turn it is, and when it changes.")
                .account(
                    "turn_account = :account and rotation_id in (select id from rotation where connection_id = :connection)")
                .onErasure(new OnErasure.AtOnce(new Change.Assign("turn_account = null")))));
  }
}
