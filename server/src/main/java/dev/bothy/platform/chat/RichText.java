package dev.bothy.platform.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;

/// Text with the little markup that all networks share. What people typed goes in as [Plain] and
/// stays what it is in every network: each connector escapes it.
///
/// @param spans in order
public record RichText(List<Span> spans) {
  public RichText {
    spans = List.copyOf(spans);
  }

  /// Text without markup.
  public static RichText of(String plain) {
    return new RichText(List.of(new Plain(plain)));
  }

  /// This text followed by plain text.
  public RichText plain(String text) {
    return and(new Plain(text));
  }

  /// This text followed by bold text.
  public RichText bold(String text) {
    return and(new Bold(text));
  }

  /// This text followed by text in a fixed-width font.
  public RichText code(String text) {
    return and(new Code(text));
  }

  /// This text followed by a mention of an account.
  public RichText mention(String account) {
    return and(new Mention(account));
  }

  /// This text followed by a link.
  ///
  /// @param address see [Link#address]
  public RichText link(String label, String address) {
    return and(new Link(label, address));
  }

  /// This text followed by another.
  public RichText and(RichText other) {
    List<Span> joined = new ArrayList<>(spans);
    joined.addAll(other.spans);
    return new RichText(joined);
  }

  private RichText and(Span span) {
    return and(new RichText(List.of(span)));
  }

  @Override
  public String toString() {
    return "RichText(" + spans.size() + " spans)";
  }

  /// A stretch of text of one kind.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Plain.class, name = "plain"),
    @JsonSubTypes.Type(value = Bold.class, name = "bold"),
    @JsonSubTypes.Type(value = Code.class, name = "code"),
    @JsonSubTypes.Type(value = Mention.class, name = "mention"),
    @JsonSubTypes.Type(value = Link.class, name = "link")
  })
  public sealed interface Span {}

  /// As it is; may hold line breaks.
  public record Plain(String text) implements Span {}

  /// Bold.
  public record Bold(String text) implements Span {}

  /// Fixed width, such as a command to type.
  public record Code(String text) implements Span {}

  /// A mention of an account by the network's id; the network notifies that person.
  public record Mention(String account) implements Span {}

  /// A link of ours, never one that somebody typed.
  ///
  /// @param address http or https; or a path of this server's, which only its own pages can open: a
  ///   network shows it as text
  public record Link(String label, String address) implements Span {}
}
