package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationNow;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.RotationDocuments.NewRotation;
import dev.bothy.app.rotations.web.RotationDocuments.NowDocument;
import dev.bothy.app.rotations.web.RotationDocuments.RotationDocument;
import dev.bothy.app.rotations.web.RotationDocuments.Settings;
import dev.bothy.app.rotations.web.RotationDocuments.ShiftDocument;
import dev.bothy.app.rotations.web.RotationDocuments.ShiftsDocument;
import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/// Rotations, for programs: what the console's pages show and do, with the same rules.
@ApiArea(name = "rotations", about = "On-duty rotations")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/rotations",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RotationsApi {
  private static final int LONGEST_CONVERSATION = 200;
  private static final Duration FOUR_WEEKS = Duration.ofDays(28);

  private final Rotations rotations;
  private final Connections connections;
  private final Workspaces workspaces;
  private final Clock clock;

  RotationsApi(Rotations rotations, Connections connections, Workspaces workspaces, Clock clock) {
    this.rotations = rotations;
    this.connections = connections;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      summary = "List rotations",
      description =
          "By name, with who is on duty and who is next; `deleted=true` lists those that can still"
              + " be restored instead.")
  Page<RotationDocument> list(
      Viewer viewer, @RequestParam(defaultValue = "false") boolean deleted) {
    List<Rotation> found =
        deleted ? rotations.deleted(viewer.workspace()) : rotations.all(viewer.workspace());
    return Page.of(found.stream().map(rotation -> document(viewer, rotation)).toList());
  }

  @GetMapping("/current")
  @Operation(
      summary = "Show who is on duty",
      description =
          "Of all rotations by name, in one call: for each role everybody who is on duty and who is"
              + " next, with the start and the end of their shifts.")
  Page<NowDocument> current(Viewer viewer) {
    return Page.of(
        rotations.now(viewer.workspace()).stream()
            .map(now -> NowDocument.of(now, names(viewer, now)))
            .toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "Show a rotation", description = "Deleted or not.")
  RotationDocument get(Viewer viewer, @PathVariable UUID id) {
    return document(viewer, find(viewer, id));
  }

  @GetMapping("/{id}/shifts")
  @Operation(
      summary = "Show a rotation's shifts",
      description =
          "Those that were, and those to come before `until` (four weeks from now, unless given);"
              + " at most `limit` of each.")
  ShiftsDocument shifts(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Instant until,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit) {
    int most = Page.checked(limit);
    Rotation rotation = find(viewer, id);
    Instant end = until == null ? clock.instant().plus(FOUR_WEEKS) : until;
    List<Shift> past = rotations.history(viewer.workspace(), id, most);
    List<Shift> coming = rotations.coming(viewer.workspace(), id, end, most);
    Map<Participant, String> names =
        names(
            viewer,
            rotation.connection(),
            Stream.concat(past.stream(), coming.stream()).flatMap(RotationsApi::people));
    return new ShiftsDocument(
        past.stream().map(shift -> ShiftDocument.of(shift, names)).toList(),
        coming.stream().map(shift -> ShiftDocument.of(shift, names)).toList());
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Make a rotation",
      description = "Its first available person is on duty at once. Needs the role admin.")
  RotationDocument create(Viewer viewer, @RequestBody NewRotation wanted) {
    viewer.require(Role.ADMIN);
    Settings settings = wanted.settings() == null ? nothing() : wanted.settings();
    String conversation = wanted.conversation() == null ? "" : wanted.conversation().strip();
    List<Problem> problems = new ArrayList<>();
    ConnectionId connection = connection(viewer, wanted.connection(), problems);
    if (conversation.isEmpty() || conversation.length() > LONGEST_CONVERSATION) {
      problems.add(
          Problem.ofField(
              "rotations.conversation",
              "conversation",
              "conversation: 1 to " + LONGEST_CONVERSATION + " characters are allowed"));
    }
    if (connection == null || !problems.isEmpty()) {
      problems.addAll(settings.toInput().problems());
      throw ApiProblem.invalid(named("settings.", problems));
    }
    RotationInput input = resolved(viewer, connection, settings);
    return saved(
        viewer,
        "settings.",
        () ->
            rotations.create(
                viewer.workspace(),
                RotationsController.actor(viewer),
                connection,
                conversation,
                input));
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Change a rotation",
      description =
          "Gives it these settings, all of them; a layer is the one before at the same position, and"
              + " what a layer leaves out is as for a new one; whoever is on duty stays so until the"
              + " next hand-off. Needs the role admin.")
  RotationDocument change(Viewer viewer, @PathVariable UUID id, @RequestBody Settings settings) {
    viewer.require(Role.ADMIN);
    Rotation rotation = find(viewer, id);
    RotationInput input = resolved(viewer, rotation.connection(), settings);
    return saved(
        viewer,
        "",
        () -> rotations.change(viewer.workspace(), RotationsController.actor(viewer), id, input));
  }

  @PostMapping("/{id}/pause")
  @Operation(
      summary = "Pause a rotation",
      description =
          "Nobody is on duty until it is resumed. Again changes nothing. Needs the role admin.")
  RotationDocument pause(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN);
    return done(
        viewer, () -> rotations.pause(viewer.workspace(), RotationsController.actor(viewer), id));
  }

  @PostMapping("/{id}/resume")
  @ApiResponse(responseCode = "409", description = "`rotations.not-possible`")
  @Operation(
      summary = "Resume a rotation",
      description =
          "Whoever was on duty before the pause is so again. Again changes nothing. Needs the role"
              + " admin.")
  RotationDocument resume(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN);
    return done(
        viewer, () -> rotations.resume(viewer.workspace(), RotationsController.actor(viewer), id));
  }

  @DeleteMapping("/{id}")
  @Operation(
      summary = "Delete a rotation",
      description =
          "It goes into the bin, and can be restored until it leaves that. Needs the role admin.")
  RotationDocument delete(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN);
    return done(
        viewer, () -> rotations.delete(viewer.workspace(), RotationsController.actor(viewer), id));
  }

  @PostMapping("/{id}/restore")
  @ApiResponse(responseCode = "409", description = "`rotations.not-possible`")
  @Operation(
      summary = "Restore a deleted rotation",
      description = "As it was. Needs the role admin.")
  RotationDocument restore(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN);
    return done(
        viewer, () -> rotations.restore(viewer.workspace(), RotationsController.actor(viewer), id));
  }

  private RotationDocument saved(Viewer viewer, String prefix, Supplier<RotationOutcome> save) {
    return switch (RotationFormController.unlessTaken(save)) {
      case RotationOutcome.Done(Rotation rotation) -> document(viewer, rotation);
      case RotationOutcome.Refused(List<Problem> problems) ->
          throw ApiProblem.invalid(named(prefix, problems));
      case RotationOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private RotationDocument done(Viewer viewer, Supplier<RotationOutcome> change) {
    return switch (change.get()) {
      case RotationOutcome.Done(Rotation rotation) -> document(viewer, rotation);
      case RotationOutcome.Refused(List<Problem> problems) ->
          throw ApiProblem.of(
              RotationProblems.NOT_POSSIBLE,
              problems.stream().map(Problem::message).collect(Collectors.joining(" ")));
      case RotationOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  /// The problems with their fields as the body names them.
  static List<Problem> named(String prefix, List<Problem> problems) {
    return problems.stream()
        .map(problem -> {
          String field = problem.field();
          if (field == null || field.equals("connection") || field.equals("conversation")) {
            return problem;
          }
          return Problem.ofField(problem.code(), prefix + bodyField(field), problem.message());
        })
        .toList();
  }

  /// `time-zone` of the first layer is `layers[0].timeZone` in a body.
  private static String bodyField(String field) {
    StringBuilder name = new StringBuilder();
    boolean ofRotation = field.equals(RotationInput.NAME) || field.startsWith("layers");
    if (!ofRotation) {
      name.append("layers[0].");
    }
    for (String word : field.split("-", -1)) {
      boolean first = name.isEmpty() || name.charAt(name.length() - 1) == '.';
      name.append(first ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }

  private RotationInput resolved(Viewer viewer, ConnectionId connection, Settings settings) {
    RotationInput typed = settings.toInput();
    return typed.withAccounts(rotations.accounts(viewer.workspace(), connection, typed.accounts()));
  }

  private @Nullable ConnectionId connection(
      Viewer viewer, @Nullable UUID wanted, List<Problem> problems) {
    ConnectionId id = wanted == null ? null : new ConnectionId(wanted);
    if (id == null
        || workspaces
            .inWorkspace(viewer.workspace(), () -> connections.ofCurrentWorkspace(id))
            .isEmpty()) {
      problems.add(
          Problem.ofField(
              "rotations.connection",
              "connection",
              "connection: the id of one of the workspace's connections is allowed"));
      return null;
    }
    return id;
  }

  private Rotation find(Viewer viewer, UUID id) {
    return rotations
        .find(viewer.workspace(), id)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  private RotationDocument document(Viewer viewer, Rotation rotation) {
    return RotationDocument.of(
        rotation,
        names(
            viewer,
            rotation.connection(),
            Stream.concat(rotation.people().stream(), rotation.concerned().stream())));
  }

  private Map<Participant, String> names(Viewer viewer, RotationNow now) {
    return names(
        viewer,
        now.connection(),
        now.duties().stream()
            .flatMap(duty -> Stream.concat(duty.current().stream(), duty.next().stream()))
            .flatMap(RotationsApi::people));
  }

  private static Stream<@Nullable Participant> people(Shift shift) {
    return Stream.of(shift.person(), shift.instead());
  }

  private Map<Participant, String> names(
      Viewer viewer, ConnectionId connection, Stream<? extends @Nullable Participant> people) {
    Set<Participant> known = new HashSet<>();
    people.filter(Objects::nonNull).forEach(person -> known.add(Objects.requireNonNull(person)));
    return rotations.names(viewer.workspace(), connection, known);
  }

  private static Settings nothing() {
    return new Settings(null, null);
  }
}
