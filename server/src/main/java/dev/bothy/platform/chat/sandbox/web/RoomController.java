package dev.bothy.platform.chat.sandbox.web;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.RoomInput.Submitted;
import dev.bothy.platform.chat.sandbox.RoomPerson;
import dev.bothy.platform.chat.sandbox.RoomWatch;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The room's page. `as` is the account that the visitor acts as and `in` the conversation, so that
/// two tabs are two people.
@Controller
@RequestMapping("/w/{workspace}/sandbox")
class RoomController {
  /// Form values carry their field's id behind this, to keep them apart from our own parameters.
  private static final String VALUE = "value.";

  private final RoomViews views;
  private final SandboxRoom room;
  private final RoomInput input;
  private final RoomWatch watch;
  private final Workspaces workspaces;

  RoomController(
      RoomViews views, SandboxRoom room, RoomInput input, RoomWatch watch, Workspaces workspaces) {
    this.views = views;
    this.room = room;
    this.input = input;
    this.watch = watch;
    this.workspaces = workspaces;
  }

  @GetMapping
  String room(
      Viewer viewer,
      @RequestParam(name = "as", defaultValue = "") String account,
      @RequestParam(name = "in", defaultValue = SandboxRoom.FIRST_CHANNEL) String conversation,
      @RequestParam(required = false) @Nullable UUID thread,
      Model model) {
    model.addAttribute("room", views.of(viewer, account, conversation, thread));
    return "sandbox/room";
  }

  /// The parts of the page that change by themselves.
  @GetMapping("/parts")
  String parts(
      Viewer viewer,
      @RequestParam("as") String account,
      @RequestParam("in") String conversation,
      @RequestParam(required = false) @Nullable UUID thread,
      Model model) {
    model.addAttribute("room", views.of(viewer, account, conversation, thread));
    return "sandbox/parts :: parts";
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter live(Viewer viewer, HttpServletResponse response) {
    // nginx would otherwise hold events back until its buffer is full.
    response.setHeader("X-Accel-Buffering", "no");
    response.setHeader("Cache-Control", "no-store");
    return watch.watch(viewer);
  }

  /// Says something, and answers with the composer: empty when it was said, with what was typed and
  /// the reason when it was not.
  @PostMapping("/say")
  String say(
      Viewer viewer,
      @RequestParam("as") String account,
      @RequestParam("in") String conversation,
      @RequestParam(required = false) @Nullable UUID thread,
      @RequestParam UUID saying,
      @RequestParam(defaultValue = "") String text,
      Model model) {
    viewer.require(RoomViews.MAY_ACT);
    Optional<Problem> problem =
        input.say(
            connection(viewer), new RoomInput.Speech(saying, account, conversation, thread, text));
    model.addAttribute("room", views.of(viewer, account, conversation, thread));
    model.addAttribute("thread", thread);
    model.addAttribute("typed", problem.isPresent() ? text : "");
    model.addAttribute("problem", problem.map(Problem::message).orElse(null));
    return "sandbox/parts :: composer";
  }

  @PostMapping("/act")
  String act(
      Viewer viewer,
      @RequestParam("as") String account,
      @RequestParam UUID message,
      @RequestParam String choice,
      @RequestParam(defaultValue = "") String value,
      Model model) {
    viewer.require(RoomViews.MAY_ACT);
    Optional<Problem> problem =
        input.act(connection(viewer), UUID.randomUUID(), account, message, choice, value);
    model.addAttribute("notice", problem.map(Problem::message).orElse(null));
    return "sandbox/parts :: notice";
  }

  @PostMapping("/forms/{form}")
  String submit(
      Viewer viewer,
      @PathVariable UUID form,
      @RequestParam("as") String account,
      @RequestParam("in") String conversation,
      @RequestParam UUID attempt,
      @RequestParam MultiValueMap<String, String> parameters,
      Model model) {
    viewer.require(RoomViews.MAY_ACT);
    ChatConnection connection = connection(viewer);
    Map<String, List<String>> values = new LinkedHashMap<>();
    parameters.forEach((name, given) -> {
      if (name.startsWith(VALUE)) {
        values.put(name.substring(VALUE.length()), given);
      }
    });
    Submitted submitted = input.submit(connection, account, form, attempt, values);
    List<RoomPerson> people = inRoom(viewer, () -> room.people(connection));
    FormView shown =
        switch (submitted) {
          case Submitted.Closed _ -> null;
          case Submitted.Wrong wrong ->
              FormView.again(wrong.form(), people, values, wrong.byField(), null);
          case Submitted.NotNow later ->
              FormView.again(later.form(), people, values, Map.of(), later.problem().message());
        };
    return form(viewer, account, conversation, shown, model);
  }

  @PostMapping("/forms/{form}/dismiss")
  String dismiss(
      Viewer viewer,
      @PathVariable UUID form,
      @RequestParam("as") String account,
      @RequestParam("in") String conversation,
      Model model) {
    viewer.require(RoomViews.MAY_ACT);
    ChatConnection connection = connection(viewer);
    workspaces.inWorkspace(viewer.workspace(), () -> room.dismiss(connection, account, form));
    return form(viewer, account, conversation, null, model);
  }

  @PostMapping("/people/{person}")
  String setActive(
      Viewer viewer,
      @PathVariable String person,
      @RequestParam boolean active,
      @RequestParam("as") String account,
      @RequestParam("in") String conversation,
      RedirectAttributes redirect) {
    viewer.require(RoomViews.MAY_ACT);
    ChatConnection connection = connection(viewer);
    workspaces.inWorkspace(viewer.workspace(), () -> room.setActive(connection, person, active));
    return back(viewer, account, conversation, redirect);
  }

  @PostMapping("/channels")
  String addChannel(
      Viewer viewer,
      @RequestParam String name,
      @RequestParam("as") String account,
      @RequestParam("in") String conversation,
      RedirectAttributes redirect) {
    viewer.require(RoomViews.MAY_ACT);
    ChatConnection connection = connection(viewer);
    String wanted = name.strip();
    String channel = wanted.startsWith("#") ? wanted.substring(1) : wanted;
    Optional<Problem> problem = inRoom(viewer, () -> room.addChannel(connection, channel));
    if (problem.isEmpty()) {
      return back(viewer, account, channel, redirect);
    }
    redirect.addFlashAttribute("channelProblem", problem.get().message());
    redirect.addFlashAttribute("channelTyped", name);
    return back(viewer, account, conversation, redirect);
  }

  @PostMapping("/clear")
  String clear(
      Viewer viewer,
      @RequestParam("as") String account,
      @RequestParam("in") String conversation,
      RedirectAttributes redirect) {
    viewer.require(Role.ADMIN);
    ChatConnection connection = connection(viewer);
    workspaces.inWorkspace(viewer.workspace(), () -> room.clear(connection));
    return back(viewer, account, conversation, redirect);
  }

  private String form(
      Viewer viewer, String account, String conversation, @Nullable FormView form, Model model) {
    model.addAttribute("room", views.of(viewer, account, conversation, null));
    model.addAttribute("form", form);
    return "sandbox/form :: place";
  }

  private static String back(
      Viewer viewer, String account, String conversation, RedirectAttributes redirect) {
    redirect.addAttribute("as", account);
    redirect.addAttribute("in", conversation);
    return "redirect:/w/" + viewer.slug() + "/sandbox";
  }

  private ChatConnection connection(Viewer viewer) {
    return inRoom(viewer, room::open);
  }

  private <T> T inRoom(Viewer viewer, Supplier<T> work) {
    return workspaces.inWorkspace(viewer.workspace(), work);
  }
}
