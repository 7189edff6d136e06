package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.people.Access.Data;
import dev.bothy.platform.people.Access.Relation;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/// The three access rules, role by role; `docs/reference/access.md` is what this test sees. Written
/// anew by `-Daccess.write=true`.
@BothyTest
class AccessRulesTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "access.md");

  @Autowired Workspaces workspaces;
  @Autowired TestPeople testPeople;
  @Autowired People people;
  @Autowired Access access;
  @Autowired Audit audit;

  @Test
  void thePageShowsWhatTheRulesSay() throws IOException {
    String page = page();
    if (Boolean.getBoolean("access.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void onesOwnIsAlwaysVisibleAndLeavesNoTrace(Role role) {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    Viewer viewer = viewer(workspace, role);
    for (Data data : Data.values()) {
      assertThat(Access.allows(Set.of(role), data, Relation.OWN)).isTrue();
      access.view(viewer, viewer.person(), data);
    }
    assertThat(views(workspace)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aViewOfAnotherIsEitherRefusedOrWrittenDown(Role role) {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    Viewer viewer = viewer(workspace, role);
    TestPeople.Someone other = testPeople.signedIn(workspace, "Other", Role.MEMBER);
    int seen = 0;
    for (Data data : Data.values()) {
      if (Access.allows(Set.of(role), data, Relation.OTHER)) {
        access.view(viewer, other.id(), data);
        seen++;
        AuditEntry entry = views(workspace).getFirst();
        assertThat(entry.actor()).isEqualTo(viewer.person().toString());
        assertThat(entry.subject().id()).isEqualTo(other.id().toString());
        assertThat(entry.details()).containsEntry("data", data.label());
      } else {
        assertThatThrownBy(() -> access.view(viewer, other.id(), data))
            .isInstanceOf(NotAllowed.class);
      }
    }
    assertThat(views(workspace)).hasSize(seen);
  }

  @ParameterizedTest
  @EnumSource(Data.class)
  void whoHasNoRoleSeesNothing(Data data) {
    for (Relation relation : Relation.values()) {
      assertThat(Access.allows(Set.of(), data, relation)).isFalse();
    }
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Who sees what about people

            Written by `AccessRulesTest` from the rules as they run.

            Three rules hold in every app, page and API: what is about oneself is always visible; what is said of a team tells nothing of a single person, and every member may see it; what is about another person needs a role for it, and each such view is in the audit log as `people.viewed`, where that person sees it on their profile.

            `account` is their place: roles, sessions, tokens, chat accounts. `activity` is what the audit log tells of them. `work` is what an app knows of their work, such as hours on duty.

            | role |\
            """);
    for (Data data : Data.values()) {
      for (Relation relation : Relation.values()) {
        page.append(" %s: %s |".formatted(data.label(), word(relation)));
      }
    }
    page.append("\n|---|").append("---|".repeat(Data.values().length * Relation.values().length));
    for (Role role : Role.values()) {
      page.append("\n| %s |".formatted(role.label()));
      for (Data data : Data.values()) {
        for (Relation relation : Relation.values()) {
          boolean allowed = Access.allows(Set.of(role), data, relation);
          String audited = allowed && relation == Relation.OTHER ? ", audited" : "";
          page.append(" %s%s |".formatted(allowed ? "yes" : "no", audited));
        }
      }
    }
    return page.append("\n\nSomebody without a role in a workspace sees nothing of it.\n")
        .toString();
  }

  private static String word(Relation relation) {
    return switch (relation) {
      case OWN -> "own";
      case TEAM -> "team";
      case OTHER -> "other";
    };
  }

  private Viewer viewer(Workspace workspace, Role role) {
    TestPeople.Someone someone = testPeople.signedIn(workspace, "Looks", role);
    return people.viewer(someone.id(), someone.name(), workspace.slug()).orElseThrow();
  }

  private List<AuditEntry> views(Workspace workspace) {
    AuditFilter views = new AuditFilter(null, Access.VIEWED, null, null, null, null);
    return workspaces.inWorkspace(workspace.id(), () -> audit.page(views, null, 50)).entries();
  }
}
