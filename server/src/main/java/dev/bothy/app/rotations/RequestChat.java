package dev.bothy.app.rotations;

import dev.bothy.app.rotations.ShiftRequest.Kind;
import dev.bothy.app.rotations.ShiftRequestTable.Answered;
import dev.bothy.app.rotations.TheirShifts.Theirs;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.Content.Option;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import dev.bothy.platform.chat.InboundEvent.MessagePosted;
import dev.bothy.platform.chatlinks.ChatActors;
import dev.bothy.platform.kernel.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Swap and cover requests in chat.
@Component
class RequestChat implements ChatPart {
  private static final int MOST_OWN = 10;
  private static final int MOST_OFFERED = 25;

  /// What the label of an option may have, in characters.
  private static final int LONGEST_LABEL = 75;

  private final Rotations rotations;
  private final ShiftRequests requests;
  private final RotationTable table;
  private final TheirShifts theirs;
  private final RotationPeople people;
  private final Chat chat;
  private final ChatActors actors;
  private final Answers answers;
  private final Clock clock;

  RequestChat(
      Rotations rotations,
      ShiftRequests requests,
      RotationTable table,
      TheirShifts theirs,
      RotationPeople people,
      Chat chat,
      ChatActors actors,
      Answers answers,
      Clock clock) {
    this.rotations = rotations;
    this.requests = requests;
    this.table = table;
    this.theirs = theirs;
    this.people = people;
    this.chat = chat;
    this.actors = actors;
    this.answers = answers;
    this.clock = clock;
  }

  @Override
  public boolean typed(Asker asker, ShiftLine line) {
    if (!(line instanceof ShiftLine.Ask ask)) {
      return false;
    }
    // A name of several words needs no quotation marks where nothing follows.
    String whole = ask.name() + " " + String.join(" ", ask.times());
    Optional<Rotation> named = rotations.byName(asker.connection().workspace(), whole.strip());
    if (named.isPresent()) {
      ask(asker, named.get(), ask.kind(), ask.person(), List.of());
    } else {
      answers.withNamed(
          asker, ask.name(), found -> ask(asker, found, ask.kind(), ask.person(), ask.times()));
    }
    return true;
  }

