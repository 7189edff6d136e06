package dev.bothy.platform.recovery.web;

import dev.bothy.platform.backup.Manifest;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.recovery.BackupCatalogue;
import dev.bothy.platform.recovery.BackupCatalogue.Listing;
import dev.bothy.platform.recovery.Recoveries;
import dev.bothy.platform.recovery.RestoreChecks;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The backups, what drills found, and a wizard that prepares a restore. It changes nothing: a
/// restore is of all workspaces at once, so IT does it, past the console.
@Controller
@RequestMapping("/w/{workspace}/backups")
class BackupsController {
  private final BackupCatalogue catalogue;
  private final RestoreChecks checks;
  private final Recoveries recoveries;
  private final Clock clock;

  BackupsController(
      BackupCatalogue catalogue, RestoreChecks checks, Recoveries recoveries, Clock clock) {
    this.catalogue = catalogue;
    this.checks = checks;
    this.recoveries = recoveries;
    this.clock = clock;
  }

  @GetMapping
  String list(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    model.addAttribute("configured", true);
    model.addAttribute("recovery", recoveries.lastSeen().orElse(null));
    switch (catalogue.read()) {
      case Listing.NotConfigured _ -> model.addAttribute("configured", false);
      case Listing.Away(String place, String why) -> {
        model.addAttribute("place", place);
        model.addAttribute("away", why);
      }
      case Listing.Found found -> {
        model.addAttribute("place", found.place());
        model.addAttribute("backups", lines(found));
        model.addAttribute("evidence", found.evidence());
      }
    }
    return "recovery/backups";
  }

  private List<BackupLine> lines(Listing.Found found) {
    return found.backups().stream().map(each -> BackupLine.of(each, clock.instant())).toList();
  }

  /// @param backup an id; empty for the newest
  @GetMapping("/restore")
  String restore(Viewer viewer, @RequestParam(defaultValue = "") String backup, Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    // The list says what is wrong with the store.
    if (!(catalogue.read() instanceof Listing.Found found) || found.backups().isEmpty()) {
      return "redirect:/w/" + viewer.slug() + "/backups";
    }
    Manifest manifest =
        found.backups().stream()
            .filter(each -> backup.isEmpty() || each.manifest().id().equals(backup))
            .findFirst()
            .map(entry -> {
              model.addAttribute("line", BackupLine.of(entry, clock.instant()));
              return entry.manifest();
            })
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    List<RestoreChecks.Check> looked = checks.of(manifest);
    model.addAttribute("checks", looked);
    model.addAttribute("good", looked.stream().allMatch(RestoreChecks.Check::good));
    model.addAttribute("since", recoveries.since(manifest.takenAt()));
    model.addAttribute("resource", resource(manifest.id()));
    model.addAttribute("command", "java -jar bothy-server.jar restore --backup=" + manifest.id());
    return "recovery/restore";
  }

  private static String resource(String id) {
    return """
    apiVersion: bothy.dev/v1alpha1
    kind: Restore
    metadata:
      name: restore-%s
    spec:
      from:
        backup: %s
    """
        .formatted(id, id);
  }
}
