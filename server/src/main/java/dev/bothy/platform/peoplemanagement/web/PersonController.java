package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.console.AuditLines;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Access;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.RoleSource;
import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

/// One person of a workspace. A refusal is said on the page itself, with status 409, and what was
/// ticked stays.
@Controller
@RequestMapping("/w/{workspace}/people/{person:[0-9a-f-]{36}}")
class PersonController {
  private static final int LOOKED_THROUGH = 50;
  private static final int ENTRIES = 10;

  private final PersonActions actions;
  private final People people;
  private final Audit audit;
  private final AuditLines lines;
  private final Workspaces workspaces;
  private final ApiTokens tokens;
  private final ChatAccounts accounts;

  PersonController(
      PersonActions actions,
      People people,
      Audit audit,
      AuditLines lines,
      Workspaces workspaces,
      ApiTokens tokens,
      ChatAccounts accounts) {
    this.actions = actions;
    this.people = people;
    this.audit = audit;
    this.lines = lines;
    this.workspaces = workspaces;
    this.tokens = tokens;
    this.accounts = accounts;
  }

  @GetMapping
  String person(
      Viewer viewer,
      SignedIn signedIn,
      @PathVariable UUID person,
      @RequestParam(defaultValue = "") String done,
      Model model) {
    Member member = actions.look(viewer, new PersonId(person), Access.Data.ACCOUNT);
    model.addAttribute("notice", Notice.of(done));
    return page(viewer, signedIn, member, given(member), model);
  }

  /// What the audit log tells of them lately, without who looked at it.
  @GetMapping("/log")
  String log(Viewer viewer, @PathVariable UUID person, Model model) {
    Member member = actions.look(viewer, new PersonId(person), Access.Data.ACTIVITY);
    AuditFilter about = new AuditFilter(null, null, null, member.person().toString(), null, null);
    model.addAttribute("member", member);
    model.addAttribute(
        "lines",
        lines.of(
            workspaces
                .inWorkspace(viewer.workspace(), () -> audit.page(about, null, LOOKED_THROUGH))
                .entries()
                .stream()
                .filter(entry -> !entry.action().equals(Access.VIEWED))
                .limit(ENTRIES)
                .toList()));
    return "peoplemanagement/person :: log";
  }

  @PostMapping("/roles")
  String give(
      Viewer viewer,
      SignedIn signedIn,
      @PathVariable UUID person,
      @RequestParam(defaultValue = "") List<String> role,
      HttpServletResponse response,
      Model model) {
    viewer.require(Role.ADMIN);
    Member member = actions.find(viewer, new PersonId(person));
    Set<Role> wanted = roles(role);
    // Browsers do not send a box that cannot be unticked.
    if (!viewer.may() && given(member).contains(Role.OWNER)) {
      wanted.add(Role.OWNER);
    }
    Members.Outcome outcome = actions.give(viewer, member.person(), wanted);
    return answer(viewer, signedIn, member, outcome, wanted, Notice.ROLES, response, model);
  }

  @GetMapping("/end")
  String confirm(Viewer viewer, @PathVariable UUID person, Model model) {
    viewer.require(Role.ADMIN);
    Member member = actions.find(viewer, new PersonId(person));
    model.addAttribute("member", member);
    model.addAttribute("self", viewer.person().equals(member.person()));
    model.addAttribute(
        "inDirectory",
        !member.rolesBySource().getOrDefault(RoleSource.DIRECTORY, Set.of()).isEmpty());
    return "peoplemanagement/end";
  }

  @PostMapping("/end")
  String end(
      Viewer viewer,
      SignedIn signedIn,
      @PathVariable UUID person,
      HttpServletResponse response,
      Model model) {
    viewer.require(Role.ADMIN);
    Member member = actions.find(viewer, new PersonId(person));
    Members.Outcome outcome = actions.end(viewer, member.person());
    return answer(viewer, signedIn, member, outcome, given(member), Notice.ENDED, response, model);
  }

  @PostMapping("/give-back")
  String giveBack(
      Viewer viewer,
      SignedIn signedIn,
      @PathVariable UUID person,
      HttpServletResponse response,
      Model model) {
    viewer.require(Role.ADMIN);
    Member member = actions.find(viewer, new PersonId(person));
    Members.Outcome outcome = actions.giveBack(viewer, member.person());
    return answer(viewer, signedIn, member, outcome, given(member), Notice.BACK, response, model);
  }