  @Override
  public boolean pressed(Asker asker, String action, String value) {
    switch (action) {
      case ShiftCards.ASK_SWAP ->
          answers.withId(asker, value, found -> open(asker, found, Kind.SWAP));
      case ShiftCards.ASK_COVER ->
          answers.withId(asker, value, found -> open(asker, found, Kind.COVER));
      case RequestCards.TAKE -> tell(asker, withId(value, id -> take(asker, id)));
      case RequestCards.CANNOT ->
          tell(
              asker,
              withId(
                  value,
                  id -> requests.answer(actor(asker), id, new Answered(asker.person(), false))));
      case RequestCards.WITHDRAW ->
          tell(asker, withId(value, id -> requests.withdraw(actor(asker), id, asker.person())));
      case RequestCards.CONFIRM -> {
        String[] parts = value.split(" ", 2);
        Participant by = new Participant(parts[parts.length - 1]);
        tell(asker, withId(parts[0], id -> requests.confirm(actor(asker), id, asker.person(), by)));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<Answer> submitted(Asker asker, FormSubmitted form) {
    return switch (form.form()) {
      case ShiftForms.ASK_SWAP -> Optional.of(asked(asker, form, Kind.SWAP));
      case ShiftForms.ASK_COVER -> Optional.of(asked(asker, form, Kind.COVER));
      default -> Optional.empty();
    };
  }

  @Override
  public void heard(ChatConnection connection, MessagePosted posted) {
    String thread = posted.thread();
    Participant author = new Participant(posted.author());
    if (thread == null) {
      return;
    }
    Optional<ShiftRequest> request =
        chat.message(connection.id(), posted.conversation(), thread)
            .flatMap(requests::openCoverOf)
            .filter(open -> !open.person().equals(author));
    if (request.isEmpty()) {
      return;
    }
    Actor actor = actors.actor(connection.id(), author.account());
    switch (ThreadHint.of(posted.text())) {
      case YES -> {
        if (requests.answer(actor, request.get().id(), new Answered(author, true))
            instanceof RequestOutcome.Done(ShiftRequest open)) {
          requests.askRequester(open, author);
        }
      }
      case NO -> requests.answer(actor, request.get().id(), new Answered(author, false));
      case NEITHER -> {}
    }
  }

  private RequestOutcome take(Asker asker, UUID id) {
    return requests.take(actor(asker), id, asker.person());
  }

  /// @param typed whose shift; null for the asker's
  /// @param times empty for the whole next shift
  private void ask(
      Asker asker, Rotation rotation, Kind kind, @Nullable String typed, List<String> times) {
    Participant person = typed == null ? asker.person() : new Participant(Mentions.account(typed));
    if (times.isEmpty()) {
      Optional<Theirs> next = toCome(rotation, person, 1).stream().findFirst();
      if (next.isEmpty()) {
        String name = people.names(rotation.connection()).apply(person);
        answers.tell(
            asker,
            ShiftCards.nothingToCome(
                rotation, person.equals(asker.person()) ? "you have" : name + " has"));
        return;
      }
      tell(asker, ask(asker, rotation, kind, next.get(), next.get().span()));
      return;
    }
    List<Problem> problems = new ArrayList<>();
    Optional<Span> span = moments(rotation).span(times, problems);
    if (span.isEmpty()) {
      answers.tell(asker, problems);
      return;
    }
    tell(
        asker,
        requests.ask(
            actor(asker),
            rotation.id(),
            new ShiftRequests.Asked(kind, null, person, asker.person(), span.get())));
  }

  private RequestOutcome ask(Asker asker, Rotation rotation, Kind kind, Theirs shift, Span span) {
    return requests.ask(
        actor(asker),
        rotation.id(),
        new ShiftRequests.Asked(kind, shift.role(), shift.person(), asker.person(), span));
  }

  /// Offers the asker's own shifts to come first, then those of the others.
  private void open(Asker asker, Rotation rotation, Kind kind) {
    List<Theirs> offered = new ArrayList<>(toCome(rotation, asker.person(), MOST_OWN));
    if (rotation.people().contains(asker.person())) {
      toCome(rotation, null, MOST_OFFERED).stream()
          .filter(shift -> !shift.person().equals(asker.person()))
          .limit(MOST_OFFERED - offered.size())
          .forEach(offered::add);
    }
    if (offered.isEmpty()) {
      answers.tell(asker, ShiftCards.nothingToCome(rotation, "you have"));
      return;
    }
    answers.open(
        asker,
        ShiftForms.ask(
            kind, rotation.id(), offered.stream().map(shift -> option(rotation, shift)).toList()),
        kind == Kind.SWAP
            ? "To ask for a swap of your next shift: /rotation swap <name>"
            : "To ask who can cover: /rotation cover <name> tuesday");
  }

  private Option option(Rotation rotation, Theirs shift) {
    String label =
        Cards.clock(shift.span().start(), rotation.zone())
            + " to "
            + Cards.clock(shift.span().end(), rotation.zone())
            + ": "
            + people.names(rotation.connection()).apply(shift.person());
    return new Option(
        value(shift), label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL) : label);
  }

  private static String value(Theirs shift) {
    return shift.span().start().getEpochSecond() + " " + shift.person().account();
  }

  private Answer asked(Asker asker, FormSubmitted form, Kind kind) {
    List<String> fields = List.of(ShiftForms.SHIFT, ShiftForms.FROM, ShiftForms.UNTIL);
    Optional<Rotation> rotation =
        Answers.uuid(form.context())
            .flatMap(id -> rotations.find(asker.connection().workspace(), id));
    Optional<Theirs> shift = rotation.flatMap(found -> chosen(found, form));
    if (rotation.isEmpty() || shift.isEmpty()) {
      return Answers.again(
          List.of(
              RotationInput.wrong(
                  ShiftForms.SHIFT,
                  "Shift",
                  "it is not theirs any more, or has begun",
                  "a shift to come: open the form again")),
          fields);
    }
    List<Problem> problems = new ArrayList<>();
    Optional<Span> span = part(rotation.get(), shift.get(), form, problems);
    if (span.isEmpty()) {
      return Answers.again(problems, fields);
    }
    return switch (ask(asker, rotation.get(), kind, shift.get(), span.get())) {
      case RequestOutcome.Done _, RequestOutcome.Closed _ -> new Answer.Done();
      case RequestOutcome.Refused(List<Problem> wrong) -> Answers.again(wrong, fields);
      case RequestOutcome.NotFound() ->
          Answers.again(
              List.of(Problem.ofUser("rotations.gone", "There is no such rotation any more.")),
              fields);
    };
  }

  private Optional<Theirs> chosen(Rotation rotation, FormSubmitted form) {
    String value = Forms.one(form, ShiftForms.SHIFT);
    String[] parts = value.split(" ", 2);
    return toCome(rotation, new Participant(parts[parts.length - 1]), MOST_OFFERED).stream()
        .filter(shift -> value(shift).equals(value))
        .findFirst();
  }

  private Optional<Span> part(
      Rotation rotation, Theirs shift, FormSubmitted form, List<Problem> problems) {
    boolean from = !Forms.one(form, ShiftForms.FROM).isBlank();
    boolean until = !Forms.one(form, ShiftForms.UNTIL).isBlank();
    if (!from && !until) {
      return Optional.of(shift.span());
    }
    if (!from || !until) {
      problems.add(
          RotationInput.wrong(
              from ? ShiftForms.UNTIL : ShiftForms.FROM,
              from ? "Until" : "From",
              "nothing was typed",
              "both for a part, neither for the whole shift"));
      return Optional.empty();
    }
    return moments(rotation)
        .span(ShiftForms.times(form), problems)
        .flatMap(span -> {
          Optional<Span> common = span.and(shift.span());
          if (common.isEmpty()) {
            problems.add(
                RotationInput.wrong(
                    ShiftForms.FROM,
                    "From",
                    "that is not within the shift",
                    Cards.time(shift.span(), rotation.zone())));
          }
          return common;
        });
  }

  private List<Theirs> toCome(Rotation rotation, @Nullable Participant person, int atMost) {
    Instant now = clock.instant();
    return table
        .byId(rotation.id())
        .map(entity -> theirs.toCome(entity, person, now, atMost))
        .orElseGet(List::of);
  }

  private interface WithId {
    RequestOutcome then(UUID id);
  }

  private static RequestOutcome withId(String value, WithId then) {
    return Answers.uuid(value).map(then::then).orElseGet(RequestOutcome.NotFound::new);
  }

  /// What is done is seen in the channel; all else the asker is told.
  private void tell(Asker asker, RequestOutcome outcome) {
    switch (outcome) {
      case RequestOutcome.Done _ -> {}
      case RequestOutcome.Refused(List<Problem> problems) -> answers.tell(asker, problems);
      case RequestOutcome.Closed(ShiftRequest request) ->
          answers.tell(asker, requests.words(request));
      case RequestOutcome.NotFound() -> answers.tell(asker, Answers.gone());
    }
  }

  private Moments moments(Rotation rotation) {
    return new Moments(rotation.zone(), rotation.times().at(), clock.instant());
  }

  private Actor actor(Asker asker) {
    return actors.actor(asker.connection().id(), asker.account());
  }
}
