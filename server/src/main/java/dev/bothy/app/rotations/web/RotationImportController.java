package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ImportMatches;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationImports;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.app.rotations.exchange.ImportOutcome;
import dev.bothy.app.rotations.exchange.ImportedPerson;
import dev.bothy.app.rotations.exchange.ImportedSchedule;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/// Taking over a plan of another product: a file, what was read of it, whose account is whose, the
/// coming shifts, and then the rotation. The form carries the file from step to step; nothing is
/// kept until the rotation is made.
@Controller
@RequestMapping("/w/{workspace}/rotations/import")
class RotationImportController {
  private static final int LONGEST_CONVERSATION = 200;

  private final RotationImports imports;
  private final ImportMatches matches;
  private final Connections connections;
  private final Chat chat;
  private final Workspaces workspaces;
  private final Clock clock;

  RotationImportController(
      RotationImports imports,
      ImportMatches matches,
      Connections connections,
      Chat chat,
      Workspaces workspaces,
      Clock clock) {
    this.imports = imports;
    this.matches = matches;
    this.connections = connections;
    this.chat = chat;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What was chosen so far.
  ///
  /// @param data the file, packed
  /// @param schedule which of the file's, from 0
  /// @param connection an id
  /// @param accounts of the schedule's people, in their order; empty for an empty place; null until
  ///   they are matched
  /// @param singles whether single shifts come along
  record Choices(
      String data,
      int schedule,
      String connection,
      String conversation,
      String name,
      @Nullable List<String> accounts,
      boolean singles) {
    /// What is taken over of the plan.
    ImportedSchedule of(ImportedSchedule schedule) {
      boolean all = singles || schedule.layers().isEmpty();
      return all ? schedule : schedule.withOverrides(List.of());
    }
  }

  /// @param known how the file calls them
  record Line(String known, String account) {}

  @GetMapping
  String start(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN);
    model.addAttribute("anywhere", !places(viewer).isEmpty());
    return "rotations/import";
  }

  @PostMapping
  String read(
      Viewer viewer,
      @RequestParam(required = false) @Nullable MultipartFile file,
      Model model,
      HttpServletResponse response)
      throws IOException {
    viewer.require(Role.ADMIN);
    byte[] bytes = file == null ? new byte[0] : file.getBytes();
    String data = CarriedFile.pack(bytes);
    return switch (imports.read(bytes)) {
      case ImportOutcome.Refused(String message) -> refused(viewer, message, model, response);
      case ImportOutcome.Read _ when data.isEmpty() ->
          refused(viewer, "The file is too long for the console.", model, response);
      case ImportOutcome.Read read ->
          page(
              viewer,
              read,
              new Choices(data, 0, "", "", "", null, true),
              List.of(),
              model,
              response);
    };
  }

  /// @param action `create`; anything else shows the preview anew
  @PostMapping("/rotation")
  String make(
      Viewer viewer,
      @RequestParam(defaultValue = "") String data,
      @RequestParam(defaultValue = "0") int schedule,
      @RequestParam(defaultValue = "0") int shown,
      @RequestParam(defaultValue = "") String matched,
      @RequestParam(defaultValue = "") String connection,
      @RequestParam(defaultValue = "") String conversation,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String singles,
      @RequestParam Map<String, String> all,
      @RequestParam(defaultValue = "") String action,
      Model model,
      HttpServletResponse response) {
    viewer.require(Role.ADMIN);
    ImportOutcome outcome = imports.read(CarriedFile.unpack(data));
    if (!(outcome instanceof ImportOutcome.Read read)) {
      return refused(viewer, "The file did not come along. Choose it again.", model, response);
    }
    if (schedule < 0 || schedule >= read.schedules().size()) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    // Another schedule has other people, and another network other accounts.
    boolean same = schedule == shown && connection.equals(matched);
    List<ImportedPerson> people = RotationImports.people(read.schedules().get(schedule));
    List<String> accounts = new ArrayList<>();
    for (int place = 0; place < people.size(); place++) {
      accounts.add(all.getOrDefault("account-" + place, ""));
    }
    Choices choices =
        new Choices(
            data,
            schedule,
            connection,
            conversation,
            schedule == shown ? name : "",
            same ? accounts : null,
            schedule != shown || !singles.isEmpty());
    if (!action.equals("create") || !same) {
      return page(viewer, read, choices, List.of(), model, response);
    }
    return create(viewer, read, choices, model, response);
  }

