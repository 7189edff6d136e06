package dev.bothy.platform.calendar;

import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import java.util.List;
import java.util.stream.Collectors;

/// What somebody was told in private in the trial room, as they read it.
public final class ToldInChat {
  private ToldInChat() {}

  /// In order. Called within a transaction of the workspace.
  public static List<String> to(SandboxRoom room, String account) {
    return room.messages(room.open(), "@" + account, account).stream()
        .map(message -> text(message.content().text()))
        .toList();
  }

  private static String text(RichText text) {
    return text.spans().stream()
        .map(span ->
            switch (span) {
              case RichText.Plain plain -> plain.text();
              case RichText.Bold bold -> bold.text();
              case RichText.Code code -> code.text();
              case RichText.Mention mention -> mention.account();
              case RichText.Link link -> link.label();
            })
        .collect(Collectors.joining());
  }
}
