package dev.bothy.platform.calendar.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.AbsenceOutcome;
import dev.bothy.platform.calendar.AbsenceQuery;
import dev.bothy.platform.calendar.AbsenceRights;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.web.AbsenceDocuments.AbsenceDocument;
import dev.bothy.platform.calendar.web.AbsenceDocuments.NewAbsenceDocument;
import dev.bothy.platform.calendar.web.AbsenceDocuments.TimesDocument;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Absences, for programs.
@ApiArea(name = "absences", about = "Who is away, and when")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/absences",
    produces = MediaType.APPLICATION_JSON_VALUE)
class AbsencesApi {
  private static final Duration MONTH = Duration.ofDays(31);
  private static final Duration LONGEST = Duration.ofDays(400);

  /// The fields of [dev.bothy.platform.calendar.AbsenceInput] as the body names them.
  private static final Map<String, String> FIELDS =
      Map.of(
          "person", "account",
          "from", "times.from",
          "to", "times.to",
          "from-time", "times.fromTime",
          "to-time", "times.toTime",
          "time-zone", "times.timeZone");

  private final Absences absences;
  private final AbsenceDesk desk;
  private final AbsenceRights rights;
  private final Workspaces workspaces;
  private final Clock clock;

  AbsencesApi(
      Absences absences,
      AbsenceDesk desk,
      AbsenceRights rights,
      Workspaces workspaces,
      Clock clock) {
    this.absences = absences;
    this.desk = desk;
    this.rights = rights;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      summary = "List absences",
      description =
          "Those that overlap with a time, by their beginning: from now for 31 days, unless `from`"
              + " and `until` say otherwise, at most 400 days. `connection` and `account` narrow it"
              + " down.")
  Page<AbsenceDocument> list(
      Viewer viewer,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until,
      @RequestParam(required = false) @Nullable UUID connection,
      @RequestParam(required = false) @Nullable String account,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit) {
    int most = Page.checked(limit);
    Instant start = from == null ? clock.instant() : from;
    Instant end = until == null ? start.plus(MONTH) : until;
    if (!start.isBefore(end) || Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw ApiProblem.invalid(
          "until", "calendar.until", "until: after from, by at most 400 days, is allowed");
    }
    AbsenceQuery.@Nullable Place place =
        after == null
            ? null
            : AbsenceQuery.Place.of(after)
                .orElseThrow(() ->
                    ApiProblem.invalid(
                        "after", "calendar.after", "after: what `next` of a page said"));
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          List<Absence> found =
              absences.page(
                  new AbsenceQuery(
                      start,
                      end,
                      connection == null ? null : new ConnectionId(connection),
                      account,
                      place),
                  most + 1);
          List<Absence> shown = found.subList(0, Math.min(most, found.size()));
          return new Page<>(
              shown.stream()
                  .map(absence ->
                      document(
                          absence, rights.own(viewer, absence.connection(), absence.account())))
                  .toList(),
              found.size() <= most ? null : AbsenceQuery.Place.of(shown.getLast()).text());
        });
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "Show an absence",
      description =
          "With the kind of leave to its person, and to managers; that a manager saw another's is"
              + " in the audit log.")
  AbsenceDocument get(Viewer viewer, @PathVariable UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Absence absence = absences.find(id).orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
          return document(absence, rights.looksAtLeave(viewer, absence));
        });
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Enter an absence",
      description =
          "For one's own account, or with the role admin for anybody's. Rotations pass over whoever"
              + " is away.")
  AbsenceDocument create(Viewer viewer, @RequestBody NewAbsenceDocument wanted) {
    List<Problem> problems = new ArrayList<>();
    if (wanted.connection() == null) {
      problems.add(missing("connection", "the id of one of the workspace's connections"));
    }
    if (wanted.account() == null) {
      problems.add(missing("account", "an account of the connection"));
    }
    TimesDocument times = wanted.times();
    if (times == null) {
      problems.add(missing("times", "from when to when"));
    }
    if (wanted.connection() == null || wanted.account() == null || times == null) {
      throw ApiProblem.invalid(problems);
    }
    return saved(
        viewer,
        "",
        desk.add(
            viewer,
            new ConnectionId(wanted.connection()),
            wanted.account(),
            times.input(),
            AbsenceSource.API));
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ApiResponse(responseCode = "409", description = "`calendar.told-by-source`")
  @Operation(
      summary = "Change an absence",
      description =
          "Gives it these times. For one's own, or with the role admin for anybody's. What a"
              + " calendar feed or HiBob told is changed there.")
  AbsenceDocument change(Viewer viewer, @PathVariable UUID id, @RequestBody TimesDocument times) {
    return saved(viewer, "times.", desk.change(viewer, id, times.input()));
  }

  @DeleteMapping("/{id}")
  @ApiResponse(responseCode = "409", description = "`calendar.told-by-source`")
  @Operation(
      summary = "Remove an absence",
      description =
          "Answers with it as it was. For one's own, or with the role admin for anybody's. What a"
              + " calendar feed or HiBob told is removed there.")
  AbsenceDocument remove(Viewer viewer, @PathVariable UUID id) {
    return saved(viewer, "", desk.remove(viewer, id));
  }

  /// @param left out of the names of fields, where the body is the times alone
  private AbsenceDocument saved(Viewer viewer, String left, AbsenceOutcome outcome) {
    return switch (outcome) {
      case AbsenceOutcome.Done(Absence absence) ->
          workspaces.inWorkspace(viewer.workspace(), () -> document(absence, false));
      case AbsenceOutcome.Refused(List<Problem> problems) -> throw refused(left, problems);
      case AbsenceOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private static ApiProblem refused(String left, List<Problem> problems) {
    if (problems.getFirst().field() == null) {
      return ApiProblem.of(CalendarProblems.TOLD_BY_SOURCE, problems.getFirst().message());
    }
    return ApiProblem.invalid(
        problems.stream()
            .map(problem -> {
              String field = FIELDS.getOrDefault(String.valueOf(problem.field()), "");
              return Problem.ofField(
                  problem.code(),
                  field.startsWith(left) ? field.substring(left.length()) : field,
                  problem.message());
            })
            .collect(Collectors.toList()));
  }

  private AbsenceDocument document(Absence absence, boolean withLeave) {
    return AbsenceDocument.of(
        absence, desk.name(absence.connection(), absence.account()), withLeave);
  }

  private static Problem missing(String field, String allowed) {
    return Problem.ofField(
        "calendar." + field, field, field + ": nothing was sent. Allowed: " + allowed);
  }
}