  private String create(
      Viewer viewer,
      ImportOutcome.Read read,
      Choices choices,
      Model model,
      HttpServletResponse response) {
    Optional<ChatConnection> connection =
        places(viewer).stream()
            .filter(each -> each.id().toString().equals(choices.connection()))
            .findFirst();
    String stripped = choices.conversation().strip();
    String conversation = stripped.startsWith("#") ? stripped.substring(1) : stripped;
    List<String> wrong = new ArrayList<>();
    if (connection.isEmpty()) {
      wrong.add("Network: choose one of the workspace's connections.");
    }
    if (conversation.isEmpty() || conversation.length() > LONGEST_CONVERSATION) {
      wrong.add("Channel: 1 to " + LONGEST_CONVERSATION + " characters are allowed.");
    }
    if (connection.isEmpty() || !wrong.isEmpty()) {
      return page(viewer, read, choices, wrong, model, response);
    }
    ImportedSchedule schedule = read.schedules().get(choices.schedule());
    return switch (RotationFormController.unlessTaken(
        () ->
            imports.create(
                viewer.workspace(),
                RotationsController.actor(viewer),
                connection.get().id(),
                conversation,
                choices.name(),
                choices.of(schedule),
                accounts(schedule, choices)))) {
      case RotationOutcome.Done(Rotation rotation) ->
          "redirect:" + RotationsController.address(viewer) + "/" + rotation.id() + "?imported=yes";
      case RotationOutcome.Refused(List<Problem> problems) ->
          page(
              viewer,
              read,
              choices,
              problems.stream().map(Problem::message).toList(),
              model,
              response);
      case RotationOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  private static Map<ImportedPerson, String> accounts(ImportedSchedule schedule, Choices choices) {
    Map<ImportedPerson, String> accounts = new HashMap<>();
    List<String> chosen = choices.accounts() == null ? List.of() : choices.accounts();
    List<ImportedPerson> people = RotationImports.people(schedule);
    for (int place = 0; place < chosen.size(); place++) {
      if (!chosen.get(place).isEmpty()) {
        accounts.put(people.get(place), chosen.get(place));
      }
    }
    return accounts;
  }

  private String refused(Viewer viewer, String message, Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    model.addAttribute("anywhere", !places(viewer).isEmpty());
    model.addAttribute("problem", message);
    return "rotations/import";
  }

  private String page(
      Viewer viewer,
      ImportOutcome.Read read,
      Choices before,
      List<String> wrong,
      Model model,
      HttpServletResponse response) {
    if (!wrong.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    }
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    List<ChatConnection> places = places(viewer);
    Optional<ChatConnection> place =
        places.stream()
            .filter(each -> each.id().toString().equals(before.connection()))
            .findFirst()
            .or(() ->
                before.connection().isEmpty() ? places.stream().findFirst() : Optional.empty());
    ImportedSchedule schedule = read.schedules().get(before.schedule());
    List<ImportedPerson> people = RotationImports.people(schedule);
    Map<ImportedPerson, String> accounts =
        before.accounts() != null || place.isEmpty()
            ? accounts(schedule, before)
            : matches.of(viewer.workspace(), place.get().id(), people);
    List<Account> known =
        place.isEmpty()
            ? List.of()
            : workspaces.inWorkspace(
                viewer.workspace(),
                () ->
                    chat.accounts(place.get().id()).stream()
                        .filter(account -> account.active() && !account.bot())
                        .toList());
    model.addAttribute("source", read.source().title());
    model.addAttribute("notCarried", read.notCarried());
    model.addAttribute("schedules", read.schedules());
    model.addAttribute("overrides", schedule.overrides().size());
    model.addAttribute("turns", !schedule.layers().isEmpty());
    model.addAttribute(
        "lastEnd",
        schedule
            .lastEnd()
            .map(end -> ComingShifts.WHEN.format(end.atZone(schedule.zone())))
            .orElse(""));
    model.addAttribute("choices", before);
    model.addAttribute("name", before.name().isEmpty() ? schedule.name() : before.name());
    model.addAttribute("connection", place.map(each -> each.id().toString()).orElse(""));
    model.addAttribute("places", places);
    model.addAttribute(
        "people",
        people.stream()
            .map(person -> new Line(ComingShifts.called(person), accounts.getOrDefault(person, "")))
            .toList());
    model.addAttribute("accounts", known);
    model.addAttribute("wrong", wrong);
    model.addAttribute(
        "wrongChannel", wrong.stream().anyMatch(each -> each.startsWith("Channel:")));
    model.addAttribute(
        "missing",
        people.stream().filter(each -> accounts.getOrDefault(each, "").isEmpty()).count());
    model.addAttribute("zone", schedule.zone());
    model.addAttribute(
        "coming", ComingShifts.of(before.of(schedule), accounts, known, clock.instant()));
    return "rotations/import-plan";
  }

  private List<ChatConnection> places(Viewer viewer) {
    return workspaces.inWorkspace(viewer.workspace(), connections::list);
  }
}
