package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.ShiftFeed;
import dev.bothy.app.rotations.ShiftFeeds;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Addresses at which calendar programs read shifts: the list, making, renewing and revoking. An
/// address is shown once.
@Controller
@RequestMapping("/w/{workspace}/rotations/feeds")
class ShiftFeedsController {
  private final ShiftFeeds feeds;
  private final Rotations rotations;
  private final Members members;
  private final Workspaces workspaces;
  private final ServerAddress server;

  ShiftFeedsController(
      ShiftFeeds feeds,
      Rotations rotations,
      Members members,
      Workspaces workspaces,
      ServerAddress server) {
    this.feeds = feeds;
    this.rotations = rotations;
    this.members = members;
    this.workspaces = workspaces;
    this.server = server;
  }

  /// @param what the rotation's name, or what a person's feed is called
  /// @param who whose it is; null for the viewer's own
  record Line(ShiftFeed feed, String what, @Nullable String who) {}

  @GetMapping
  String list(Viewer viewer, @RequestParam(defaultValue = "") String rotation, Model model) {
    List<Rotation> all = rotations.all(viewer.workspace());
    Map<UUID, String> names = all.stream().collect(Collectors.toMap(Rotation::id, Rotation::name));
    model.addAttribute("rotations", all);
    model.addAttribute("chosen", rotation);
    model.addAttribute(
        "lines",
        workspaces.inWorkspace(
            viewer.workspace(),
            () -> feeds.list(viewer).stream().map(feed -> line(viewer, feed, names)).toList()));
    return "rotations/feeds";
  }

  /// @param rotation an id; empty for all shifts of the viewer
  @PostMapping
  String make(
      Viewer viewer,
      @RequestParam(defaultValue = "") String rotation,
      Model model,
      HttpServletResponse response) {
    UUID id;
    try {
      id = rotation.isEmpty() ? null : UUID.fromString(rotation);
    } catch (IllegalArgumentException _) {
      throw gone();
    }
    return answer(viewer, feeds.make(viewer, id), model, response);
  }

  @PostMapping("/{id}/renew")
  String renew(Viewer viewer, @PathVariable UUID id, Model model, HttpServletResponse response) {
    return answer(viewer, feeds.renew(viewer, id), model, response);
  }

  @PostMapping("/{id}/revoke")
  String revoke(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    if (!feeds.revoke(viewer, id)) {
      throw gone();
    }
    flash.addFlashAttribute("notice", "The address is revoked. Nobody reads it any more.");
    return "redirect:" + RotationsController.address(viewer) + "/feeds";
  }

  private String answer(
      Viewer viewer, ShiftFeeds.Made made, Model model, HttpServletResponse response) {
    return switch (made) {
      case ShiftFeeds.Made.Address(ShiftFeed _, String path) -> {
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        model.addAttribute("address", server.of(path));
        yield "rotations/feed-made";
      }
      case ShiftFeeds.Made.Refused(List<Problem> problems) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("problem", problems.getFirst().message());
        yield list(viewer, "", model);
      }
      case ShiftFeeds.Made.NotFound() -> throw gone();
    };
  }

  private Line line(Viewer viewer, ShiftFeed feed, Map<UUID, String> names) {
    String what =
        feed.rotation() == null
            ? "All shifts"
            : names.getOrDefault(feed.rotation(), "A rotation in the bin");
    String who =
        feed.person().equals(viewer.person())
            ? null
            : members.find(feed.person()).map(Member::name).orElse("Somebody who left");
    return new Line(feed, what, who);
  }

  private static ResponseStatusException gone() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
