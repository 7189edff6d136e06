package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Content.Field;
import dev.bothy.platform.chat.RichText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who is on duty, in words: everybody of each role. Roles are named where a rotation has several.
final class DutyWords {
  private static final RichText EMPTY = new RichText(List.of());

  private DutyWords() {}

  /// `Ada`, `Ada and Grace`, `Ada, Ben and Grace`, or `nobody`.
  static String names(List<Participant> people, Function<Participant, String> name) {
    if (people.isEmpty()) {
      return "nobody";
    }
    String last = name.apply(people.getLast());
    return people.size() == 1
        ? last
        : people.subList(0, people.size() - 1).stream().map(name).collect(Collectors.joining(", "))
            + " and "
            + last;
  }

  /// Everybody who has a role, mentioned.
  static RichText mentions(RoleDuty duty) {
    List<Participant> people = duty.people();
    if (people.isEmpty()) {
      return EMPTY.plain(
          duty.meant()
              ? "nobody is on duty, because nobody of the rotation is available."
              : "nobody is on duty outside of its hours.");
    }
    RichText text = EMPTY;
    for (int at = 0; at < people.size(); at++) {
      String before = at == 0 ? "" : at == people.size() - 1 ? " and " : ", ";
      text = text.plain(before).mention(people.get(at).account());
    }
    return text.plain(people.size() == 1 ? " is on duty." : " are on duty.");
  }

  /// `Ada is on duty until …`, and where they end apart `Ada is on duty until …, Grace until …`.
  static String sentence(RoleDuty duty, ZoneId zone, Function<Participant, String> name) {
    Instant until = duty.until();
    if (apart(duty)) {
      RoleDuty.Held first = duty.held().getFirst();
      return name(first.person(), name)
          + " is on duty until "
          + Cards.time(first.until(), zone)
          + others(duty, ", ", zone, name)
          + ".";
    }
    return names(duty.people(), name)
        + (duty.people().size() > 1 ? " are" : " is")
        + " on duty"
        + (until == null ? "" : " until " + Cards.time(until, zone))
        + ".";
  }

  /// Everybody of every role on one line: `Ada until …`, `Primary: Ada until …; Secondary: …`.
  static String line(Rotation rotation, Function<Participant, String> name) {
    return rotation.duties().stream()
        .map(duty -> role(rotation, duty) + line(duty, rotation.zone(), name))
        .collect(Collectors.joining("; "));
  }

  private static String line(RoleDuty duty, ZoneId zone, Function<Participant, String> name) {
    if (apart(duty)) {
      return duty.held().stream()
          .map(held -> held(held, zone, name))
          .collect(Collectors.joining(", "));
    }
    Instant until = duty.until();
    return names(duty.people(), name) + (until == null ? "" : " until " + Cards.time(until, zone));
  }

  /// Until when, and who is next, a line for each role where there are several.
  static List<Field> fields(Rotation rotation, Function<Participant, String> name) {
    List<String> until = new ArrayList<>();
    List<String> next = new ArrayList<>();
    for (RoleDuty duty : rotation.duties()) {
      String ends = until(duty, rotation.zone(), name);
      if (!ends.isEmpty()) {
        until.add(role(rotation, duty) + ends);
      }
      next.add(role(rotation, duty) + names(duty.next(), name));
    }
    List<Field> fields = new ArrayList<>();
    if (!until.isEmpty()) {
      fields.add(new Field("Until", RichText.of(String.join("\n", until))));
    }
    fields.add(new Field("Next", RichText.of(String.join("\n", next))));
    return fields;
  }

  private static String until(RoleDuty duty, ZoneId zone, Function<Participant, String> name) {
    Instant until = duty.until();
    if (until == null) {
      return "";
    }
    return Cards.time(until, zone) + (apart(duty) ? others(duty, "; ", zone, name) : "");
  }

  private static String others(
      RoleDuty duty, String before, ZoneId zone, Function<Participant, String> name) {
    return duty.held().stream()
        .skip(1)
        .map(held -> before + held(held, zone, name))
        .collect(Collectors.joining());
  }

  private static String held(RoleDuty.Held held, ZoneId zone, Function<Participant, String> name) {
    return name(held.person(), name) + " until " + Cards.time(held.until(), zone);
  }

  private static String name(@Nullable Participant person, Function<Participant, String> name) {
    return person == null ? "nobody" : name.apply(person);
  }

  /// Whether several have it and not all until the same time.
  private static boolean apart(RoleDuty duty) {
    return duty.held().stream().map(RoleDuty.Held::until).distinct().count() > 1;
  }

  private static String role(Rotation rotation, RoleDuty duty) {
    return rotation.duties().size() > 1 ? duty.role() + ": " : "";
  }
}
