package dev.bothy.platform.dataexport.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.dataexport.DataExport;
import dev.bothy.platform.dataexport.Exports;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/// What the page of exports shows and does, for programs.
@ApiArea(name = "exports", about = "Exports of oneself, a member or the workspace")
@RequestMapping(path = "/api/v1/workspaces/{workspace}/exports")
class ExportsApi {
  private final Exports exports;
  private final ArchiveDownload download;

  ExportsApi(Exports exports, ArchiveDownload download) {
    this.exports = exports;
    this.download = download;
  }

  @Schema(name = "NewExport", description = "An export to be made.")
  record NewExport(
      @Schema(description = "`workspace` for all of it, `person` for one; null is `person`.")
          @Nullable String about,
      @Schema(description = "Whose, with `person`; null is oneself.") @Nullable UUID person) {}

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "List exports",
      description = "Those that one asked for oneself, the newest first, until they expire.")
  Page<DataExport> list(Viewer viewer) {
    return Page.of(exports.of(viewer));
  }

  @PostMapping(
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @ApiResponse(
      responseCode = "409",
      description = "`dataexport.being-made` or `dataexport.too-many`")
  @Operation(
      summary = "Ask for an export",
      description =
          "It is made in the background. One's own needs no role, another member's the role admin,"
              + " all of the workspace the role owner.")
  DataExport request(Viewer viewer, @RequestBody NewExport wanted) {
    PersonId about =
        switch (wanted.about() == null ? "person" : wanted.about()) {
          case "workspace" -> null;
          case "person" ->
              wanted.person() == null ? viewer.person() : new PersonId(wanted.person());
          default ->
              throw ApiProblem.invalid(
                  "about", "dataexport.about", "about: workspace or person is allowed");
        };
    return switch (exports.request(viewer, about)) {
      case Exports.Requested.Begun(DataExport export) -> export;
      case Exports.Requested.Running _ -> throw ApiProblem.of(ExportProblems.BEING_MADE);
      case Exports.Requested.TooMany _ -> throw ApiProblem.of(ExportProblems.TOO_MANY);
      case Exports.Requested.NoSuchMember _ ->
          throw ApiProblem.invalid(
              "person", "dataexport.person", "person: the id of a member of this workspace");
    };
  }

  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Show an export", description = "One that one asked for oneself.")
  DataExport show(Viewer viewer, @PathVariable UUID id) {
    return exports.find(viewer, id).orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @GetMapping(path = "/{id}/archive", produces = "application/zip")
  @ApiResponse(
      responseCode = "200",
      description = "The archive; ranges are served.",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "409", description = "`dataexport.not-ready`")
  @Operation(
      summary = "Download an export",
      description = "A ZIP archive. Only who asked for the export may have it.")
  void archive(
      Viewer viewer,
      @PathVariable UUID id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    DataExport export = show(viewer, id);
    Exports.Archive archive =
        exports
            .archive(viewer, export.id(), ArchiveDownload.isFirst(request))
            .orElseThrow(() -> ApiProblem.of(ExportProblems.NOT_READY));
    download.send(archive, request, response);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Remove an export",
      description = "One that one asked for oneself, also while it is being made.")
  void remove(Viewer viewer, @PathVariable UUID id) {
    if (!exports.remove(viewer, id)) {
      throw ApiProblem.of(Problems.NOT_FOUND);
    }
  }
}
