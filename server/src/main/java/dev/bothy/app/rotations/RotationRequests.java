package dev.bothy.app.rotations;

import dev.bothy.app.rotations.ShiftRequest.Kind;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.app.rotations.ShiftRequestTable.Answered;
import dev.bothy.app.rotations.TheirShifts.Theirs;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Swap and cover requests for people who are signed in. They act as the chat account that is
/// linked to them at the rotation's connection; admins do for others as well, whom they name.
///
/// Every method works in a transaction of the workspace, joining the caller's if there is one.
@Service
public class RotationRequests {
  private static final int MOST = 200;
  private static final int MOST_OFFERED = 40;

  /// Stands for whoever has no account there; no account is so.
  private static final Participant NOBODY = new Participant("");

  private final RotationTable rotations;
  private final ShiftRequestTable table;
  private final ShiftRequests requests;
  private final TheirShifts theirs;
  private final ActingAccounts accounts;
  private final ChatLinks links;
  private final Workspaces workspaces;
  private final Clock clock;

  RotationRequests(
      RotationTable rotations,
      ShiftRequestTable table,
      ShiftRequests requests,
      TheirShifts theirs,
      ActingAccounts accounts,
      ChatLinks links,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.table = table;
    this.requests = requests;
    this.theirs = theirs;
    this.accounts = accounts;
    this.links = links;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// A request and what others said to it.
  ///
  /// @param perhaps who may be able to take it, in the order in which they said so
  /// @param cannot who cannot
  public record Known(ShiftRequest request, List<Participant> perhaps, List<Participant> cannot) {
    public Known {
      perhaps = List.copyOf(perhaps);
      cannot = List.copyOf(cannot);
    }
  }

  /// A shift that a request may be about.
  public record Offered(String role, Participant person, Instant start, Instant end) {}

  /// What somebody asks.
  ///
  /// @param account whose shift it is about; null for one's own
  /// @param role null for every role
  /// @param from null, as `until`, for the whole next shift
  public record Wanted(
      Kind kind,
      @Nullable String account,
      @Nullable String role,
      @Nullable Instant from,
      @Nullable Instant until) {}

  /// A rotation's requests in one of these states, those asked last first, at most 200; none of a
  /// rotation that is not there.
  public List<Known> of(Viewer viewer, UUID rotation, Collection<State> states) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> table.of(rotation, states, MOST).stream().map(this::known).toList());
  }

  /// Those that have to do with whoever looks: about their shifts, asked or taken by them.
  public List<Known> mine(Viewer viewer, Collection<State> states) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            links.accountsOf(viewer.person()).stream()
                .flatMap(linked ->
                    table.of(linked.connection(), linked.account(), states, MOST).stream())
                .distinct()
                .sorted(Comparator.comparing(ShiftRequest::askedAt).reversed())
                .limit(MOST)
                .map(this::known)
                .toList());
  }

  /// One of a rotation's; empty when it has none of this id.
  public Optional<Known> find(Viewer viewer, UUID rotation, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(), () -> ofRotation(rotation, id).map(this::known));
  }

  /// As whom somebody takes part in a rotation; empty when no account there is linked to them.
  public Optional<Participant> self(Viewer viewer, UUID rotation) {
    return workspaces.inWorkspace(
        viewer.workspace(), () -> rotations.byId(rotation).flatMap(entity -> self(viewer, entity)));
  }

  /// The shifts that are not over and that somebody may ask for: their own, and those of the others
  /// for whoever is in the rotation and for admins; at most 40.
  public List<Offered> offered(Viewer viewer, UUID rotation) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            living(rotation)
                .map(entity -> {
                  Optional<Participant> self = self(viewer, entity);
                  boolean all =
                      viewer.may(Role.ADMIN) || self.filter(entity.people()::contains).isPresent();
                  return !all && self.isEmpty()
                      ? List.<Theirs>of()
                      : theirs.notOver(
                          entity, all ? null : self.get(), clock.instant(), MOST_OFFERED);
                })
                .orElseGet(List::of)
                .stream()
                .map(shift ->
                    new Offered(
                        shift.role(), shift.person(), shift.span().start(), shift.span().end()))
                .toList());
  }

  /// Asks the channel.
  public RequestOutcome ask(Viewer viewer, UUID rotation, Wanted wanted) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<RotationEntity> found = living(rotation);
          if (found.isEmpty()) {
            return new RequestOutcome.NotFound();
          }
          RotationEntity entity = found.get();
          Optional<Participant> self = self(viewer, entity);
          Optional<Participant> person = named(wanted.account()).or(() -> self);
          if (person.isEmpty()) {
            return nobody("Name whose shift it is.");
          }
          boolean admin = viewer.may(Role.ADMIN);
          if (self.isEmpty() && !admin) {
            return nobody("Link yours to ask.");
          }
          List<Problem> problems = new ArrayList<>();
          Optional<Span> span = span(entity, person.get(), wanted, problems);
          if (span.isEmpty()) {
            return new RequestOutcome.Refused(problems);
          }
          return requests.ask(
              actor(viewer),
              rotation,
              new ShiftRequests.Asked(
                  wanted.kind(),
                  wanted.role(),
                  person.get(),
                  self.orElse(person.get()),
                  span.get()),
              admin);
        });
  }

  /// Somebody takes it.
  ///
  /// @param account who; null for whoever does this. Somebody else needs the role admin
  public RequestOutcome take(Viewer viewer, UUID rotation, UUID id, @Nullable String account) {
    return as(
        viewer, rotation, id, account, (by, known) -> requests.take(actor(viewer), known, by));
  }

  /// Somebody says that they cannot.
  ///
  /// @param account as of [#take]
  public RequestOutcome decline(Viewer viewer, UUID rotation, UUID id, @Nullable String account) {
    return as(
        viewer,
        rotation,
        id,
        account,
        (by, known) -> requests.answer(actor(viewer), known, new Answered(by, false)));
  }

  /// Takes it back: whoever it is about, who asked, or an admin.
  public RequestOutcome withdraw(Viewer viewer, UUID rotation, UUID id) {
    return on(
        viewer,
        rotation,
        id,
        (self, request) ->
            requests.withdraw(actor(viewer), id, viewer.may(Role.ADMIN) ? null : self));
  }

  /// Gives back what was taken, whoever has it or an admin: it is open again while its time is to
  /// come.
  public RequestOutcome giveBack(Viewer viewer, UUID rotation, UUID id) {
    return on(
        viewer,
        rotation,
        id,
        (self, request) ->
            requests.giveBack(actor(viewer), id, viewer.may(Role.ADMIN) ? null : self));
  }

  private RequestOutcome as(
      Viewer viewer,
      UUID rotation,
      UUID id,
      @Nullable String account,
      BiFunction<Participant, UUID, RequestOutcome> then) {
    Optional<Participant> other = named(account);
    return on(
        viewer,
        rotation,
        id,
        (self, request) -> {
          Participant by = other.orElse(self);
          if (by.equals(NOBODY)) {
            return nobody("Name who it is.");
          }
          if (!by.equals(self) && !viewer.may(Role.ADMIN)) {
            return new RequestOutcome.Refused(
                List.of(
                    RotationInput.wrong(
                        "account", "Who", "somebody else", "yourself; admins may name others")));
          }
          return then.apply(by, id);
        });
  }

  private RequestOutcome on(
      Viewer viewer,
      UUID rotation,
      UUID id,
      BiFunction<Participant, ShiftRequest, RequestOutcome> then) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<RotationEntity> entity = living(rotation);
          Optional<ShiftRequest> request = entity.flatMap(_ -> ofRotation(rotation, id));
          if (entity.isEmpty() || request.isEmpty()) {
            return new RequestOutcome.NotFound();
          }
          Optional<Participant> self = self(viewer, entity.get());
          if (self.isEmpty() && !viewer.may(Role.ADMIN)) {
            return nobody("Link yours first.");
          }
          return then.apply(self.orElse(NOBODY), request.get());
        });
  }

  private Optional<Span> span(
      RotationEntity rotation, Participant person, Wanted wanted, List<Problem> problems) {
    Instant from = wanted.from();
    Instant until = wanted.until();
    if (from == null && until == null) {
      Optional<Span> next =
          theirs.toCome(rotation, person, clock.instant(), MOST_OFFERED).stream()
              .filter(shift -> wanted.role() == null || shift.role().equals(wanted.role()))
              .map(Theirs::span)
              .findFirst();
      if (next.isEmpty()) {
        problems.add(
            RotationInput.wrong(
                "from", "From", "no shift of theirs is to come", "a time of a shift that runs"));
      }
      return next;
    }
    if (from == null || until == null || !from.isBefore(until)) {
      problems.add(
          RotationInput.wrong(
              "until",
              "Until",
              "it is not after the begin",
              "both for a part, neither for the whole next shift"));
      return Optional.empty();
    }
    return Optional.of(new Span(from, until));
  }

  private Known known(ShiftRequest request) {
    List<Answered> answers = table.answers(request.id());
    return new Known(
        request,
        answers.stream().filter(Answered::perhaps).map(Answered::person).toList(),
        answers.stream().filter(each -> !each.perhaps()).map(Answered::person).toList());
  }

  private Optional<ShiftRequest> ofRotation(UUID rotation, UUID id) {
    return table.find(id).filter(request -> request.rotation().equals(rotation));
  }

  private Optional<Participant> self(Viewer viewer, RotationEntity rotation) {
    return accounts.of(rotation.connection(), actor(viewer));
  }

  private Optional<RotationEntity> living(UUID rotation) {
    return rotations.byId(rotation).filter(each -> each.deletedAt().isEmpty());
  }

  private static Optional<Participant> named(@Nullable String account) {
    return account == null || account.isBlank()
        ? Optional.empty()
        : Optional.of(new Participant(account.strip()));
  }

  private static RequestOutcome nobody(String allowed) {
    return new RequestOutcome.Refused(
        List.of(
            Problem.ofField(
                "rotations.account",
                "account",
                "No account of this rotation's chat network is linked to you. " + allowed)));
  }

  private static Actor actor(Viewer viewer) {
    return new Actor.Person(viewer.person());
  }
}
