package dev.bothy.app.rotations.web;

import dev.bothy.platform.people.Viewer;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// Who is on duty now, in every rotation at a glance.
@Controller
class BoardController {
  private final BoardDesk desk;

  BoardController(BoardDesk desk) {
    this.desk = desk;
  }

  @GetMapping("/w/{workspace}/rotations/board")
  String board(Viewer viewer, Model model) {
    model.addAttribute("board", desk.board(viewer.workspace()));
    return "rotations/board";
  }
}
