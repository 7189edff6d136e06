package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.PublicBoards;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.limits.ClientAddress;
import dev.bothy.platform.limits.Limit;
import dev.bothy.platform.limits.LimitSettings;
import dev.bothy.platform.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/// The board without a sign-in, for whoever knows its address: names and times, no accounts. A
/// wrong address and one that was taken away are the same 404.
@Controller
class PublicBoardController {
  static final String PATH = "/boards/";

  private static final Duration FRESH = Duration.ofSeconds(60);

  private final BoardDesk desk;
  private final PublicBoards boards;
  private final Limits limits;
  private final LimitSettings rates;

  PublicBoardController(BoardDesk desk, PublicBoards boards, Limits limits, LimitSettings rates) {
    this.desk = desk;
    this.boards = boards;
    this.limits = limits;
    this.rates = rates;
  }

  static String path(WorkspaceId workspace, String token) {
    return PATH + workspace.value() + "/" + token;
  }

  @GetMapping(PATH + "{board}/{token}")
  String show(
      @PathVariable UUID board,
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Limit limit = new Limit("board-address", ClientAddress.of(request), rates.apiPerAddress());
    switch (limits.take(List.of(limit))) {
      case Limits.Exceeded exceeded -> {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(exceeded.retryAfterSeconds()));
        throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
      }
      case Limits.Allowed _ -> {}
    }
    WorkspaceId workspace = new WorkspaceId(board);
    if (!boards.opens(workspace, token)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    response.setHeader("X-Robots-Tag", "noindex, nofollow");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader(
        HttpHeaders.CACHE_CONTROL, CacheControl.maxAge(FRESH).cachePrivate().getHeaderValue());
    model.addAttribute("board", desk.publicBoard(workspace));
    return "rotations/public-board";
  }
}
