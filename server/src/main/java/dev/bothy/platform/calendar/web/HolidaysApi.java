package dev.bothy.platform.calendar.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.HolidayCalendar;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.calendar.HolidayFilling;
import dev.bothy.platform.calendar.HolidayOutcome;
import dev.bothy.platform.calendar.web.HolidayDocuments.CalendarDocument;
import dev.bothy.platform.calendar.web.HolidayDocuments.CalendarInput;
import dev.bothy.platform.calendar.web.HolidayDocuments.PublicInput;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Holiday calendars, for programs.
@ApiArea(name = "holidays", about = "Calendars of days that are free")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/holiday-calendars",
    produces = MediaType.APPLICATION_JSON_VALUE)
class HolidaysApi {
  private final HolidayCalendars calendars;
  private final HolidayFilling filling;
  private final Workspaces workspaces;

  HolidaysApi(HolidayCalendars calendars, HolidayFilling filling, Workspaces workspaces) {
    this.calendars = calendars;
    this.filling = filling;
    this.workspaces = workspaces;
  }

  @GetMapping
  @Operation(
      summary = "List holiday calendars",
      description = "By name, with their days; `deleted=true` lists those in the bin instead.")
  Page<CalendarDocument> list(
      Viewer viewer, @RequestParam(defaultValue = "false") boolean deleted) {
    return Page.of(
        workspaces.inWorkspace(
            viewer.workspace(),
            () ->
                (deleted ? calendars.deleted() : calendars.all())
                    .stream().map(this::document).toList()));
  }

  @GetMapping("/{id}")
  @Operation(summary = "Show a holiday calendar", description = "One that is not deleted.")
  CalendarDocument get(Viewer viewer, @PathVariable UUID id) {
    return workspaces
        .inWorkspace(viewer.workspace(), () -> calendars.find(id).map(this::document))
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Make a holiday calendar",
      description = "A workspace has at most 50. Needs the role admin.")
  CalendarDocument create(Viewer viewer, @RequestBody CalendarInput wanted) {
    return saved(viewer, () -> calendars.create(actor(viewer), wanted.input()));
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Change a holiday calendar",
      description = "Gives it this name and these days, all of them. Needs the role admin.")
  CalendarDocument change(Viewer viewer, @PathVariable UUID id, @RequestBody CalendarInput wanted) {
    return saved(viewer, () -> calendars.change(actor(viewer), id, wanted.input()));
  }

  @PostMapping(path = "/{id}/public-holidays", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Add public holidays",
      description =
          "Those of a country or a part of one, for 1 to 5 years, and unless `follow` is false also"
              + " for this year and the next two, and from then on for one more each year. A day that"
              + " the calendar has keeps its name. Look through them: what a government decides this year is not among"
              + " them. Needs the role admin.")
  CalendarDocument addPublic(
      Viewer viewer, @PathVariable UUID id, @RequestBody PublicInput wanted) {
    String region = Objects.requireNonNullElse(wanted.region(), "");
    Set<Integer> years = new TreeSet<>();
    List<@Nullable Integer> sent = wanted.years();
    if (sent != null) {
      for (Integer year : sent) {
        years.add(year == null ? 0 : year);
      }
    }
    boolean follow = wanted.follow() == null || wanted.follow();
    return saved(viewer, () -> filling.add(actor(viewer), id, region, years, follow));
  }

  @DeleteMapping("/{id}/public-holidays")
  @Operation(
      summary = "Add public holidays no more",
      description =
          "Those of a region that the calendar is filled with each year; days that it has stay. 404"
              + " if it is not filled with them. Needs the role admin.")
  CalendarDocument stop(Viewer viewer, @PathVariable UUID id, @RequestParam String region) {
    return saved(viewer, () -> filling.stop(actor(viewer), id, region));
  }

  @DeleteMapping("/{id}")
  @Operation(
      summary = "Delete a holiday calendar",
      description =
          "It goes into the bin, and can be restored until it leaves that; its days count no more."
              + " Needs the role admin.")
  CalendarDocument delete(Viewer viewer, @PathVariable UUID id) {
    return saved(viewer, () -> calendars.delete(actor(viewer), id));
  }

  @PostMapping("/{id}/restore")
  @ApiResponse(responseCode = "409", description = "`calendar.not-possible`")
  @Operation(
      summary = "Restore a holiday calendar",
      description = "One that is in the bin, as it was. Needs the role admin.")
  CalendarDocument restore(Viewer viewer, @PathVariable UUID id) {
    return switch (changed(viewer, () -> calendars.restore(actor(viewer), id))) {
      case HolidayOutcome.Done(HolidayCalendar calendar) -> shown(viewer, calendar);
      case HolidayOutcome.Refused(List<Problem> problems) ->
          throw ApiProblem.of(
              CalendarProblems.NOT_POSSIBLE,
              problems.stream().map(Problem::message).collect(Collectors.joining(" ")));
      case HolidayOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private CalendarDocument saved(Viewer viewer, Supplier<HolidayOutcome> change) {
    return switch (changed(viewer, change)) {
      case HolidayOutcome.Done(HolidayCalendar calendar) -> shown(viewer, calendar);
      case HolidayOutcome.Refused(List<Problem> problems) -> throw ApiProblem.invalid(problems);
      case HolidayOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private CalendarDocument shown(Viewer viewer, HolidayCalendar calendar) {
    return workspaces.inWorkspace(viewer.workspace(), () -> document(calendar));
  }

  private CalendarDocument document(HolidayCalendar calendar) {
    return CalendarDocument.of(calendar, filling.followed(calendar.id()));
  }

  private HolidayOutcome changed(Viewer viewer, Supplier<HolidayOutcome> change) {
    viewer.require(Role.ADMIN);
    return workspaces.inWorkspace(viewer.workspace(), change);
  }

  private static Actor actor(Viewer viewer) {
    return new Actor.Person(viewer.person());
  }
}
