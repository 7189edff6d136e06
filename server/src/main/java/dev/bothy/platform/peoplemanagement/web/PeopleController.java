package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.MemberFilter;
import dev.bothy.platform.people.MemberPage;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The list of a workspace's people, for those who run or audit it.
@Controller
class PeopleController {
  private static final int ROWS = 50;
  private static final String DIRECTORY = "/directory";

  /// Somebody in the list.
  ///
  /// @param state one sentence; empty for a place that is just active
  record Row(Member member, List<RoleWords.Held> roles, String state) {
    static Row of(Member member) {
      return new Row(member, RoleWords.held(member), PlaceWords.state(member));
    }
  }

  private final PersonActions actions;
  private final List<NavigationItem> items;

  PeopleController(PersonActions actions, List<NavigationItem> items) {
    this.actions = actions;
    this.items = items;
  }

  @GetMapping("/w/{workspace}/people")
  String people(
      Viewer viewer,
      @RequestParam(defaultValue = "") String find,
      @RequestParam(defaultValue = "") String role,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "1") String page,
      Model model) {
    MemberFilter filter =
        new MemberFilter(find, word(Role.values(), role), word(MemberFilter.State.values(), state));
    int number = number(page);
    MemberPage found = actions.list(viewer, filter, (number - 1) * ROWS, ROWS);
    model.addAttribute("find", filter.text());
    model.addAttribute("role", role);
    model.addAttribute("state", state);
    model.addAttribute("roles", Arrays.stream(Role.values()).toList());
    model.addAttribute("rows", found.members().stream().map(Row::of).toList());
    model.addAttribute("total", found.total());
    model.addAttribute("page", number);
    model.addAttribute("pages", Math.max(1, (found.total() + ROWS - 1) / ROWS));
    model.addAttribute("filtered", !filter.equals(MemberFilter.ALL));
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    model.addAttribute("directory", items.stream().anyMatch(item -> item.path().equals(DIRECTORY)));
    return "peoplemanagement/people";
  }

  /// The value that this word names in lower case; null for any other word.
  static <E extends Enum<E>> @Nullable E word(E[] values, String word) {
    return Arrays.stream(values)
        .filter(
            value -> value.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(null);
  }

  private static int number(String page) {
    return page.matches("[1-9]\\d{0,4}") ? Integer.parseInt(page) : 1;
  }
}
