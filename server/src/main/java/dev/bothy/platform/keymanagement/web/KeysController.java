package dev.bothy.platform.keymanagement.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.keymanagement.KeyCare;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keymanagement.Reencryptions;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The workspace's keys: how they are, for those who run or audit it; new ones for admins; and
/// their destruction for owners, after typing what is to be destroyed.
@Controller
@RequestMapping("/w/{workspace}/keys")
class KeysController {
  private final KeysPage page;
  private final DataKeys dataKeys;
  private final KeyCare care;
  private final Reencryptions reencryptions;
  private final KeyDestructions destructions;
  private final Audit audit;
  private final Workspaces workspaces;

  KeysController(
      KeysPage page,
      DataKeys dataKeys,
      KeyCare care,
      Reencryptions reencryptions,
      KeyDestructions destructions,
      Audit audit,
      Workspaces workspaces) {
    this.page = page;
    this.dataKeys = dataKeys;
    this.care = care;
    this.reencryptions = reencryptions;
    this.destructions = destructions;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  @GetMapping
  String keys(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    List<KeysPage.OwnerKeys> owners = page.owners(viewer.workspace());
    model.addAttribute("owners", owners);
    model.addAttribute("busy", owners.stream().anyMatch(KeysPage.OwnerKeys::isBusy));
    model.addAttribute(
        "destructions", workspaces.inWorkspace(viewer.workspace(), destructions::list));
    model.addAttribute("provider", dataKeys.provider());
    model.addAttribute("lastContact", dataKeys.lastContact().orElse(null));
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    model.addAttribute("owner", viewer.may());
    return "keymanagement/keys";
  }

  /// A new version of the wrapping key, and the data keys wrapped under it.
  @PostMapping("/{owner:[a-z]{2,30}}/rotate")
  String rotate(Viewer viewer, @PathVariable String owner, RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    requireOwner(viewer, owner);
    if (dataKeys.ownWrappingKey(viewer.workspace(), owner).isEmpty()) {
      flash.addFlashAttribute(
          "problem",
          "Nothing was changed: the local key file has one key for all, which is not rotated here.");
      return home(viewer);
    }
    try {
      dataKeys.rotateWrappingKey(viewer.workspace(), owner);
      workspaces.inWorkspace(
          viewer.workspace(), () -> record(viewer, "keymanagement.rotated", owner));
      int rewrapped = care.of(viewer.workspace());
      flash.addFlashAttribute(
          "notice",
          rewrapped == 1
              ? "The wrapping key has a new version, and 1 data key is wrapped under it."
              : "The wrapping key has a new version, and %d data keys are wrapped under it."
                  .formatted(rewrapped));
    } catch (OutOfReach e) {
      flash.addFlashAttribute(
          "problem",
          "The key provider did not answer, so this may be half done: what is missing is made up"
              + " for within the hour, or try again. "
              + e.getMessage());
    }
    return home(viewer);
  }

  /// A new data key, and everything sealed anew under it.
  @PostMapping("/{owner:[a-z]{2,30}}/renew")
  String renew(Viewer viewer, @PathVariable String owner, RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    requireOwner(viewer, owner);
    try {
      Optional<UUID> begun =
          workspaces.inWorkspace(
              viewer.workspace(),
              () -> {
                Optional<UUID> id = reencryptions.start(owner);
                if (id.isPresent()) {
                  record(viewer, "keymanagement.renewed", owner);
                }
                return id;
              });
      flash.addFlashAttribute(
          "notice",
          begun.isPresent()
              ? "There is a new data key. What the older ones sealed is sealed anew in the"
                  + " background; this page shows how far it is."
              : "A new data key is being brought in already.");
    } catch (OutOfReach e) {
      flash.addFlashAttribute(
          "problem", "Nothing was changed: the key provider did not answer. " + e.getMessage());
    }
    return home(viewer);
  }

  @GetMapping("/{owner:[a-z]{2,30}}/destroy")
  String confirm(Viewer viewer, @PathVariable String owner, Model model) {
    viewer.require();
    requireOwner(viewer, owner);
    return confirmation(owner, null, model);
  }

  @PostMapping("/{owner:[a-z]{2,30}}/destroy")
  String destroy(
      Viewer viewer,
      @PathVariable String owner,
      @RequestParam(defaultValue = "") String typed,
      Model model,
      RedirectAttributes flash) {
    viewer.require();
    requireOwner(viewer, owner);
    if (!typed.strip().equals(viewer.slug() + "/" + owner)) {
      return confirmation(
          owner, "Type %s/%s to destroy these keys.".formatted(viewer.slug(), owner), model);
    }
    boolean begun =
        workspaces.inWorkspace(
            viewer.workspace(),
            () -> {
              boolean had = destructions.start(owner, viewer.person()).isPresent();
              if (had) {
                record(viewer, "keymanagement.destroyed", owner);
              }
              return had;
            });
    flash.addFlashAttribute(
        "notice",
        begun
            ? "The data keys are gone. The receipt is here as soon as the provider's key is gone"
                + " too."
            : "There was nothing to destroy any more.");
    return home(viewer);
  }

  @GetMapping("/destroy")
  String confirmAll(Viewer viewer, Model model) {
    viewer.require();
    return confirmation(null, null, model);
  }

  /// Those of the workspace itself and of all its apps.
  @PostMapping("/destroy")
  String destroyAll(
      Viewer viewer,
      @RequestParam(defaultValue = "") String typed,
      Model model,
      RedirectAttributes flash) {
    viewer.require();
    if (!typed.strip().equals(viewer.slug())) {
      return confirmation(
          null, "Type %s to destroy all keys of this workspace.".formatted(viewer.slug()), model);
    }
    List<String> begun =
        workspaces.inWorkspace(
            viewer.workspace(),
            () -> {
              List<String> owners = destructions.startAll(viewer.person());
              owners.forEach(owner -> record(viewer, "keymanagement.destroyed", owner));
              return owners;
            });
    flash.addFlashAttribute(
        "notice",
        begun.isEmpty()
            ? "There was nothing to destroy any more."
            : "The data keys are gone. The receipts, one for each, are here as soon as the"
                + " provider's keys are gone too.");
    return home(viewer);
  }

  @GetMapping("/receipts/{id}")
  ResponseEntity<String> receipt(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    String receipt =
        workspaces
            .inWorkspace(viewer.workspace(), () -> destructions.receipt(id))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"key-receipt-" + id + ".json\"")
        .body(receipt);
  }

  /// @param owner null for all of the workspace
  private String confirmation(@Nullable String owner, @Nullable String problem, Model model) {
    model.addAttribute("owner", owner);
    model.addAttribute("title", owner == null ? "this workspace" : KeysPage.title(owner));
    model.addAttribute("sealed", owner == null ? page.sealed() : page.sealed(owner));
    model.addAttribute("provider", dataKeys.provider());
    model.addAttribute("problem", problem);
    return "keymanagement/destroy";
  }

  private void requireOwner(Viewer viewer, String owner) {
    boolean known =
        workspaces.inWorkspace(
            viewer.workspace(),
            () -> dataKeys.list().stream().anyMatch(key -> key.owner().equals(owner)));
    if (!known) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }

  private void record(Viewer viewer, String action, String owner) {
    audit.record(
        new Actor.Person(viewer.person()),
        action,
        new Subject("keymanagement.owner", owner),
        Map.of());
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/keys";
  }
}
