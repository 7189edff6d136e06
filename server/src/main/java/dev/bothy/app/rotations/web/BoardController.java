package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.PublicBoards;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
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
  private final PublicBoards boards;
  private final ServerAddress server;

  BoardController(BoardDesk desk, PublicBoards boards, ServerAddress server) {
    this.desk = desk;
    this.boards = boards;
    this.server = server;
  }

  @GetMapping
  String board(Viewer viewer, Model model) {
    model.addAttribute("board", desk.board(viewer.workspace()));
    model.addAttribute("mayChange", viewer.may(Role.ADMIN));
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
