package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.Intake;
import dev.bothy.platform.chat.ReplyHandle;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// What people do in the room, on its way to the apps. Called outside of any transaction.
@Service
public class RoomInput {
  /// The longest message: what fits into a Slack message's recommended length.
  public static final int MAXIMUM_TEXT = 4_000;

  /// Slack gives up on an app that does not answer a form within 3 seconds; the room has no reason
  /// to be that strict.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final ReplyHandle REPLY = new ReplyHandle("sandbox");

  private final RoomTable room;
  private final MessageTable messages;
  private final FormTable forms;
  private final Intake intake;
  private final Features features;
  private final Workspaces workspaces;

  RoomInput(
      RoomTable room,
      MessageTable messages,
      FormTable forms,
      Intake intake,
      Features features,
      Workspaces workspaces) {
    this.room = room;
    this.messages = messages;
    this.forms = forms;
    this.intake = intake;
    this.features = features;
    this.workspaces = workspaces;
  }

  /// Something that somebody says.
  ///
  /// @param id the same for each repetition; becomes the message's id
  /// @param thread the message it answers; null when it starts its own
  public record Speech(
      UUID id, String account, String conversation, @Nullable UUID thread, String text) {}

  /// The commands of all apps, for the composer's completion.
  public List<ChatFeature.Command> commands() {
    return features.all().stream().flatMap(feature -> feature.commands().stream()).toList();
  }

  /// Says something in a conversation; a text that starts with a slash is a command.
  ///
  /// @return why it was not said; empty when it was
  public Optional<Problem> say(ChatConnection connection, Speech speech) {
    String typed = speech.text().strip();
    if (typed.isEmpty() || typed.length() > MAXIMUM_TEXT) {
      return Optional.of(refusal("text-length", "Write 1 to " + MAXIMUM_TEXT + " characters."));
    }
    List<RoomPerson> people =
        workspaces.inWorkspace(connection.workspace(), () -> room.people(connection.id()));
    Optional<Problem> stranger = mustBeHere(people, speech.account());
    if (stranger.isPresent()) {
      return stranger;
    }
    String text = RoomTexts.toPortable(typed, people.stream().map(RoomPerson::account).toList());
    return typed.startsWith("/")
        ? command(connection, speech, text)
        : post(connection, speech, text);
  }

  /// Presses a button of a message, or chooses from its select.
  ///
  /// @param id the same for each repetition
  /// @return why nothing came of it; empty when an app will handle it
  public Optional<Problem> act(
      ChatConnection connection,
      UUID id,
      String account,
      UUID message,
      String action,
      String value) {
    Optional<MessageTable.Placed> found =
        workspaces.inWorkspace(
            connection.workspace(), () -> messages.find(connection.id(), message, account));
    if (found.isEmpty() || !offers(found.get().content(), action, value)) {
      return Optional.of(
          refusal("action-gone", "The message has changed meanwhile; look at it again."));
    }
    List<RoomPerson> people =
        workspaces.inWorkspace(connection.workspace(), () -> room.people(connection.id()));
    Optional<Problem> stranger = mustBeHere(people, account);
    return stranger.isPresent()
        ? stranger
        : problemOf(
            intake.accept(
                connection,
                id.toString(),
                new InboundEvent.ActionTaken(
                    found.get().conversation(),
                    account,
                    message.toString(),
                    action,
                    value,
                    REPLY)));
  }

  /// What became of a form that was sent.
  public sealed interface Submitted {
    /// Done, or on its way; the form is closed.
    record Closed() implements Submitted {}

    /// Not accepted; the form stays open.
    ///
    /// @param byField field id to what is wrong and what is allowed; never empty
    record Wrong(OpenForm form, Map<String, String> byField) implements Submitted {}

    /// The form stays open; nothing in it is wrong.
    record NotNow(OpenForm form, Problem problem) implements Submitted {}
  }

  /// Sends the form that waits for an account.
  ///
  /// @param attempt the same for each repetition of this attempt
  /// @param values by field id, as they were typed
  public Submitted submit(
      ChatConnection connection,
      String account,
      UUID form,
      UUID attempt,
      Map<String, List<String>> values) {
    Optional<OpenForm> waiting =
        workspaces
            .inWorkspace(connection.workspace(), () -> forms.waitingFor(connection.id(), account))
            .filter(found -> found.id().equals(form));
    if (waiting.isEmpty()) {
      return new Submitted.Closed();
    }
    OpenForm open = waiting.get();
    List<RoomPerson> people =
        workspaces.inWorkspace(connection.workspace(), () -> room.people(connection.id()));
    Map<String, String> wrong = FormRules.check(open.form(), values, people);
    if (!wrong.isEmpty()) {
      return new Submitted.Wrong(open, wrong);
    }
    InboundEvent event =
        new InboundEvent.FormSubmitted(
            open.conversation(),
            account,
            open.form().id(),
            open.form().context(),
            FormRules.complete(open.form(), values),
            REPLY);
    Intake.Result result = intake.acceptAndWait(connection, form + ":" + attempt, event, PATIENCE);
    return switch (result) {
      case Intake.Result.Answered(ChatFeature.Answer.FieldErrors(Map<String, String> byField)) ->
          new Submitted.Wrong(open, byField);
      case Intake.Result.Answered(ChatFeature.Answer.Done _), Intake.Result.Accepted _ -> {
        workspaces.inWorkspace(connection.workspace(), () -> forms.close(form));
        yield new Submitted.Closed();
      }
      case Intake.Result.Ignored _, Intake.Result.Full _ ->
          new Submitted.NotNow(open, problemOf(result).orElseThrow());
    };
  }

