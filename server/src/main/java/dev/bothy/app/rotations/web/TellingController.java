package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.HandoffRules;
import dev.bothy.app.rotations.NoteReaders;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.Telling;
import dev.bothy.app.rotations.Tellings;
import dev.bothy.platform.chat.Abilities;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Group;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/// The form of what a rotation tells people and what it expects of hand-offs, with what its
/// connection can do of it.
@Controller
@RequestMapping("/w/{workspace}/rotations/{id}/telling")
class TellingController {
  private static final Logger LOG = LoggerFactory.getLogger(TellingController.class);

  /// In the order in which the page shows them.
  private static final List<Capability> ABILITIES =
      List.of(Capability.JOIN, Capability.POST_ANYWHERE, Capability.TOPIC, Capability.GROUP);

  private final Rotations rotations;
  private final Tellings tellings;
  private final Abilities abilities;
  private final Connections connections;
  private final Chat chat;
  private final Workspaces workspaces;

  TellingController(
      Rotations rotations,
      Tellings tellings,
      Abilities abilities,
      Connections connections,
      Chat chat,
      Workspaces workspaces) {
    this.rotations = rotations;
    this.tellings = tellings;
    this.abilities = abilities;
    this.connections = connections;
    this.chat = chat;
    this.workspaces = workspaces;
  }

  @GetMapping
  String form(Viewer viewer, @PathVariable UUID id, Model model) {
    viewer.require(Role.ADMIN);
    Rotation rotation = RotationFormController.find(rotations, viewer, id);
    return page(viewer, rotation, TellingForm.of(standing(viewer, id)), List.of(), model);
  }

  @PostMapping
  String save(
      Viewer viewer,
      @PathVariable UUID id,
      @ModelAttribute("form") TellingForm form,
      Model model,
      HttpServletResponse response) {
    viewer.require(Role.ADMIN);
    Rotation rotation = RotationFormController.find(rotations, viewer, id);
    List<Problem> problems = new ArrayList<>();
    Telling wanted = form.read(problems);
    if (!problems.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(viewer, rotation, form, problems, model);
    }
    return switch (tellings.save(
        viewer.workspace(), RotationsController.actor(viewer), id, wanted, form.opened())) {
      case Tellings.Outcome.Done _ ->
          "redirect:" + RotationsController.address(viewer) + "/" + id + "?told=saved";
      case Tellings.Outcome.Refused(List<Problem> refused) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        yield page(viewer, rotation, form, refused, model);
      }
      case Tellings.Outcome.Outdated(Tellings.Standing now) -> {
        response.setStatus(HttpStatus.CONFLICT.value());
        model.addAttribute("outdated", true);
        yield page(viewer, rotation, form.at(now.revision()), List.of(), model);
      }
      case Tellings.Outcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  private String page(
      Viewer viewer, Rotation rotation, TellingForm form, List<Problem> problems, Model model) {
    Map<String, String> wrong = new HashMap<>();
    problems.forEach(problem ->
        wrong.merge(
            problem.field() == null ? "" : problem.field(),
            problem.message(),
            (one, other) -> one + " " + other));
    model.addAttribute("form", form);
    model.addAttribute("wrong", wrong);
    model.addAttribute("rotation", rotation);
    model.addAttribute("roles", CalendarDesk.roles(rotation));
    Map<String, String> days = new LinkedHashMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      days.put(TellingApi.word(day), day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }
    model.addAttribute("days", days);
    model.addAttribute("problem", standing(viewer, rotation.id()).problem());
    model.addAttribute("readers", NoteReaders.values());
    model.addAttribute("mostItems", HandoffRules.MOST_ITEMS);
    model.addAttribute("longestItem", HandoffRules.LONGEST_ITEM);
    List<AbilityView> can = can(viewer, rotation);
    model.addAttribute("abilities", can);
    can.forEach(each -> model.addAttribute("can" + each.capability(), each));
    model.addAttribute("connection", connectionPage(viewer, rotation));
    model.addAttribute("groups", groups(rotation));
    return "rotations/telling";
  }

  private Tellings.Standing standing(Viewer viewer, UUID id) {
    return tellings
        .find(viewer.workspace(), id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private List<AbilityView> can(Viewer viewer, Rotation rotation) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Set<Capability> granted = chat.capabilities(rotation.connection());
          Set<Capability> wanted =
              connections
                  .ofCurrentWorkspace(rotation.connection())
                  .map(connection -> abilities.switchedOn(connection.network()))
                  .orElse(Set.of());
          return ABILITIES.stream()
              .map(each -> new AbilityView(each, granted.contains(each), wanted.contains(each)))
              .toList();
        });
  }

  /// Where abilities are switched on; empty for a network that has no switches, and for a
  /// connection that was removed.
  private String connectionPage(Viewer viewer, Rotation rotation) {
    Optional<Network> network =
        workspaces.inWorkspace(
            viewer.workspace(),
            () ->
                connections.ofCurrentWorkspace(rotation.connection()).map(ChatConnection::network));
    return switch (network.orElse(Network.SANDBOX)) {
      case SLACK -> "/w/" + viewer.slug() + "/slack#abilities";
      case SANDBOX -> "";
    };
  }

  /// Those to choose from. Where the network would not say, its id is typed instead.
  private List<Group> groups(Rotation rotation) {
    try {
      return chat.groups(rotation.connection());
    } catch (IOException e) {
      LOG.warn("The network would not tell its groups", e);
      return List.of();
    }
  }
}
