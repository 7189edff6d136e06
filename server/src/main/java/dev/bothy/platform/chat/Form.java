package dev.bothy.platform.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A form to fill in: a modal in Slack, a dialog in the sandbox.
///
/// @param id `module.what`; comes back as [InboundEvent.FormSubmitted#form]
/// @param title 1 to 24 characters (Slack's limit)
/// @param submit what the button says, 1 to 24 characters
/// @param context comes back as it is; up to 2000 characters
/// @param fields 1 to 50
public record Form(String id, String title, String submit, String context, List<Field> fields) {
  public Form {
    fields = List.copyOf(fields);
  }

  /// A field.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = TextField.class, name = "text"),
    @JsonSubTypes.Type(value = ChoiceField.class, name = "choice"),
    @JsonSubTypes.Type(value = PeopleField.class, name = "people")
  })
  public sealed interface Field {
    /// Comes back as key of [InboundEvent.FormSubmitted#values]; unique in its form.
    String id();

    /// What people read.
    String label();

    /// Whether it may be left empty.
    boolean optional();
  }

  /// Text to type.
  ///
  /// @param hint what is allowed, in words; may be empty
  /// @param value what it starts with; may be empty
  /// @param maximumLength in characters, 1 to 3000
  public record TextField(
      String id,
      String label,
      String hint,
      String value,
      boolean optional,
      boolean multiline,
      int maximumLength)
      implements Field {}

  /// One or more options to choose.
  ///
  /// @param several whether more than one may be chosen
  /// @param values the options that it starts with; may be empty
  public record ChoiceField(
      String id,
      String label,
      List<Content.Option> options,
      List<String> values,
      boolean optional,
      boolean several)
      implements Field {}

  /// People of the network to choose, in the order in which they were chosen; comes back as account
  /// ids.
  ///
  /// @param values the accounts that it starts with; may be empty
  /// @param maximum null for no bound but the network's
  public record PeopleField(
      String id,
      String label,
      String hint,
      List<String> values,
      boolean optional,
      @Nullable Integer maximum)
      implements Field {}
}
