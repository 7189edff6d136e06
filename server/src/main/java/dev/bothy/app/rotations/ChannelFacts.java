package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.OutboundMessage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Keeps the channel's topic and a group of the network in step with who is on duty, where a
/// rotation says so and the network lets it.
@Component
class ChannelFacts {
  private final TellingTable tellings;
  private final ToldTable told;
  private final ShiftTable shifts;
  private final RotationPeople people;
  private final Chat chat;

  ChannelFacts(
      TellingTable tellings, ToldTable told, ShiftTable shifts, RotationPeople people, Chat chat) {
    this.tellings = tellings;
    this.told = told;
    this.shifts = shifts;
    this.people = people;
    this.chat = chat;
  }

  /// Sets what is not so yet.
  void show(RotationEntity rotation, Telling telling) {
    Set<Capability> can = chat.capabilities(rotation.connection());
    boolean topic = telling.topic() && can.contains(Capability.TOPIC);
    Telling.DutyGroup group = can.contains(Capability.GROUP) ? telling.group() : null;
    if (!topic && group == null) {
      return;
    }
    List<ShiftEntity> current = shifts.currentOf(rotation.id());
    String shown =
        Stream.concat(
                Stream.of(topic ? "topic" : "", group == null ? "" : group.id()),
                current.stream().map(shift -> shift.id() + " " + shift.endsAt()))
            .collect(Collectors.joining("|"));
    if (tellings.shown(rotation.id()).filter(shown::equals).isPresent()) {
      return;
    }
    tellings.show(rotation.id(), shown);
    if (topic) {
      chat.send(
          rotation.connection(),
          new OutboundMessage.Topic(
              rotation.conversation(),
              TellingCards.topic(
                  rotation.name(),
                  current,
                  rotation.layers().getFirst().times().zone(),
                  people.names(rotation.connection()))));
    }
    if (group != null) {
      fill(rotation, group, current);
    }
  }

  /// A network's group is never empty: with nobody on duty it stays as it is, and the channel hears
  /// of it once where somebody should be.
  private void fill(RotationEntity rotation, Telling.DutyGroup group, List<ShiftEntity> current) {
    String wanted = group.role();
    String role = wanted == null ? rotation.layers().getFirst().role() : wanted;
    List<ShiftEntity> own = current.stream().filter(each -> each.role().equals(role)).toList();
    List<String> accounts =
        own.stream()
            .flatMap(shift -> shift.person().stream())
            .map(Participant::account)
            .distinct()
            .toList();
    if (!accounts.isEmpty()) {
      chat.send(rotation.connection(), new OutboundMessage.GroupMembers(group.id(), accounts));
      return;
    }
    for (ShiftEntity shift : own) {
      if (told.first(
          rotation.id(), ToldTable.Kind.GROUP, role, ToldTable.NOBODY, shift.startsAt())) {
        chat.send(
            rotation.connection(),
            new OutboundMessage.Post(
                rotation.conversation(), null, TellingCards.groupStays(rotation.name())));
      }
    }
  }
}
