package dev.bothy.app.rotations;

import dev.bothy.app.rotations.TurnMessages.Begun;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.kernel.ConnectionId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/// Tells the channel and the people concerned, and takes the buttons off what is no longer so.
///
/// A new person on duty is a new message, which networks notify of; anything else changes the
/// messages that are there.
@Component
class Announcer {
  /// Among how many of a role's latest shifts somebody's own is looked for.
  private static final int LAST = 10;

  private final Chat chat;
  private final ShiftTable shifts;
  private final RotationPeople people;
  private final TurnMessages direct;
  private final TellingTable tellings;

  Announcer(
      Chat chat,
      ShiftTable shifts,
      RotationPeople people,
      TurnMessages direct,
      TellingTable tellings) {
    this.chat = chat;
    this.shifts = shifts;
    this.people = people;
    this.direct = direct;
    this.tellings = tellings;
  }

  /// A rotation was made, resumed or brought back: somebody is on duty where nobody was.
  ///
  /// @param past what becomes of the card that is there, if there is one
  void begun(RotationEntity rotation, Rotation view, List<ShiftEntity> shifts, Content past) {
    Function<Participant, String> names = names(rotation);
    postCard(rotation, view, past, 0, names);
    for (ShiftEntity shift : shifts.stream().sorted(Foresight.TURN_FIRST).toList()) {
      direct.write(rotation, view, new Begun(shift, Optional.empty()), false, false, names);
    }
  }

  /// Some shifts are over, and others have begun.
  ///
  /// @param missed how many went by unannounced in between
  void passed(
      RotationEntity rotation,
      Rotation view,
      List<ShiftEntity> ended,
      List<Begun> begun,
      long missed) {
    Function<Participant, String> names = names(rotation);
    Set<UUID> stillUsed = new HashSet<>();
    List<Begun> found = new ArrayList<>();
    for (Begun each : inOrder(begun)) {
      boolean beside = isBeside(each, ended, goingOn(view, each.shift().role(), begun));
      Begun shown = beside ? new Begun(each.shift(), Optional.empty()) : afterOwn(each);
      found.add(shown);
      direct.write(rotation, view, shown, shown.goesOn() && missed == 0, beside, names);
      each.shift().directMessage().ifPresent(stillUsed::add);
    }
    for (ShiftEntity over : ended) {
      boolean used = over.directMessage().filter(stillUsed::contains).isPresent();
      if (!used && !isBackLater(view, over)) {
        direct.close(rotation, view, over, tookOver(over, begun), names);
      }
    }
    Optional<Begun> news = found.stream().filter(each -> !each.goesOn() || missed > 0).findFirst();
    if (news.isEmpty() && rotation.cardMessage().isPresent()) {
      update(rotation, rotation.cardMessage().get(), Cards.card(view, 0, names));
    } else {
      postCard(rotation, view, past(rotation, view, news, ended, begun, names), missed, names);
    }
    refreshBeside(rotation, view, ended, begun, names);
  }

  private static List<Begun> inOrder(List<Begun> begun) {
    return begun.stream().sorted(Comparator.comparing(Begun::shift, Foresight.TURN_FIRST)).toList();
  }

  /// Whether it begins beside others who go on, and nobody's shift in the role is over: what was
  /// before is nothing to it then.
  private static boolean isBeside(Begun begun, List<ShiftEntity> ended, Set<Participant> goingOn) {
    return !goingOn.isEmpty()
        && ended.stream().noneMatch(over -> over.role().equals(begun.shift().role()));
  }

  /// Whoever is back for the next hours of their turn goes on, though somebody else was on duty
  /// beside them later than they themselves.
  private Begun afterOwn(Begun begun) {
    ShiftEntity shift = begun.shift();
    if (begun.goesOn() || begun.before().isEmpty() || shift.person().isEmpty()) {
      return begun;
    }
    return shifts.lastOf(shift.rotation(), shift.role(), Limit.of(LAST)).stream()
        .filter(
            last -> last.person().equals(shift.person()) && last.turnAt().equals(shift.turnAt()))
        .filter(last -> last.endsAt().isBefore(shift.startsAt()))
        .findFirst()
        .map(last -> new Begun(shift, Optional.of(last)))
        .orElse(begun);
  }

