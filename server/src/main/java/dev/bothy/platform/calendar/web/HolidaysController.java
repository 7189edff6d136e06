package dev.bothy.platform.calendar.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.HolidayCalendar;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.calendar.HolidayFilling;
import dev.bothy.platform.calendar.HolidayInput;
import dev.bothy.platform.calendar.HolidayOutcome;
import dev.bothy.platform.calendar.PublicHolidays;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/// Calendars of free days, for admins. What is wrong is said at its field, and what was typed
/// stays.
@Controller
@RequestMapping("/w/{workspace}/holidays")
class HolidaysController {
  private final HolidayCalendars calendars;
  private final HolidayFilling filling;
  private final PublicHolidays publicHolidays;
  private final ViewerZone zones;
  private final Workspaces workspaces;
  private final Clock clock;

  HolidaysController(
      HolidayCalendars calendars,
      HolidayFilling filling,
      PublicHolidays publicHolidays,
      ViewerZone zones,
      Workspaces workspaces,
      Clock clock) {
    this.calendars = calendars;
    this.filling = filling;
    this.publicHolidays = publicHolidays;
    this.zones = zones;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// A calendar in the list.
  ///
  /// @param next the next free day in words; null when none is left
  /// @param days how many, and the last one, in words
  record Line(UUID id, String name, @Nullable String next, String days) {
    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

    static Line of(HolidayCalendar calendar, LocalDate today) {
      SortedMap<LocalDate, String> left = calendar.days().tailMap(today);
      int count = calendar.days().size();
      return new Line(
          calendar.id(),
          calendar.name(),
          left.isEmpty() ? null : DAY.format(left.firstKey()) + ", " + left.firstEntry().getValue(),
          left.isEmpty()
              ? ""
              : (count == 1 ? "1 day" : count + " days")
                  + ", the last on "
                  + DAY.format(left.lastKey()));
    }
  }

  @GetMapping
  String list(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN);
    List<HolidayCalendar> all = workspaces.inWorkspace(viewer.workspace(), calendars::all);
    LocalDate today = today(viewer);
    model.addAttribute("calendars", all.stream().map(each -> Line.of(each, today)).toList());
    model.addAttribute("full", all.size() >= HolidayCalendars.MOST);
    return "calendar/holidays";
  }