  private Optional<Problem> command(ChatConnection connection, Speech speech, String text) {
    int end = text.indexOf(' ');
    String name = end < 0 ? text : text.substring(0, end);
    List<String> known = commands().stream().map(ChatFeature.Command::name).toList();
    if (!known.contains(name)) {
      return Optional.of(
          refusal(
              "unknown-command",
              "There is no command " + name + ". There are: " + String.join(", ", known) + "."));
    }
    Optional<Problem> problem =
        write(connection, speech, speech.account(), RichText.of("").code(speech.text().strip()));
    return problem.isPresent()
        ? problem
        : problemOf(
            intake.accept(
                connection,
                speech.id().toString(),
                new InboundEvent.CommandInvoked(
                    speech.conversation(),
                    speech.account(),
                    name,
                    end < 0 ? "" : text.substring(end).strip(),
                    REPLY)));
  }

  private Optional<Problem> post(ChatConnection connection, Speech speech, String text) {
    Optional<Problem> problem = write(connection, speech, null, RoomTexts.toRich(text));
    if (problem.isPresent()) {
      return problem;
    }
    UUID thread = speech.thread();
    String answered =
        thread == null
            ? null
            : workspaces
                .inWorkspace(connection.workspace(), () -> messages.place(connection.id(), thread))
                .map(MessageTable.Place::author)
                .orElse(null);
    Intake.Result result =
        intake.accept(
            connection,
            speech.id().toString(),
            new InboundEvent.MessagePosted(
                speech.conversation(),
                thread == null ? null : thread.toString(),
                speech.id().toString(),
                speech.account(),
                text,
                answered));
    // That no app wants what people say to each other is the normal case.
    return result instanceof Intake.Result.Ignored ? Optional.empty() : problemOf(result);
  }

  private Optional<Problem> write(
      ChatConnection connection, Speech speech, @Nullable String visibleTo, RichText text) {
    return workspaces.inWorkspace(
        connection.workspace(),
        () -> {
          String conversation = speech.conversation();
          boolean others =
              conversation.startsWith("@") && !conversation.equals("@" + speech.account());
          if (others || !room.hasConversation(connection.id(), conversation)) {
            return Optional.of(
                refusal("no-conversation", "There is no such conversation for you."));
          }
          messages.add(
              new MessageTable.Addition(
                  speech.id(),
                  connection.id(),
                  conversation,
                  speech.thread(),
                  speech.account(),
                  visibleTo,
                  Content.of(text)));
          return Optional.<Problem>empty();
        });
  }

  private static Optional<Problem> mustBeHere(List<RoomPerson> people, String account) {
    return people.stream().anyMatch(person -> person.account().equals(account) && person.active())
        ? Optional.empty()
        : Optional.of(refusal("left", "This person has left the company. Act as somebody else."));
  }

  private static boolean offers(Content content, String id, String value) {
    return content.actions().stream()
        .anyMatch(action ->
            switch (action) {
              case Content.Button button -> button.id().equals(id) && button.value().equals(value);
              case Content.Select select ->
                  select.id().equals(id)
                      && select.options().stream().anyMatch(each -> each.value().equals(value));
            });
  }

  private static Optional<Problem> problemOf(Intake.Result result) {
    return switch (result) {
      case Intake.Result.Accepted _, Intake.Result.Answered _ -> Optional.empty();
      case Intake.Result.Ignored _ ->
          Optional.of(refusal("not-wanted", "No app of this server answers to that."));
      case Intake.Result.Full full ->
          Optional.of(
              new Problem(
                  "sandbox.busy",
                  Problem.Kind.RESOURCES,
                  null,
                  "Bothy has too much to do. Try again in "
                      + Math.max(1, full.retryAfter().toSeconds())
                      + " seconds."));
    };
  }

  private static Problem refusal(String what, String message) {
    return Problem.ofUser("sandbox." + what, message);
  }
}