  /// Whoever goes on reads beside whom.
  private void refreshBeside(
      RotationEntity rotation,
      Rotation view,
      List<ShiftEntity> ended,
      List<Begun> begun,
      Function<Participant, String> names) {
    Set<String> roles = new HashSet<>();
    ended.forEach(shift -> roles.add(shift.role()));
    begun.forEach(each -> roles.add(each.shift().role()));
    roles.removeIf(role -> goingOn(view, role, begun).isEmpty());
    if (roles.isEmpty()) {
      return;
    }
    Set<UUID> written = new HashSet<>();
    begun.forEach(each -> written.add(each.shift().id()));
    List<ShiftEntity> others =
        shifts.currentOf(rotation.id()).stream()
            .filter(shift -> roles.contains(shift.role()) && !written.contains(shift.id()))
            .toList();
    direct.refresh(rotation, view, others, names);
  }

  /// Who has a role and had it before, too: everybody but those whose shift has begun.
  private static Set<Participant> goingOn(Rotation view, String role, List<Begun> begun) {
    Set<UUID> news = new HashSet<>();
    begun.forEach(each -> news.add(each.shift().id()));
    Set<Participant> goingOn = new LinkedHashSet<>();
    for (RoleDuty.Held held : view.duty(role).held()) {
      Participant person = held.person();
      if (person != null && !news.contains(held.shift())) {
        goingOn.add(person);
      }
    }
    return goingOn;
  }

  private static List<Participant> tookOver(ShiftEntity over, List<Begun> begun) {
    return begun.stream()
        .filter(each -> each.shift().role().equals(over.role()))
        .flatMap(each -> each.shift().person().stream())
        .toList();
  }

  /// What becomes of the card that is there: who was on duty until now, in the role of the news.
  private static Content past(
      RotationEntity rotation,
      Rotation view,
      Optional<Begun> news,
      List<ShiftEntity> ended,
      List<Begun> begun,
      Function<Participant, String> names) {
    Optional<Begun> about = news.or(() -> begun.stream().findFirst());
    Optional<ShiftEntity> before = about.flatMap(Begun::before);
    Set<Participant> people = new LinkedHashSet<>();
    before.flatMap(ShiftEntity::person).ifPresent(people::add);
    about.ifPresent(each -> {
      String role = each.shift().role();
      ended.stream()
          .filter(over -> over.role().equals(role) && over.endsAt().equals(each.shift().startsAt()))
          .flatMap(over -> over.person().stream())
          .forEach(people::add);
      people.addAll(goingOn(view, role, begun));
    });
    return Cards.pastCard(
        rotation.name(),
        List.copyOf(people),
        before
            .map(ShiftEntity::endsAt)
            .or(() -> about.map(each -> each.shift().startsAt()))
            .orElse(rotation.settledAt()),
        view.zone(),
        names);
  }

  /// Outside of the hours of a role whoever has the turn is off, and back when they begin again.
  private static boolean isBackLater(Rotation view, ShiftEntity over) {
    return view.duties().stream()
        .anyMatch(duty ->
            duty.role().equals(over.role())
                && !duty.meant()
                && over.person().filter(duty.next()::contains).isPresent());
  }

  /// Brings the card and the direct messages up to date where they are.
  ///
  /// @param current the shifts whose messages are there
  void refresh(RotationEntity rotation, Rotation view, List<ShiftEntity> current) {
    if (!people.reachable(rotation.connection())) {
      return;
    }
    rotation
        .cardMessage()
        .ifPresent(card -> update(rotation, card, Cards.card(view, 0, names(rotation))));
    direct.refresh(rotation, view, current, names(rotation));
  }

