package dev.bothy.platform.chat.sandbox.web;

import java.util.List;
import java.util.UUID;

/// A message as the template shows it.
///
/// @param version changes whenever the message must be drawn anew
/// @param tint 0 to 5: the colour of the avatar; -1 for Bothy
/// @param time as the person acting reads it, e.g. `14:03`
/// @param datetime the same for programs
/// @param compact whether it goes on below a message of the same author
public record MessageView(
    UUID id,
    String version,
    String author,
    String initials,
    int tint,
    String time,
    String datetime,
    List<SpanView> text,
    List<FieldView> fields,
    List<ActionView> actions,
    boolean onlyForOne,
    boolean edited,
    long replies,
    boolean compact) {
  /// A stretch of text.
  ///
  /// @param kind `plain`, `bold`, `code`, `mention` or `link`
  /// @param address where a link leads; empty for the others
  public record SpanView(String kind, String text, String address) {
    public SpanView(String kind, String text) {
      this(kind, text, "");
    }
  }

  /// A label with its value.
  public record FieldView(String label, List<SpanView> value) {}

  /// A button, or a select when it has options.
  ///
  /// @param style `normal`, `primary` or `danger`
  public record ActionView(
      String id, String label, String value, String style, List<OptionView> options) {}

  /// One option of a choice.
  public record OptionView(String value, String label, boolean chosen) {}
}
