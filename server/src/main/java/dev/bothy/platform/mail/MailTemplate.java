package dev.bothy.platform.mail;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// What a mail is about. Each kind knows its words; names of workspaces are those that people read.
public sealed interface MailTemplate {
  /// An export that somebody asked for can be downloaded.
  ///
  /// @param link the page where it is; whoever opens it has to sign in
  /// @param until when it is gone
  record ExportReady(String workspace, URI link, Instant until) implements MailTemplate {}

  /// An owner tells the members that data of theirs may have come into the wrong hands.
  ///
  /// @param text what the owner wrote, 1 to 5000 characters; an empty line begins a paragraph
  record BreachNotice(String workspace, String text) implements MailTemplate {}

  /// Something is about to be deleted for good.
  ///
  /// @param what in words, e.g. `The workspace Support`
  /// @param at when
  /// @param link the page where it can be brought back
  record DeletionWarning(String workspace, String what, Instant at, URI link)
      implements MailTemplate {}

  /// What absences are read from could not be read for days.
  ///
  /// @param what in words, e.g. `The calendar of Ada at calendar.example.com`
  /// @param since when it was first not read
  /// @param problem why, and what can be done, in sentences
  /// @param link the page where it can be looked after
  record SourceFailing(String workspace, String what, Instant since, String problem, URI link)
      implements MailTemplate {}

  /// A mail in words.
  ///
  /// @param paragraphs plain text, each of one or more lines
  record Words(String subject, List<String> paragraphs) {
    public Words {
      paragraphs = List.copyOf(paragraphs);
    }
  }

  /// The mail that it becomes.
  default Words words() {
    return switch (this) {
      case ExportReady(String workspace, URI link, Instant until) ->
          new Words(
              "Your export from " + oneLine(workspace) + " is ready",
              List.of(
                  "The export that you asked for in " + workspace + " can be downloaded:",
                  link.toString(),
                  "It is there until " + inWords(until) + ". You will be asked to sign in."));
      case BreachNotice(String workspace, String text) ->
          new Words(
              "A notice about your data in " + oneLine(workspace),
              List.of(text.strip().replace("\r\n", "\n").split("\n\\s*\n")));
      case DeletionWarning(String workspace, String what, Instant at, URI link) ->
          new Words(
              oneLine(what) + " will be deleted for good",
              List.of(
                  what + " is going to be deleted for good on " + inWords(at) + ".",
                  "Until then it can be brought back:",
                  link.toString()));
      case SourceFailing(String workspace, String what, Instant since, String problem, URI link) ->
          new Words(
              oneLine(what) + " cannot be read",
              List.of(
                  what + " could not be read since " + inWords(since) + ". " + problem,
                  "What it told before still counts in "
                      + workspace
                      + "; what is new there, Bothy does not know.",
                  "Look after it:",
                  link.toString()));
    };
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static String inWords(Instant time) {
    return DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
        .format(time.atOffset(ZoneOffset.UTC));
  }
}