  /// The rotation was paused: the card says so, and the direct messages lose their buttons.
  ///
  /// @param ended the shifts that are over by it
  void paused(RotationEntity rotation, Rotation view, List<ShiftEntity> ended) {
    if (!people.reachable(rotation.connection())) {
      return;
    }
    rotation
        .cardMessage()
        .ifPresent(card -> update(rotation, card, Cards.card(view, 0, names(rotation))));
    ended.forEach(over -> direct.close(rotation, view, over, List.of(), names(rotation)));
  }

  /// The rotation was deleted: the card offers to undo it, and the direct messages lose their
  /// buttons.
  ///
  /// @param ended the shifts that are over by it
  /// @param goesAt when it is gone for good
  void deleted(RotationEntity rotation, Rotation view, List<ShiftEntity> ended, Instant goesAt) {
    if (!people.reachable(rotation.connection())) {
      return;
    }
    rotation.cardMessage().ifPresent(card -> update(rotation, card, Cards.deleted(view, goesAt)));
    ended.forEach(over -> direct.close(rotation, view, over, List.of(), names(rotation)));
  }

  /// Somebody left the workspace: the channel hears why they are not on the list any more.
  void left(RotationEntity rotation, Participant person) {
    chat.send(
        rotation.connection(),
        new OutboundMessage.Post(
            rotation.conversation(),
            null,
            Cards.left(rotation.name(), person, rotation.people().isEmpty(), names(rotation))));
  }

  /// Tells people whose shifts to come are at other times now; not whoever made the change.
  ///
  /// @param told who is told in another way
  void moved(
      RotationEntity rotation,
      List<Assignment> before,
      List<Assignment> after,
      Actor actor,
      Set<Participant> told) {
    if (!people.reachable(rotation.connection())) {
      return;
    }
    ZoneId zone = rotation.layers().getFirst().times().zone();
    for (Moved moved : Moved.between(before, after, rotation.settledAt())) {
      String account = moved.person().account();
      boolean theirs =
          actor instanceof Actor.Account(ConnectionId connection, String own)
              && connection.equals(rotation.connection())
              && own.equals(account);
      boolean there =
          people.account(rotation.connection(), account).filter(each -> each.active()).isPresent();
      if (!theirs && there && !told.contains(moved.person())) {
        chat.send(
            rotation.connection(),
            new OutboundMessage.Direct(
                account, Cards.moved(rotation.id(), rotation.name(), moved, zone)));
      }
    }
  }

  private void postCard(
      RotationEntity rotation,
      Rotation view,
      Content past,
      long missed,
      Function<Participant, String> names) {
    rotation.cardMessage().ifPresent(card -> update(rotation, card, past));
    joinFirst(rotation);
    Content card = Cards.card(view, missed, names);
    rotation.cardIs(
        chat.send(
            rotation.connection(), new OutboundMessage.Post(rotation.conversation(), null, card)));
  }

  /// Joins the channel where the network lets us, before the first card and after one that was
  /// refused. Whoever takes us out of a channel that cards reach is not contradicted.
  private void joinFirst(RotationEntity rotation) {
    Optional<UUID> last = rotation.cardMessage();
    boolean refused =
        last.isPresent()
            && tellings
                .refused(rotation.id())
                .filter(each -> each.message().equals(last.get()))
                .isPresent();
    if ((last.isEmpty() || refused)
        && chat.capabilities(rotation.connection()).contains(Capability.JOIN)) {
      chat.send(rotation.connection(), new OutboundMessage.Join(rotation.conversation()));
    }
  }

  private void update(RotationEntity rotation, UUID card, Content content) {
    chat.send(
        rotation.connection(), new OutboundMessage.Update(card, rotation.conversation(), content));
  }

  private Function<Participant, String> names(RotationEntity rotation) {
    return people.names(rotation.connection(), rotation.people());
  }
}
