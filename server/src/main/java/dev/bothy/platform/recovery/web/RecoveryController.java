package dev.bothy.platform.recovery.web;

import dev.bothy.platform.erasure.Erasures;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.recovery.Recoveries;
import dev.bothy.platform.recovery.Recovery;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What was restored, what was done before the service was served again, what waits, and the button
/// that says go.
@Controller
@RequestMapping("/w/{workspace}/recovery")
class RecoveryController {
  private final Recoveries recoveries;
  private final Erasures erasures;

  RecoveryController(Recoveries recoveries, Erasures erasures) {
    this.recoveries = recoveries;
    this.erasures = erasures;
  }

  @GetMapping
  String show(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    Optional<Recovery> newest = recoveries.newest();
    model.addAttribute("recovery", newest.orElse(null));
    newest.ifPresent(recovery -> {
      Map<String, Long> rows = new TreeMap<>(recovery.rowsByTable());
      model.addAttribute("rows", rows);
      if (recovery.state() == Recovery.State.HELD) {
        model.addAttribute("waiting", recoveries.waiting(recovery));
      }
    });
    model.addAttribute("ledger", erasures.hasLedger());
    model.addAttribute("mayRelease", viewer.may(Role.ADMIN));
    return "recovery/recovery";
  }

  @PostMapping("/release")
  String release(
      Viewer viewer, @RequestParam(defaultValue = "keep") String old, RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    switch (recoveries.release(viewer.person(), viewer.workspace(), old.equals("drop"))) {
      case Recoveries.Outcome.Released(long dropped) ->
          flash.addFlashAttribute(
              "notice",
              dropped == 0
                  ? "Work goes on: what waited is handled and sent now."
                  : "Work goes on. "
                      + (dropped == 1
                          ? "1 delivery or message from the backup was given up."
                          : dropped + " deliveries and messages from the backup were given up."));
      case Recoveries.Outcome.Preparing _ ->
          flash.addFlashAttribute(
              "problem", "Nothing was released: the restored database is still being prepared.");
      case Recoveries.Outcome.NothingHeld _ ->
          flash.addFlashAttribute("problem", "Nothing is held: somebody has said go before.");
    }
    return "redirect:/w/" + viewer.slug() + "/recovery";
  }
}
