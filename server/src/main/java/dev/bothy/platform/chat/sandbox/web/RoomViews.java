package dev.bothy.platform.chat.sandbox.web;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.RoomMessage;
import dev.bothy.platform.chat.sandbox.RoomPerson;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.chat.sandbox.web.MessageView.ActionView;
import dev.bothy.platform.chat.sandbox.web.MessageView.FieldView;
import dev.bothy.platform.chat.sandbox.web.MessageView.OptionView;
import dev.bothy.platform.chat.sandbox.web.MessageView.SpanView;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Draws the room for a visitor who acts as one of its people.
@Component
class RoomViews {
  /// Whoever only looks on elsewhere looks on here as well.
  static final Role[] MAY_ACT = {Role.ADMIN, Role.MANAGER, Role.AGENT, Role.MEMBER};

  private static final int TINTS = 6;

  /// A message of the same author within this goes on below the earlier one.
  private static final Duration COMPACT = Duration.ofMinutes(5);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);

  private final SandboxRoom room;
  private final RoomInput input;
  private final Workspaces workspaces;
  private final Clock clock;

  RoomViews(SandboxRoom room, RoomInput input, Workspaces workspaces, Clock clock) {
    this.room = room;
    this.input = input;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// The room; opens it when the workspace has none. What an address names wrongly becomes what is
  /// nearest: the first person still here, the first channel, no thread.
  RoomView of(Viewer viewer, String account, String conversation, @Nullable UUID thread) {
    return workspaces.inWorkspace(
        viewer.workspace(), () -> draw(viewer, room.open(), account, conversation, thread));
  }

  private RoomView draw(
      Viewer viewer,
      ChatConnection connection,
      String account,
      String wanted,
      @Nullable UUID thread) {
    List<RoomPerson> people = room.people(connection);
    RoomPerson acting = acting(people, account);
    List<String> channels = room.channels(connection);
    String conversation = wanted.startsWith("@") ? acting.direct() : wanted;
    if (!wanted.startsWith("@") && !channels.contains(wanted)) {
      conversation = SandboxRoom.FIRST_CHANNEL;
    }
    if (conversation.equals(acting.direct()) && acting.unread() > 0) {
      room.seen(connection, acting.account());
      people = room.people(connection);
      acting = acting(people, account);
    }
    List<RoomMessage> inThread =
        thread == null ? List.of() : room.thread(connection, thread, acting.account());
    List<RoomPerson> everybody = people;
    return new RoomView(
        viewer.slug(),
        acting,
        people,
        channels,
        conversation,
        room.topic(connection, conversation),
        groups(connection, everybody),
        views(room.messages(connection, conversation, acting.account()), people, acting.zone()),
        inThread.isEmpty() ? null : thread,
        views(inThread, people, acting.zone()),
        room.form(connection, acting.account())
            .map(form -> FormView.fresh(form, everybody))
            .orElse(null),
        input.commands(),
        viewer.may(MAY_ACT),
        viewer.may(Role.ADMIN));
  }

  private Map<String, String> groups(ChatConnection connection, List<RoomPerson> people) {
    Map<String, String> groups = new TreeMap<>();
    room.groups(connection)
        .forEach((name, accounts) ->
            groups.put(
                name,
                accounts.stream()
                    .map(account -> name(people, account))
                    .collect(Collectors.joining(", "))));
    return groups;
  }

  private static RoomPerson acting(List<RoomPerson> people, String account) {
    return people.stream()
        .filter(person -> person.account().equals(account))
        .findFirst()
        .or(() -> people.stream().filter(RoomPerson::active).findFirst())
        .orElseGet(people::getFirst);
  }

  private List<MessageView> views(
      List<RoomMessage> messages, List<RoomPerson> people, ZoneId zone) {
    List<MessageView> views = new ArrayList<>();
    RoomMessage before = null;
    for (RoomMessage message : messages) {
      boolean compact =
          before != null
              && before.author().equals(message.author())
              && before.onlyForOne() == message.onlyForOne()
              && before.content().actions().isEmpty()
              && Duration.between(before.createdAt(), message.createdAt()).compareTo(COMPACT) < 0;
      views.add(view(message, people, zone, compact));
      before = message;
    }
    return views;
  }

  private MessageView view(
      RoomMessage message, List<RoomPerson> people, ZoneId zone, boolean compact) {
    String name = name(people, message.author());
    ZonedDateTime at = message.createdAt().atZone(zone);
    boolean today = at.toLocalDate().equals(clock.instant().atZone(zone).toLocalDate());
    Content content = message.content();
    return new MessageView(
        message.id(),
        message.version() + (compact ? "c" : ""),
        name,
        initials(name),
        tint(people, message.author()),
        at.format(today ? TIME : DAY_AND_TIME),
        message.createdAt().toString(),
        spans(content.text(), people),
        content.fields().stream()
            .map(field -> new FieldView(field.label(), spans(field.value(), people)))
            .toList(),
        content.actions().stream().map(RoomViews::action).toList(),
        message.onlyForOne(),
        message.edited(),
        message.replies(),
        compact);
  }

  private static ActionView action(Content.Action action) {
    return switch (action) {
      case Content.Button button ->
          new ActionView(
              button.id(),
              button.label(),
              button.value(),
              button.style().name().toLowerCase(Locale.ROOT),
              List.of());
      case Content.Select select ->
          new ActionView(
              select.id(),
              select.label(),
              "",
              "normal",
              select.options().stream()
                  .map(option -> new OptionView(option.value(), option.label(), false))
                  .toList());
    };
  }

  private static List<SpanView> spans(RichText text, List<RoomPerson> people) {
    return text.spans().stream()
        .map(span ->
            switch (span) {
              case RichText.Plain plain -> new SpanView("plain", plain.text());
              case RichText.Bold bold -> new SpanView("bold", bold.text());
              case RichText.Code code -> new SpanView("code", code.text());
              case RichText.Mention mention ->
                  new SpanView("mention", "@" + name(people, mention.account()));
              case RichText.Link link -> new SpanView("link", link.label(), link.address());
            })
        .filter(span -> !span.text().isEmpty())
        .toList();
  }

  private static String name(List<RoomPerson> people, String account) {
    return people.stream()
        .filter(person -> person.account().equals(account))
        .map(RoomPerson::name)
        .findFirst()
        .orElse(account.equals("bothy") ? "Bothy" : account);
  }

  private static int tint(List<RoomPerson> people, String account) {
    for (int place = 0; place < people.size(); place++) {
      if (people.get(place).account().equals(account)) {
        return place % TINTS;
      }
    }
    return -1;
  }

  /// The first letters of the first and the last word.
  static String initials(String name) {
    String[] words = name.strip().split("\\s+");
    String first = words[0].substring(0, words[0].offsetByCodePoints(0, 1));
    String last = words[words.length - 1];
    return (words.length == 1 ? first : first + last.substring(0, last.offsetByCodePoints(0, 1)))
        .toUpperCase(Locale.ROOT);
  }
}
