package dev.bothy.platform.bin;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.mail.Mail;
import dev.bothy.platform.mail.MailTemplate;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.MemberFilter;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/// The last warning before something is gone, by mail to whoever may bring it back. Without a relay
/// the home page says it alone.
@Component
class BinWarnings {
  private static final int MOST = 50;

  private final BinKinds kinds;
  private final Mail mail;
  private final Members members;
  private final InstallationSettings installation;
  private final Workspaces workspaces;

  BinWarnings(
      BinKinds kinds,
      Mail mail,
      Members members,
      InstallationSettings installation,
      Workspaces workspaces) {
    this.kinds = kinds;
    this.mail = mail;
    this.members = members;
    this.installation = installation;
    this.workspaces = workspaces;
  }

  /// Called within a transaction of the workspace: the mails go out exactly if that commits.
  void send(BinItem item) {
    URI address = installation.publicAddress();
    kinds
        .find(item.kind())
        .filter(_ -> address != null && mail.isConfigured())
        .ifPresent(kind -> {
          Workspace workspace = workspaces.describeCurrent();
          MailTemplate warning =
              new MailTemplate.DeletionWarning(
                  workspace.name(),
                  "%s “%s”"
                      .formatted(kind.noun(), kind.name(item.subject()).orElse("without name")),
                  item.goesAt(),
                  URI.create(address + "/w/" + workspace.slug() + "/bin"));
          recipients(kind).forEach(person -> mail.send(person, warning));
        });
  }

  private Set<PersonId> recipients(BinKind kind) {
    Set<PersonId> found = new LinkedHashSet<>();
    for (Role role : kind.onlyOwners() ? List.of(Role.OWNER) : List.of(Role.OWNER, Role.ADMIN)) {
      members
          .page(new MemberFilter("", role, MemberFilter.State.ACTIVE), 0, MOST)
          .members()
          .stream()
          .map(Member::person)
          .forEach(found::add);
    }
    return found;
  }
}
