package dev.bothy.platform.calendar.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.calendar.hibob.HiBob;
import dev.bothy.platform.calendar.hibob.HiBobConnection;
import dev.bothy.platform.calendar.hibob.HiBobOutcome;
import dev.bothy.platform.calendar.hibob.Unmatched;
import dev.bothy.platform.calendar.hibob.UnmatchedPeople;
import dev.bothy.platform.calendar.web.HiBobDocuments.HiBobDocument;
import dev.bothy.platform.calendar.web.HiBobDocuments.MatchDocument;
import dev.bothy.platform.calendar.web.HiBobDocuments.NewMatchDocument;
import dev.bothy.platform.calendar.web.HiBobDocuments.ServiceUserDocument;
import dev.bothy.platform.calendar.web.HiBobDocuments.UnmatchedDocument;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// The connection to HiBob, for programs of admins.
@ApiArea(name = "hibob", about = "Absences out of HiBob, an HR system")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/hibob",
    produces = MediaType.APPLICATION_JSON_VALUE)
class HiBobApi {
  private final HiBob hiBob;
  private final UnmatchedPeople unmatched;

  HiBobApi(HiBob hiBob, UnmatchedPeople unmatched) {
    this.hiBob = hiBob;
    this.unmatched = unmatched;
  }

  @GetMapping
  @Operation(
      summary = "Show the connection to HiBob",
      description = "How it goes; 404 if there is none. Needs the role admin.")
  HiBobDocument get(Viewer viewer) {
    return hiBob
        .find(viewer)
        .map(HiBobDocument::of)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Connect HiBob",
      description =
          "Takes the place of the connection that there is: what that told goes, and so do its"
              + " matches. It is read within a minute. Needs the role admin.")
  HiBobDocument connect(Viewer viewer, @RequestBody ServiceUserDocument user) {
    return document(hiBob.connect(viewer, user.userText(), user.tokenText()));
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Disconnect HiBob",
      description =
          "Its token, its matches and the absences that it told go at once. Needs the role admin.")
  void disconnect(Viewer viewer) {
    document(hiBob.disconnect(viewer));
  }

  /// @param believe whether it may take most of what is known away
  @PostMapping("/sync")
  @Operation(
      summary = "Compare all with HiBob now",
      description =
          "Waits for the answer; `problem` says if there was none, and then nothing was changed."
              + " With `believe=true` it is taken over also if it takes most of the absences that"
              + " are known away. Needs the role admin.")
  HiBobDocument sync(Viewer viewer, @RequestParam(defaultValue = "false") boolean believe) {
    return document(hiBob.refresh(viewer, believe));
  }

  @GetMapping("/matches")
  @Operation(
      summary = "List whose account belongs to which employee",
      description = "Needs the role admin.")
  Page<MatchDocument> matches(Viewer viewer) {
    return Page.of(hiBob.matches(viewer).stream().map(MatchDocument::of).toList());
  }

  @PutMapping(path = "/matches", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Match an account with an employee",
      description =
          "In the place of the match that the account has; without an employee it is taken away,"
              + " and found again where the two have one address. Needs the role admin.")
  HiBobDocument match(Viewer viewer, @RequestBody NewMatchDocument wanted) {
    UUID connection = wanted.connection();
    String account = Objects.requireNonNullElse(wanted.account(), "");
    if (connection == null) {
      throw ApiProblem.invalid(
          List.of(
              Problem.ofField(
                  "calendar.hibob-connection",
                  "connection",
                  "connection: the one that the account is of")));
    }
    String employee = wanted.employee();
    return document(
        employee == null
            ? hiBob.unmatch(viewer, new ConnectionId(connection), account)
            : hiBob.match(viewer, new ConnectionId(connection), account, employee));
  }

  @GetMapping("/unmatched")
  @ApiResponse(responseCode = "409", description = "`calendar.hibob-not-read`")
  @Operation(
      summary = "List who has no match",
      description =
          "Asks HiBob, and keeps nothing of its answer: ids alone, no names and no addresses. Needs"
              + " the role admin.")
  UnmatchedDocument unmatched(Viewer viewer) {
    return switch (unmatched.find(viewer)) {
      case Unmatched.Found found -> UnmatchedDocument.of(found);
      case Unmatched.Failed(String problem) ->
          throw ApiProblem.of(CalendarProblems.HIBOB_NOT_READ, problem);
      case Unmatched.NotConnected() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private static HiBobDocument document(HiBobOutcome outcome) {
    return switch (outcome) {
      case HiBobOutcome.Done(HiBobConnection connection) -> HiBobDocument.of(connection);
      case HiBobOutcome.Refused refused -> throw ApiProblem.invalid(refused.problems());
      case HiBobOutcome.NotConnected() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }
}
