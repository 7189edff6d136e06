package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Access;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.MemberFilter;
import dev.bothy.platform.people.MemberPage;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds whom somebody means who types a person into a field, where a list of all would be too
/// long. Called within a transaction of the workspace.
@Component
class PersonField {
  private static final int MOST = 200;
  private static final int EXAMPLES = 3;

  private final Members members;
  private final People people;
  private final Access access;
  private final Audit audit;
  private final Workspaces workspaces;

  PersonField(Members members, People people, Access access, Audit audit, Workspaces workspaces) {
    this.members = members;
    this.people = people;
    this.access = access;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  /// What the field means.
  ///
  /// @param id null if it means nobody
  /// @param shown what it shows from now on: a user name, or else what was typed
  /// @param error what is wrong; null if nothing is
  record Meant(@Nullable String id, String shown, @Nullable String error) {}

  /// @param typed an id, as links have it; a user name; or part of a name or address. Empty means
  ///   nobody
  Meant find(String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      return new Meant(null, "", null);
    }
    UUID id = id(text);
    if (id != null) {
      // Who has no place any more may still stand in the log.
      return new Meant(
          id.toString(), members.find(new PersonId(id)).map(Member::username).orElse(text), null);
    }
    MemberPage found = members.page(new MemberFilter(text, null, null), 0, MOST);
    List<Member> fit = found.members();
    List<Member> exact =
        fit.stream().filter(member -> member.username().equalsIgnoreCase(text)).toList();
    if (exact.size() == 1 || fit.size() == 1) {
      Member member = exact.size() == 1 ? exact.getFirst() : fit.getFirst();
      return new Meant(member.person().toString(), member.username(), null);
    }
    return new Meant(null, text, fit.isEmpty() ? "Nobody here is called that." : several(fit));
  }

  /// Writes down that somebody asks what the log tells of this person, which is that person's data.
  /// Outside of a transaction.
  ///
  /// @param id of an actor or a subject; what is no person's is nobody's data. Of a person whom
  ///   this workspace never knew it tells nothing, so that nobody learns here who has a place
  ///   elsewhere
  void looked(Viewer viewer, @Nullable String id) {
    UUID value = id == null ? null : id(id);
    if (value != null
        && workspaces.inWorkspace(viewer.workspace(), () -> isKnown(new PersonId(value)))) {
      people
          .byIds(List.of(new PersonId(value)))
          .forEach(person -> access.view(viewer, person.id(), Access.Data.ACTIVITY));
    }
  }

  /// Whether they have a place here, or the log tells of them.
  private boolean isKnown(PersonId person) {
    String id = person.toString();
    return members.find(person).isPresent()
        || tells(new AuditFilter(null, null, id, null, null, null))
        || tells(new AuditFilter(null, null, null, id, null, null));
  }

  private boolean tells(AuditFilter filter) {
    return !audit.page(filter, null, 1).entries().isEmpty();
  }

  /// Whom the field suggests; nobody where there are too many to choose from.
  List<Member> suggestions() {
    return members.page(MemberFilter.ALL, 0, 1).total() > MOST
        ? List.of()
        : members.page(MemberFilter.ALL, 0, MOST).members();
  }

  private static String several(List<Member> fit) {
    return fit.stream()
        .limit(EXAMPLES)
        .map(member -> member.name() + " (" + member.username() + ")")
        .collect(
            Collectors.joining(
                ", ",
                "Several people fit: ",
                (fit.size() > EXAMPLES ? " and others" : "") + ". Write the user name."));
  }

  private static @Nullable UUID id(String text) {
    try {
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
