package dev.bothy.app.rotations;

import dev.bothy.app.rotations.ShiftRequestTable.Answered;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Action;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Button.Style;
import dev.bothy.platform.chat.Content.Field;
import dev.bothy.platform.chat.RichText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What swap and cover requests say in chat. Times are in the rotation's zone and name it.
final class RequestCards {
  static final String TAKE = "rotations.request-take";
  static final String CANNOT = "rotations.request-cannot";
  static final String WITHDRAW = "rotations.request-withdraw";
  static final String CONFIRM = "rotations.request-confirm";

  private static final RichText EMPTY = new RichText(List.of());

  private RequestCards() {}

  /// The rotation that a request is of, as its messages need it.
  ///
  /// @param several whether it has several roles, which are named then
  record Of(
      UUID id, String name, ZoneId zone, boolean several, Function<Participant, String> names) {
    private String name(Participant person) {
      return names.apply(person);
    }

    private String when(Span span) {
      return Cards.time(span, zone);
    }
  }

  /// The message in the channel, as the request stands.
  static Content message(Of rotation, ShiftRequest request, List<Answered> answers) {
    return switch (request.state()) {
      case OPEN ->
          new Content(
              question(rotation, request), fields(rotation, request, answers), buttons(request));
      case TAKEN, PAST_DUE, DELETED -> Content.of(outcome(rotation, request));
    };
  }

  /// A reminder of an open request.
  static Content reminder(Of rotation, ShiftRequest request, List<Answered> answers) {
    RichText still =
        EMPTY.plain(
            switch (request.kind()) {
              case SWAP -> "Nobody has taken this yet. ";
              case COVER -> "Nobody covers this yet. ";
            });
    return new Content(
        still.and(question(rotation, request)),
        fields(rotation, request, answers),
        buttons(request));
  }

  /// What the person is told whose shift somebody took.
  static Content taken(Of rotation, ShiftRequest request, Participant by) {
    return Content.of(
            EMPTY
                .plain(rotation.name(by) + " serves in your place in ")
                .bold(rotation.name())
                .plain(": " + rotation.when(request.span()) + "."))
        .withActions(
            new Button(Cards.SHOW, "Show rotation", rotation.id().toString(), Style.NORMAL));
  }

  /// What whoever took it is told, with a way back.
  static Content tookIt(Of rotation, ShiftRequest request, UUID change) {
    return Content.of(
            EMPTY
                .plain("You serve for " + rotation.name(request.person()) + " in ")
                .bold(rotation.name())
                .plain(": " + rotation.when(request.span()) + "."))
        .withActions(ShiftCards.undo(request.rotation(), change));
  }

  /// What the requester is asked when somebody seems to say yes in the thread.
  static Content perhaps(Of rotation, ShiftRequest request, Participant who) {
    return Content.of(
            EMPTY
                .plain(rotation.name(who) + " answered in the thread, perhaps that they can cover ")
                .bold(rotation.name())
                .plain(" " + rotation.when(request.span()) + ". Do they?"))
        .withActions(
            new Button(
                CONFIRM, "Yes, they cover it", request.id() + " " + who.account(), Style.PRIMARY));
  }

  /// How a request stands that is not open any more, or of an open one what it asks.
  static RichText outcome(Of rotation, ShiftRequest request) {
    Participant by = request.takenBy();
    String whose = rotation.name(request.person()) + ", " + rotation.when(request.span());
    RichText of = EMPTY.bold(rotation.name()).plain(": ");
    return switch (request.state()) {
      case OPEN -> question(rotation, request);
      case TAKEN ->
          by == null
              ? of.plain(whose + ": somebody serves.")
              : of.plain(
                  rotation.name(by)
                      + (request.kind() == ShiftRequest.Kind.SWAP
                          ? " takes it for "
                          : " covers for ")
                      + whose
                      + ".");
      case PAST_DUE, DELETED -> of.plain(closed(rotation, request, whose));
    };
  }

  private static String closed(Of rotation, ShiftRequest request, String whose) {
    ShiftRequest.Closing closing = request.closing();
    if (closing == null) {
      return "the request for " + whose + " is closed.";
    }
    if (closing.reason() == ShiftRequest.Reason.NOBODY) {
      return (request.kind() == ShiftRequest.Kind.SWAP
              ? "nobody took the shift of "
              : "nobody covers for ")
          + whose
          + ". The plan stays as it was.";
    }
    return "the request for " + whose + " is closed: " + why(rotation, closing) + ".";
  }

  private static String why(Of rotation, ShiftRequest.Closing closing) {
    String by = by(rotation, closing.by());
    return switch (closing.reason()) {
      case NOBODY -> "nobody took it";
      case WITHDRAWN -> "it was taken back" + by;
      case UNDONE -> "somebody had taken it, and that was undone" + by;
      case GONE -> "they are not on duty then any more";
      case LEFT -> "they left the workspace";
      case UNREACHABLE -> "the connection was removed";
      case PAUSED -> "the rotation was paused";
      case DELETED -> "the rotation was deleted";
    };
  }

  private static String by(Of rotation, @Nullable Participant by) {
    return by == null ? "" : " by " + rotation.name(by);
  }

  private static RichText question(Of rotation, ShiftRequest request) {
    String who = rotation.name(request.person());
    RichText text =
        switch (request.kind()) {
          case SWAP ->
              EMPTY
                  .plain("Who takes " + who + "'s shift in ")
                  .bold(rotation.name())
                  .plain("? " + rotation.when(request.span()) + ".");
          case COVER ->
              EMPTY
                  .plain("Who can cover for " + who + " in ")
                  .bold(rotation.name())
                  .plain("? " + rotation.when(request.span()) + ".");
        };
    return request.askedBy().equals(request.person())
        ? text
        : text.plain(" " + rotation.name(request.askedBy()) + " asks for them.");
  }

  private static List<Field> fields(Of rotation, ShiftRequest request, List<Answered> answers) {
    List<Field> fields = new ArrayList<>();
    String role = request.role();
    if (role != null && rotation.several()) {
      fields.add(new Field("Role", RichText.of(role)));
    }
    addAnswers(fields, "Perhaps", rotation, answers.stream().filter(Answered::perhaps).toList());
    addAnswers(fields, "Cannot", rotation, answers.stream().filter(a -> !a.perhaps()).toList());
    return fields;
  }

  private static void addAnswers(
      List<Field> fields, String label, Of rotation, List<Answered> answers) {
    if (!answers.isEmpty()) {
      fields.add(
          new Field(
              label,
              RichText.of(
                  answers.stream()
                      .map(answer -> rotation.name(answer.person()))
                      .collect(Collectors.joining(", ")))));
    }
  }

  private static List<Action> buttons(ShiftRequest request) {
    String id = request.id().toString();
    Button withdraw = new Button(WITHDRAW, "Withdraw", id, Style.NORMAL);
    return switch (request.kind()) {
      case SWAP -> List.of(new Button(TAKE, "Take it", id, Style.PRIMARY), withdraw);
      case COVER ->
          List.of(
              new Button(TAKE, "I can", id, Style.PRIMARY),
              new Button(CANNOT, "I can't", id, Style.NORMAL),
              withdraw);
    };
  }
}
