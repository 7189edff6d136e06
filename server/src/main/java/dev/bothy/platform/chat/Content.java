package dev.bothy.platform.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// What a message says.
///
/// @param text the text, which also serves where a network shows no more (a notification)
/// @param fields label and value pairs, shown as a small table; may be empty
/// @param actions buttons and selects under the message; may be empty. A network without
///   [Capability#ACTIONS] leaves them out
public record Content(RichText text, List<Field> fields, List<Action> actions) {
  public Content {
    fields = List.copyOf(fields);
    actions = List.copyOf(actions);
  }

  /// Only text.
  public static Content of(RichText text) {
    return new Content(text, List.of(), List.of());
  }

  /// Only plain text.
  public static Content of(String plain) {
    return of(RichText.of(plain));
  }

  /// The same with these fields.
  public Content withFields(Field... fields) {
    return new Content(text, List.of(fields), actions);
  }

  /// The same with these actions.
  public Content withActions(Action... actions) {
    return new Content(text, fields, List.of(actions));
  }

  /// A label with its value.
  public record Field(String label, RichText value) {}

  /// Something that a person can press or choose.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Button.class, name = "button"),
    @JsonSubTypes.Type(value = Select.class, name = "select")
  })
  public sealed interface Action {}

  /// A button.
  ///
  /// @param id `module.what`; comes back as [InboundEvent.ActionTaken#action]; 1 to 100 characters
  /// @param label what it says, 1 to 75 characters (Slack's limit)
  /// @param value comes back as it is; 0 to 1000 characters
  public record Button(String id, String label, String value, Style style) implements Action {
    /// How much a button asks for.
    public enum Style {
      NORMAL,
      PRIMARY,
      DANGER
    }
  }

  /// A choice of one option.
  ///
  /// @param id `module.what`; comes back as [InboundEvent.ActionTaken#action]
  public record Select(String id, String label, List<Option> options) implements Action {}

  /// One option of a choice.
  ///
  /// @param value comes back when chosen; unique in its choice
  public record Option(String value, String label) {}
}
