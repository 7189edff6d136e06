package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ImportMatches;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationImports;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.exchange.ImportOutcome;
import dev.bothy.app.rotations.exchange.ImportPreview;
import dev.bothy.app.rotations.exchange.ImportedPerson;
import dev.bothy.app.rotations.exchange.ImportedSchedule;
import dev.bothy.app.rotations.web.ImportDocuments.FileDocument;
import dev.bothy.app.rotations.web.ImportDocuments.MatchDocument;
import dev.bothy.app.rotations.web.ImportDocuments.NewImport;
import dev.bothy.app.rotations.web.ImportDocuments.NotCarriedDocument;
import dev.bothy.app.rotations.web.ImportDocuments.PersonDocument;
import dev.bothy.app.rotations.web.ImportDocuments.PlanDocument;
import dev.bothy.app.rotations.web.ImportDocuments.PreviewDocument;
import dev.bothy.app.rotations.web.ImportDocuments.ShiftDocument;
import dev.bothy.app.rotations.web.RotationDocuments.RotationDocument;
import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Plans of other products, for programs: what the console's import shows and does. A file comes
/// with each call; nothing of it is kept.
@ApiArea(name = "rotations", about = "On-duty rotations")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/rotations/imports",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RotationImportsApi {
  private static final int LONGEST_CONVERSATION = 200;
  private static final Duration FOUR_WEEKS = Duration.ofDays(28);

  private final RotationImports imports;
  private final ImportMatches matches;
  private final Rotations rotations;
  private final Connections connections;
  private final RotationNames names;
  private final Workspaces workspaces;
  private final Clock clock;

  RotationImportsApi(
      RotationImports imports,
      ImportMatches matches,
      Rotations rotations,
      Connections connections,
      RotationNames names,
      Workspaces workspaces,
      Clock clock) {
    this.imports = imports;
    this.matches = matches;
    this.rotations = rotations;
    this.connections = connections;
    this.names = names;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Look at a plan of another product",
      description =
          "What is in a file, what of it is not carried over, who was found for its people, and the"
              + " shifts of four weeks. Stores nothing. Needs the role admin.")
  PreviewDocument preview(Viewer viewer, @RequestBody FileDocument wanted) {
    viewer.require(Role.ADMIN);
    List<Problem> problems = new ArrayList<>();
    Optional<ImportOutcome.Read> read = read(wanted.file(), problems);
    ConnectionId connection =
        wanted.connection() == null ? null : connection(viewer, wanted.connection(), problems);
    if (read.isEmpty() || !problems.isEmpty()) {
      throw ApiProblem.invalid(problems);
    }
    List<ImportedPerson> everybody =
        read.get().schedules().stream()
            .flatMap(schedule -> RotationImports.people(schedule).stream())
            .distinct()
            .toList();
    Map<ImportedPerson, String> accounts =
        connection == null ? Map.of() : matches.of(viewer.workspace(), connection, everybody);
    List<PlanDocument> schedules = new ArrayList<>();
    for (ImportedSchedule schedule : read.get().schedules()) {
      schedules.add(
          document(schedules.size(), schedule, RotationImports.people(schedule), accounts));
    }
    return new PreviewDocument(
        read.get().source().title(),
        schedules,
        read.get().notCarried().stream().map(NotCarriedDocument::of).toList());
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Make a rotation of a plan of another product",
      description =
          "Whose turn it is in the file has it here, and single shifts to come are changes of the"
              + " plan. All of it is made, or nothing. Needs the role admin.")
  RotationDocument make(Viewer viewer, @RequestBody NewImport wanted) {
    viewer.require(Role.ADMIN);
    List<Problem> problems = new ArrayList<>();
    Optional<ImportOutcome.Read> read = read(wanted.file(), problems);
    ConnectionId connection = connection(viewer, wanted.connection(), problems);
    String conversation = wanted.conversation() == null ? "" : wanted.conversation().strip();
    if (conversation.isEmpty() || conversation.length() > LONGEST_CONVERSATION) {
      problems.add(
          wrong("conversation", "1 to " + LONGEST_CONVERSATION + " characters are allowed"));
    }
    int number = wanted.schedule() == null ? 0 : wanted.schedule();
    int most = read.map(found -> found.schedules().size()).orElse(Integer.MAX_VALUE) - 1;
    if (number < 0 || number > most) {
      problems.add(wrong("schedule", "0 to " + most + " are in the file"));
    }
    if (read.isEmpty() || connection == null || !problems.isEmpty()) {
      throw ApiProblem.invalid(problems);
    }
    ImportedSchedule whole = read.get().schedules().get(number);
    boolean singles =
        wanted.singleShifts() == null || wanted.singleShifts() || whole.layers().isEmpty();
    ImportedSchedule schedule = singles ? whole : whole.withOverrides(List.of());
    Map<ImportedPerson, String> accounts = accounts(viewer, connection, whole, wanted.people());
    RotationOutcome outcome =
        RotationFormController.unlessTaken(() ->
            imports.create(
                viewer.workspace(),
                RotationsController.actor(viewer),
                connection,
                conversation,
                wanted.name() == null ? whole.name() : wanted.name(),
                schedule,
                accounts));
    return switch (outcome) {
      case RotationOutcome.Done(Rotation rotation) -> names.document(viewer, rotation);
      case RotationOutcome.Refused(List<Problem> refused) -> throw ApiProblem.invalid(refused);
      case RotationOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private Optional<ImportOutcome.Read> read(@Nullable String file, List<Problem> problems) {
    byte[] bytes = file == null ? new byte[0] : file.getBytes(StandardCharsets.UTF_8);
    return switch (imports.read(bytes)) {
      case ImportOutcome.Read found -> Optional.of(found);
      case ImportOutcome.Refused(String message) -> {
        problems.add(wrong("file", message));
        yield Optional.empty();
      }
    };
  }

  private @Nullable ConnectionId connection(
      Viewer viewer, @Nullable UUID wanted, List<Problem> problems) {
    ConnectionId id = wanted == null ? null : new ConnectionId(wanted);
    if (id == null
        || workspaces
            .inWorkspace(viewer.workspace(), () -> connections.ofCurrentWorkspace(id))
            .isEmpty()) {
      problems.add(wrong("connection", "the id of one of the workspace's connections is allowed"));
      return null;
    }
    return id;
  }

  private Map<ImportedPerson, String> accounts(
      Viewer viewer,
      ConnectionId connection,
      ImportedSchedule schedule,
      @Nullable List<MatchDocument> chosen) {
    List<ImportedPerson> people = RotationImports.people(schedule);
    if (chosen == null) {
      return matches.of(viewer.workspace(), connection, people);
    }
    List<String> typed = new ArrayList<>();
    for (MatchDocument match : chosen) {
      int number = match.number() == null ? -1 : match.number();
      if (number < 0 || number >= people.size() || match.account() == null) {
        throw ApiProblem.invalid(
            List.of(
                wrong(
                    "people[" + typed.size() + "]",
                    "a number from 0 to " + (people.size() - 1) + " and an account are allowed")));
      }
      typed.add(match.account());
    }
    List<String> meant = rotations.accounts(viewer.workspace(), connection, typed);
    Map<ImportedPerson, String> accounts = new HashMap<>();
    for (int at = 0; at < chosen.size(); at++) {
      Integer number = chosen.get(at).number();
      accounts.put(people.get(number == null ? 0 : number), meant.get(at));
    }
    return accounts;
  }

  private PlanDocument document(
      int number,
      ImportedSchedule schedule,
      List<ImportedPerson> people,
      Map<ImportedPerson, String> accounts) {
    Instant now = clock.instant();
    List<PersonDocument> persons = new ArrayList<>();
    for (ImportedPerson person : people) {
      persons.add(
          new PersonDocument(persons.size(), ComingShifts.called(person), accounts.get(person)));
    }
    return new PlanDocument(
        number,
        schedule.name(),
        schedule.zone().getId(),
        schedule.layers().size(),
        schedule.overrides().size(),
        schedule.lastEnd().orElse(null),
        persons,
        ImportPreview.shifts(schedule, now, now.plus(FOUR_WEEKS)).stream()
            .map(shift ->
                new ShiftDocument(
                    shift.role(),
                    people.indexOf(shift.person()),
                    shift.start(),
                    shift.end(),
                    shift.beside()))
            .toList());
  }

  /// @param message what is allowed, after the field's name
  private static Problem wrong(String field, String message) {
    return Problem.ofField(
        "rotations." + field.replaceAll("\\W.*", ""), field, field + ": " + message);
  }
}
