package dev.bothy.platform.calendar;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Tells people that a source of absences fails, and that it is read again: in chat, and by mail
/// where there is a relay. Called within a transaction of the workspace: what is told goes out
/// exactly if that commits. The home page says it as well, for as long as it lasts.
///
/// Whoever added the source is told, and whose absences it tells; where neither has a place here
/// any more, the admins are.
@Component
public class SourceTroubles {
  private static final int MOST = 50;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  private final SourceMakers makers;
  private final Members members;
  private final ChatLinks links;
  private final Connections connections;
  private final Chat chat;
  private final Mail mail;
  private final InstallationSettings installation;
  private final Workspaces workspaces;

  SourceTroubles(
      SourceMakers makers,
      Members members,
      ChatLinks links,
      Connections connections,
      Chat chat,
      Mail mail,
      InstallationSettings installation,
      Workspaces workspaces) {
    this.makers = makers;
    this.members = members;
    this.links = links;
    this.connections = connections;
    this.chat = chat;
    this.mail = mail;
    this.installation = installation;
    this.workspaces = workspaces;
  }

  /// That it fails.
  public void tell(SourceTrouble trouble) {
    Workspace workspace = workspaces.describeCurrent();
    String path = "/w/" + workspace.slug() + trouble.path();
    URI address = installation.publicAddress();
    Content content =
        Content.of(
            RichText.of("")
                .bold(trouble.name())
                .plain(
                    " could not be read since %s. %s\nWhat it told before still counts; what is new there, Bothy does not know. "
                        .formatted(
                            DAY.format(trouble.since().atOffset(ZoneOffset.UTC)),
                            trouble.problem()))
                .link("Look after it", address == null ? path : address + path));
    for (PersonId person : whom(trouble)) {
      tell(person, content);
      if (address != null) {
        mail.send(
            person,
            new MailTemplate.SourceFailing(
                workspace.name(),
                trouble.name(),
                trouble.since(),
                trouble.problem(),
                URI.create(address + path)));
      }
    }
  }

  /// That it is read again, after [#tell].
  ///
  /// @param trouble as it was
  public void tellThatItIsOver(SourceTrouble trouble) {
    Content content =
        Content.of(RichText.of("").bold(trouble.name()).plain(" is read again. All is well."));
    whom(trouble).forEach(person -> tell(person, content));
  }

  private void tell(PersonId person, Content content) {
    links.accountsOf(person).stream()
        .filter(this::canBeToldInPrivate)
        .findFirst()
        .ifPresent(
            own -> chat.send(own.connection(), new OutboundMessage.Direct(own.account(), content)));
  }

  private boolean canBeToldInPrivate(LinkedAccount account) {
    return connections.ofCurrentWorkspace(account.connection()).isPresent()
        && chat.capabilities(account.connection()).contains(Capability.DIRECT);
  }

  private Set<PersonId> whom(SourceTrouble trouble) {
    Set<PersonId> found = new LinkedHashSet<>();
    makers
        .of(trouble.source())
        .filter(maker -> members.find(maker).filter(SourceTroubles::isActive).isPresent())
        .ifPresent(found::add);
    SourceTrouble.Whose whose = trouble.whose();
    if (whose != null) {
      links.personOf(whose.connection(), whose.account()).ifPresent(found::add);
    }
    return found.isEmpty() ? admins() : found;
  }

  private Set<PersonId> admins() {
    Set<PersonId> found = new LinkedHashSet<>();
    for (Role role : List.of(Role.ADMIN, Role.OWNER)) {
      members
          .page(new MemberFilter("", role, MemberFilter.State.ACTIVE), 0, MOST)
          .members()
          .stream()
          .map(Member::person)
          .forEach(found::add);
    }
    return found;
  }

  private static boolean isActive(Member member) {
    return member.deactivatedAt() == null;
  }
}