  @PostMapping("/sessions/{session}/end")
  String endSession(Viewer viewer, @PathVariable UUID person, @PathVariable UUID session) {
    if (!actions.endSession(viewer, new PersonId(person), session)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return afterwards(viewer, new PersonId(person), Notice.SESSION);
  }

  @PostMapping("/sessions/end")
  String endSessions(Viewer viewer, SignedIn signedIn, @PathVariable UUID person) {
    PersonId whose = new PersonId(person);
    // Whoever ends their own here goes on looking at this page.
    actions.endSessions(viewer, whose, viewer.person().equals(whose) ? signedIn.session() : null);
    return afterwards(viewer, whose, Notice.SESSIONS);
  }

  @PostMapping("/tokens/{token}/revoke")
  String revoke(Viewer viewer, @PathVariable UUID person, @PathVariable UUID token) {
    viewer.require(Role.ADMIN);
    boolean theirs =
        tokens.of(viewer.workspace(), new PersonId(person)).stream()
            .anyMatch(each -> each.id().equals(token));
    if (!theirs || !tokens.revoke(viewer, token)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return afterwards(viewer, new PersonId(person), Notice.TOKEN);
  }

  @PostMapping("/accounts/unlink")
  String unlink(
      Viewer viewer,
      @PathVariable UUID person,
      @RequestParam UUID connection,
      @RequestParam String account) {
    if (!accounts.unlink(viewer, new PersonId(person), connection, account)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return afterwards(viewer, new PersonId(person), Notice.UNLINKED);
  }

  private String answer(
      Viewer viewer,
      SignedIn signedIn,
      Member member,
      Members.Outcome outcome,
      Set<Role> wanted,
      Notice notice,
      HttpServletResponse response,
      Model model) {
    String refusal = PlaceWords.refusal(outcome, member, actions.owners(viewer));
    if (refusal == null) {
      return afterwards(viewer, member.person(), notice);
    }
    response.setStatus(HttpServletResponse.SC_CONFLICT);
    model.addAttribute("problem", refusal);
    return page(viewer, signedIn, member, wanted, model);
  }

  private String page(
      Viewer viewer, SignedIn signedIn, Member member, Set<Role> ticked, Model model) {
    boolean admin = viewer.may(Role.ADMIN);
    model.addAttribute("member", member);
    model.addAttribute("state", PlaceWords.state(member));
    model.addAttribute("held", RoleWords.held(member));
    model.addAttribute("choices", RoleWords.choices(member, ticked, viewer.may()));
    model.addAttribute("elsewhere", !actions.areOfHere(viewer, member.person()));
    model.addAttribute("sessions", actions.sessions(viewer, member));
    model.addAttribute("tokens", tokens.of(viewer.workspace(), member.person()));
    model.addAttribute("accounts", accounts.of(viewer, member));
    model.addAttribute("current", signedIn.session());
    model.addAttribute("self", viewer.person().equals(member.person()));
    model.addAttribute("admin", admin);
    model.addAttribute(
        "returnable", admin && !member.active() && member.endedBy() != Ended.DIRECTORY);
    return "peoplemanagement/person";
  }

  /// Whoever took a role from themselves may not see this page any more.
  private String afterwards(Viewer viewer, PersonId person, Notice notice) {
    String base = "redirect:/w/" + viewer.slug();
    if (viewer.person().equals(person)) {
      Set<Role> left = people.rolesOf(viewer.workspace(), person);
      if (left.isEmpty()) {
        return "redirect:/";
      }
      if (!Access.allows(left, Access.Data.ACCOUNT, Access.Relation.OTHER)) {
        return base + "/profile" + notice.query();
      }
    }
    return base + "/people/" + person + notice.query();
  }

  private static Set<Role> given(Member member) {
    return member.rolesBySource().getOrDefault(RoleSource.GIVEN, Set.of());
  }

  /// What is no role's name is left out: the form sends none.
  static Set<Role> roles(List<String> names) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : names) {
      @Nullable Role role = PeopleController.word(Role.values(), name);
      if (role != null) {
        roles.add(role);
      }
    }
    return roles;
  }
}
