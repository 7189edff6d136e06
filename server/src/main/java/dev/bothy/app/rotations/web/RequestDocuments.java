package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RotationRequests;
import dev.bothy.app.rotations.ShiftRequest;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.RotationDocuments.PersonDocument;
import dev.bothy.platform.kernel.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What programs send and read of swap and cover requests.
final class RequestDocuments {
  private RequestDocuments() {}

  @Schema(name = "ShiftRequestClosing", description = "How a request came to its end.")
  record ClosingDocument(
      Instant at,
      @Schema(
              description =
                  "`nobody` (its time came), `withdrawn`, `undone` (what it had become was taken"
                      + " back), `gone` (the shift is not there any more), `left`, `unreachable`, `paused` or"
                      + " `deleted`.")
          String why,
      @Schema(
              description =
                  "Null when Bothy closed it, or somebody who has no account there; the audit log"
                      + " says who.")
          @Nullable PersonDocument by) {}

  @Schema(name = "ShiftRequest", description = "Somebody asks others to take a shift, or a time.")
  record RequestDocument(
      UUID id,
      UUID rotation,
      @Schema(description = "`swap` (one of the rotation takes it) or `cover` (anybody).")
          String kind,
      @Schema(description = "`open`, `taken`, `past-due` or `deleted`.") String state,
      @Schema(description = "Null for every role.") @Nullable String role,
      @Schema(description = "Whose shift it is about.") PersonDocument person,
      @Schema(description = "Who asked, perhaps for the person.") PersonDocument askedBy,
      @Schema(description = "Included.") Instant from,
      @Schema(description = "Excluded.") Instant until,
      Instant askedAt,
      @Schema(description = "Until when somebody may take it.") Instant closesAt,
      @Schema(description = "Null unless it is taken.") @Nullable PersonDocument takenBy,
      @Schema(description = "The change of the plan that it became; null unless it is taken.")
          @Nullable UUID change,
      @Schema(description = "Who answered that they may be able to.") List<PersonDocument> perhaps,
      @Schema(description = "Who answered that they cannot.") List<PersonDocument> cannot,
      @Schema(description = "Null while it is open or taken.") @Nullable ClosingDocument closed) {
    static RequestDocument of(RotationRequests.Known known, Map<Participant, String> names) {
      ShiftRequest request = known.request();
      ShiftRequest.Closing closing = request.closing();
      return new RequestDocument(
          request.id(),
          request.rotation(),
          request.kind().id(),
          request.state().id(),
          request.role(),
          named(request.person(), names),
          named(request.askedBy(), names),
          request.span().start(),
          request.span().end(),
          request.askedAt(),
          request.closesAt(),
          PersonDocument.of(request.takenBy(), names),
          request.change(),
          known.perhaps().stream().map(each -> named(each, names)).toList(),
          known.cannot().stream().map(each -> named(each, names)).toList(),
          closing == null
              ? null
              : new ClosingDocument(
                  closing.at(), closing.reason().id(), PersonDocument.of(closing.by(), names)));
    }
  }

  @Schema(name = "NewShiftRequest", description = "A request to be made.")
  record NewRequest(
      @Schema(description = "`swap` or `cover`.") @Nullable String kind,
      @Schema(
              description =
                  "Whose shift: an account of the connection, or a name. Null for one's own; another"
                      + " needs a place in the rotation, or the role admin.")
          @Nullable String account,
      @Schema(description = "Null for every role.") @Nullable String role,
      @Schema(description = "Included; null, as `until`, for the whole next shift.")
          @Nullable Instant from,
      @Schema(description = "Excluded.") @Nullable Instant until) {
    /// @param meant whom `account` means
    Optional<RotationRequests.Wanted> read(String meant, List<Problem> problems) {
      Optional<ShiftRequest.Kind> chosen =
          Stream.of(ShiftRequest.Kind.values()).filter(each -> each.id().equals(kind)).findFirst();
      if (chosen.isEmpty()) {
        problems.add(Problem.ofField("rotations.request", "kind", "kind: allowed: swap or cover"));
      }
      return chosen.map(
          found -> new RotationRequests.Wanted(found, meant, blankless(role), from, until));
    }

    private static @Nullable String blankless(@Nullable String text) {
      return text == null || text.isBlank() ? null : text;
    }
  }

  @Schema(name = "ShiftRequestAnswer", description = "Who answers a request.")
  record RequestAnswer(
      @Schema(
              description =
                  "An account of the connection, or a name. Null for whoever asks; another needs the"
                      + " role admin.")
          @Nullable String account) {}

  /// Everybody who is named in these.
  static Set<Participant> people(List<RotationRequests.Known> found) {
    Set<Participant> people = new HashSet<>();
    for (RotationRequests.Known known : found) {
      ShiftRequest request = known.request();
      ShiftRequest.Closing closing = request.closing();
      people.add(request.person());
      people.add(request.askedBy());
      Stream.ofNullable(request.takenBy()).forEach(people::add);
      if (closing != null) {
        Stream.ofNullable(closing.by()).forEach(people::add);
      }
      people.addAll(known.perhaps());
      people.addAll(known.cannot());
    }
    return people;
  }

  private static PersonDocument named(Participant person, Map<Participant, String> names) {
    return new PersonDocument(person.account(), names.getOrDefault(person, person.account()));
  }
}
