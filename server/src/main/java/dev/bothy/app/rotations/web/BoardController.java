package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.PublicBoards;
import dev.bothy.app.rotations.UnansweredHandoffs;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/// Who is on duty now, in every rotation at a glance, and whether whoever knows the address sees it
/// too.
@Controller
@RequestMapping("/w/{workspace}/rotations/board")
class BoardController {
  private final BoardDesk desk;
  private final UnansweredHandoffs unanswered;
  private final PublicBoards boards;
  private final ServerAddress server;

  BoardController(
      BoardDesk desk, UnansweredHandoffs unanswered, PublicBoards boards, ServerAddress server) {
    this.desk = desk;
    this.unanswered = unanswered;
    this.boards = boards;
    this.server = server;
  }

  @GetMapping
  String board(Viewer viewer, Model model) {
    model.addAttribute("board", desk.board(viewer.workspace()));
    model.addAttribute("mayChange", viewer.may(Role.ADMIN));
    // Who owes what to whom is for those who run the workspace, and on no public page.
    model.addAttribute(
        "unanswered", viewer.may(Role.ADMIN) ? unanswered.all(viewer.workspace()) : List.of());
    model.addAttribute("published", boards.since(viewer.workspace()).isPresent());
    return "rotations/board";
  }

  /// Shows the address, this once: only its hash is kept.
  @PostMapping("/publish")
  String publish(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN);
    String token = boards.publish(viewer.workspace(), RotationsController.actor(viewer));
    model.addAttribute("address", server.of(PublicBoardController.path(viewer.workspace(), token)));
    return board(viewer, model);
  }

  @PostMapping("/withdraw")
  String withdraw(Viewer viewer) {
    viewer.require(Role.ADMIN);
    boards.withdraw(viewer.workspace(), RotationsController.actor(viewer));
    return "redirect:" + RotationsController.address(viewer) + "/board";
  }
}
