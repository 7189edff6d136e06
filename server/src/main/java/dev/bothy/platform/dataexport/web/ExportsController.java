package dev.bothy.platform.dataexport.web;

import dev.bothy.platform.dataexport.DataExport;
import dev.bothy.platform.dataexport.Exports;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/// Exports: everybody's own, those that an admin asks for about a member, and an owner's of the
/// whole workspace.
@Controller
@RequestMapping("/w/{workspace}/exports")
class ExportsController {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Exports exports;
  private final Members members;
  private final Workspaces workspaces;
  private final ArchiveDownload download;

  ExportsController(
      Exports exports, Members members, Workspaces workspaces, ArchiveDownload download) {
    this.exports = exports;
    this.members = members;
    this.workspaces = workspaces;
    this.download = download;
  }

  /// A line of the page.
  ///
  /// @param about in words
  /// @param size of the archive, in words
  record Line(
      DataExport export, String about, String size, String requested, @Nullable String expires) {}

  @GetMapping
  String page(Viewer viewer, Model model) {
    List<Line> lines = exports.of(viewer).stream().map(export -> toLine(viewer, export)).toList();
    model.addAttribute("exports", lines);
    model.addAttribute(
        "busy", lines.stream().anyMatch(line -> line.export().state() == DataExport.State.RUNNING));
    model.addAttribute("owner", viewer.may());
    return "dataexport/exports";
  }

  private Line toLine(Viewer viewer, DataExport export) {
    return new Line(
        export,
        about(viewer, export.about()),
        size(export.bytes()),
        TIME.format(export.requestedAt()),
        export.expiresAt() == null ? null : TIME.format(export.expiresAt()));
  }

  private String about(Viewer viewer, @Nullable PersonId about) {
    if (about == null) {
      return "The whole workspace";
    }
    if (about.equals(viewer.person())) {
      return "You";
    }
    return workspaces
        .inWorkspace(viewer.workspace(), () -> members.find(about))
        .map(Member::name)
        .orElse("Somebody who left");
  }

  private static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    return bytes < 1024 * 1024
        ? "%d KiB".formatted(bytes / 1024)
        : String.format(Locale.ENGLISH, "%.1f MiB", bytes / (1024.0 * 1024));
  }

  /// @param of `me`, `workspace`, or a member's id
  @PostMapping
  String request(
      Viewer viewer, @RequestParam(defaultValue = "me") String of, RedirectAttributes flash) {
    Exports.Requested requested =
        exports.request(
            viewer,
            switch (of) {
              case "me" -> viewer.person();
              case "workspace" -> null;
              default -> idOf(of);
            });
    switch (requested) {
      case Exports.Requested.Begun _ ->
          flash.addFlashAttribute(
              "notice", "The export is being made. This page shows how far it is.");
      case Exports.Requested.Running _ ->
          flash.addFlashAttribute("problem", "Such an export is being made already; see below.");
      case Exports.Requested.TooMany(int most) ->
          flash.addFlashAttribute(
              "problem",
              "You have %d exports already. Remove one, or wait until one expires."
                  .formatted(most));
      case Exports.Requested.NoSuchMember _ ->
          flash.addFlashAttribute("problem", "Nothing was exported: there is no such member.");
    }
    return "redirect:/w/" + viewer.slug() + "/exports";
  }

  private static PersonId idOf(String text) {
    try {
      return new PersonId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }

  @PostMapping("/{id}/remove")
  String remove(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    if (!exports.remove(viewer, id)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    flash.addFlashAttribute("notice", "The export is gone.");
    return "redirect:/w/" + viewer.slug() + "/exports";
  }

  @GetMapping("/{id}/archive")
  void archive(
      Viewer viewer,
      @PathVariable UUID id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<Exports.Archive> archive =
        exports.archive(viewer, id, ArchiveDownload.isFirst(request));
    if (archive.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    download.send(archive.get(), request, response);
  }
}