  @GetMapping("/new")
  String empty(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN);
    return form(null, new HolidayInput("", ""), Map.of(), model);
  }

  @PostMapping
  String create(
      Viewer viewer,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String days,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    HolidayInput input = new HolidayInput(name, days);
    return switch (changed(viewer, () -> calendars.create(actor(viewer), input))) {
      case HolidayOutcome.Done(HolidayCalendar calendar) -> {
        flash.addFlashAttribute("notice", "The calendar is made.");
        yield "redirect:" + address(viewer, calendar.id());
      }
      case HolidayOutcome.Refused(List<Problem> problems) ->
          again(form(null, input, byField(problems), model), response);
      case HolidayOutcome.NotFound() -> throw gone();
    };
  }

  /// @param country whose parts are offered, to add their public holidays
  @GetMapping("/{id}")
  String show(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String country,
      Model model) {
    viewer.require(Role.ADMIN);
    HolidayCalendar calendar = find(viewer, id);
    offer(viewer, id, country, "", model);
    return form(
        calendar,
        new HolidayInput(calendar.name(), HolidayInput.lines(calendar.days())),
        Map.of(),
        model);
  }

  @PostMapping("/{id}")
  String change(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String days,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    HolidayInput input = new HolidayInput(name, days);
    return switch (changed(viewer, () -> calendars.change(actor(viewer), id, input))) {
      case HolidayOutcome.Done _ -> {
        flash.addFlashAttribute("notice", "The calendar is saved.");
        yield "redirect:" + address(viewer, id);
      }
      case HolidayOutcome.Refused(List<Problem> problems) -> {
        offer(viewer, id, "", "", model);
        yield again(form(find(viewer, id), input, byField(problems), model), response);
      }
      case HolidayOutcome.NotFound() -> throw gone();
    };
  }

  /// @param from the first year
  /// @param count how many years
  /// @param follow whether those to come are added by themselves
  @PostMapping("/{id}/public")
  String addPublic(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String region,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String count,
      @RequestParam(defaultValue = "false") boolean follow,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    int first = number(from);
    Set<Integer> years =
        IntStream.range(0, Math.clamp(number(count), 0, HolidayFilling.MOST_YEARS + 1))
            .mapToObj(year -> Math.clamp((long) first + year, 0, 9999))
            .collect(Collectors.toSet());
    HolidayCalendar before = viewerFinds(viewer, id);
    return switch (changed(viewer, () -> filling.add(actor(viewer), id, region, years, follow))) {
      case HolidayOutcome.Done(HolidayCalendar calendar) -> {
        int added = calendar.days().size() - before.days().size();
        flash.addFlashAttribute(
            "notice",
            (added == 1 ? "1 day is" : added + " days are")
                + " added. Look through them: what a government decides this year is not among"
                + " them.");
        yield "redirect:" + address(viewer, id);
      }
      case HolidayOutcome.Refused(List<Problem> problems) -> {
        offer(
            viewer,
            id,
            region.strip().length() < 2 ? "" : region.strip().substring(0, 2),
            region,
            model);
        yield again(
            form(
                before,
                new HolidayInput(before.name(), HolidayInput.lines(before.days())),
                byField(problems),
                model),
            response);
      }
      case HolidayOutcome.NotFound() -> throw gone();
    };
  }

  /// Adds the public holidays of a region no more.
  @PostMapping("/{id}/stop")
  String stop(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String region,
      RedirectAttributes flash) {
    return switch (changed(viewer, () -> filling.stop(actor(viewer), id, region))) {
      case HolidayOutcome.Done _ -> {
        flash.addFlashAttribute("notice", "No more years are added. The days that are there stay.");
        yield "redirect:" + address(viewer, id);
      }
      case HolidayOutcome.Refused _, HolidayOutcome.NotFound _ -> throw gone();
    };
  }

  @PostMapping("/{id}/delete")
  String delete(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    return switch (changed(viewer, () -> calendars.delete(actor(viewer), id))) {
      case HolidayOutcome.Done(HolidayCalendar calendar) -> {
        flash.addFlashAttribute(
            "notice", calendar.name() + " is deleted: its days count no more. It is in the bin.");
        flash.addFlashAttribute("deleted", id);
        yield "redirect:" + address(viewer);
      }
      case HolidayOutcome.Refused _, HolidayOutcome.NotFound _ -> throw gone();
    };
  }

  @PostMapping("/{id}/restore")
  String restore(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    switch (changed(viewer, () -> calendars.restore(actor(viewer), id))) {
      case HolidayOutcome.Done(HolidayCalendar calendar) ->
          flash.addFlashAttribute("notice", calendar.name() + " is back, with its days.");
      case HolidayOutcome.Refused(List<Problem> problems) ->
          flash.addFlashAttribute("problem", problems.getFirst().message());
      case HolidayOutcome.NotFound() -> throw gone();
    }
    return "redirect:" + address(viewer);
  }

  /// A region that is followed, with its name.
  ///
  /// @param code of the region
  record Followed(String code, String name, int untilYear) {}

  private List<Followed> followed(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(viewer.workspace(), () -> filling.followed(id)).stream()
        .map(each ->
            new Followed(each.region(), publicHolidays.nameOf(each.region()), each.untilYear()))
        .toList();
  }

  private void offer(Viewer viewer, UUID id, String country, String region, Model model) {
    model.addAttribute("followed", followed(viewer, id));
    model.addAttribute("countries", publicHolidays.countries());
    model.addAttribute("country", country.strip().toUpperCase(Locale.ROOT));
    model.addAttribute("regions", publicHolidays.regions(country));
    model.addAttribute("region", region);
    model.addAttribute("year", today(viewer).getYear());
    model.addAttribute("mostYears", HolidayFilling.MOST_YEARS);
  }

  /// What was typed; 0, which no field allows, for what is no number.
  private static int number(String typed) {
    return typed.strip().matches("\\d{1,6}") ? Integer.parseInt(typed.strip()) : 0;
  }

  private LocalDate today(Viewer viewer) {
    ZoneId zone = workspaces.inWorkspace(viewer.workspace(), () -> zones.of(viewer));
    return clock.instant().atZone(zone).toLocalDate();
  }

  private static String form(
      @Nullable HolidayCalendar calendar,
      HolidayInput input,
      Map<String, String> wrong,
      Model model) {
    model.addAttribute("title", calendar == null ? "New holiday calendar" : calendar.name());
    model.addAttribute("calendar", calendar);
    model.addAttribute("input", input);
    model.addAttribute("wrong", wrong);
    return "calendar/holiday-calendar";
  }

  private static String again(String template, HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return template;
  }

  private HolidayCalendar viewerFinds(Viewer viewer, UUID id) {
    viewer.require(Role.ADMIN);
    return find(viewer, id);
  }

  private HolidayCalendar find(Viewer viewer, UUID id) {
    return workspaces
        .inWorkspace(viewer.workspace(), () -> calendars.find(id))
        .orElseThrow(HolidaysController::gone);
  }

  private HolidayOutcome changed(Viewer viewer, Supplier<HolidayOutcome> change) {
    viewer.require(Role.ADMIN);
    return workspaces.inWorkspace(viewer.workspace(), change);
  }

  private static Map<String, String> byField(List<Problem> problems) {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Problem problem : problems) {
      String field = problem.field() == null ? HolidayInput.NAME : problem.field();
      wrong.merge(field, problem.message(), (one, other) -> one + " " + other);
    }
    return wrong;
  }

  private static Actor actor(Viewer viewer) {
    return new Actor.Person(viewer.person());
  }

  private static String address(Viewer viewer) {
    return "/w/" + viewer.slug() + "/holidays";
  }

  private static String address(Viewer viewer, UUID id) {
    return address(viewer) + "/" + id;
  }

  private static ResponseStatusException gone() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
