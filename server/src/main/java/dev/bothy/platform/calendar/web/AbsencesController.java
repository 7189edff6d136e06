package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.AbsenceOutcome;
import dev.bothy.platform.calendar.AbsenceQuery;
import dev.bothy.platform.calendar.AbsenceRights;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.web.AbsenceMonth.Known;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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

/// Who is away in a month. One that was removed can be put back as long as the page that says so is
/// open. They are entered and changed in [AbsenceFormController].
@Controller
@RequestMapping("/w/{workspace}/absences")
class AbsencesController {
  /// More in one month are not shown, and the page says so.
  private static final int MOST = 1000;

  /// No zone is further from UTC.
  private static final Duration FURTHEST_ZONE = Duration.ofHours(18);

  private final Absences absences;
  private final AbsenceDesk desk;
  private final AbsenceRights rights;
  private final AbsencePeople people;
  private final ChatLinks links;
  private final ViewerZone zones;
  private final Workspaces workspaces;
  private final Clock clock;

  AbsencesController(
      Absences absences,
      AbsenceDesk desk,
      AbsenceRights rights,
      AbsencePeople people,
      ChatLinks links,
      ViewerZone zones,
      Workspaces workspaces,
      Clock clock) {
    this.absences = absences;
    this.desk = desk;
    this.rights = rights;
    this.people = people;
    this.links = links;
    this.zones = zones;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// @param month `2026-12`; anything else for this month
  /// @param of `me` for the viewer's own alone
  @GetMapping
  String list(
      Viewer viewer,
      @RequestParam(defaultValue = "") String month,
      @RequestParam(defaultValue = "") String of,
      Model model) {
    boolean mine = of.equals("me");
    workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          LocalDate today = clock.instant().atZone(zones.of(viewer)).toLocalDate();
          YearMonth shown = month(month, today);
          List<Absence> found = near(shown);
          List<Known> known =
              known(viewer, found).stream().filter(each -> each.own() || !mine).toList();
          model.addAttribute("month", AbsenceMonth.of(shown, known, today));
          model.addAttribute("more", found.size() == MOST);
          model.addAttribute("linked", !links.accountsOf(viewer.person()).isEmpty());
          model.addAttribute("mayAdd", !people.choices(viewer).isEmpty());
          model.addAttribute("before", shown.minusMonths(1).toString());
          model.addAttribute("next", shown.plusMonths(1).toString());
          model.addAttribute("now", YearMonth.from(today).equals(shown));
        });
    model.addAttribute("mine", mine);
    return "calendar/absences";
  }

  @PostMapping("/{id}/remove")
  String remove(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    switch (desk.remove(viewer, id)) {
      case AbsenceOutcome.Done(Absence absence) -> {
        flash.addFlashAttribute("notice", "The absence is removed.");
        flash.addFlashAttribute(
            "undo", new AbsencePeople.Who(absence.connection(), absence.account()).text());
        flash.addFlashAttribute("undoFrom", absence.from().toString());
        flash.addFlashAttribute("undoTo", absence.to().toString());
        flash.addFlashAttribute("undoAllDay", absence.allDay());
        return "redirect:" + address(viewer, desk.month(viewer, absence));
      }
      case AbsenceOutcome.Refused(List<Problem> problems) ->
          flash.addFlashAttribute("problem", messages(problems));
      case AbsenceOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return "redirect:" + address(viewer);
  }

  /// Puts back what was removed a moment ago.
  @PostMapping("/undo")
  String undo(
      Viewer viewer,
      @RequestParam String who,
      @RequestParam Instant from,
      @RequestParam Instant to,
      @RequestParam boolean allDay,
      RedirectAttributes flash) {
    AbsencePeople.Who account =
        AbsencePeople.Who.of(who)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
    switch (desk.putBack(viewer, account.connection(), account.account(), from, to, allDay)) {
      case AbsenceOutcome.Done(Absence absence) -> {
        flash.addFlashAttribute("notice", "The absence is back.");
        return "redirect:" + address(viewer, desk.month(viewer, absence));
      }
      case AbsenceOutcome.Refused(List<Problem> problems) ->
          flash.addFlashAttribute("problem", messages(problems));
      case AbsenceOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return "redirect:" + address(viewer);
  }

  static String address(Viewer viewer) {
    return "/w/" + viewer.slug() + "/absences";
  }

  static String address(Viewer viewer, YearMonth month) {
    return address(viewer) + "?month=" + month;
  }

  private List<Absence> near(YearMonth month) {
    Instant start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    return absences.page(
        new AbsenceQuery(start.minus(FURTHEST_ZONE), end.plus(FURTHEST_ZONE), null, null, null),
        MOST);
  }

  /// What is known of the person of an account.
  private record Someone(String name, ZoneId zone, boolean own) {}

  private List<Known> known(Viewer viewer, List<Absence> found) {
    boolean admin = viewer.may(Role.ADMIN);
    Map<AbsencePeople.Who, Someone> people = new HashMap<>();
    List<Known> known = new ArrayList<>();
    for (Absence absence : found) {
      Someone someone =
          people.computeIfAbsent(
              new AbsencePeople.Who(absence.connection(), absence.account()),
              who ->
                  new Someone(
                      desk.name(who.connection(), who.account()),
                      desk.zone(who.connection(), who.account()),
                      rights.own(viewer, who.connection(), who.account())));
      boolean mayChange = absence.source().byHand() && (admin || someone.own());
      known.add(new Known(absence, someone.name(), someone.zone(), someone.own(), mayChange));
    }
    return known;
  }

  private static YearMonth month(String typed, LocalDate today) {
    try {
      YearMonth month = YearMonth.parse(typed);
      // Further away nothing is, and no column reaches.
      return Math.abs(month.getYear() - today.getYear()) <= 100 ? month : YearMonth.from(today);
    } catch (DateTimeException _) {
      return YearMonth.from(today);
    }
  }

  private static String messages(List<Problem> problems) {
    return problems.stream().map(Problem::message).collect(Collectors.joining(" "));
  }
}
