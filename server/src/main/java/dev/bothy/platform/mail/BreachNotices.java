package dev.bothy.platform.mail;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// An owner tells all members of the workspace of a breach, by mail.
@Service
public class BreachNotices {
  /// Characters.
  public static final int LONGEST = 5_000;

  private final Mail mail;
  private final NoticeTable table;
  private final Members members;
  private final Audit audit;
  private final Workspaces workspaces;
  private final Clock clock;

  BreachNotices(
      Mail mail,
      NoticeTable table,
      Members members,
      Audit audit,
      Workspaces workspaces,
      Clock clock) {
    this.mail = mail;
    this.table = table;
    this.members = members;
    this.audit = audit;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// Whom a notice reaches.
  ///
  /// @param reached how many active members have an address
  /// @param others the names of those who have none, and have to be told in another way
  public record Audience(int reached, List<String> others) {
    public Audience {
      others = List.copyOf(others);
    }
  }

  /// A notice that was sent, and how far it has come.
  ///
  /// @param recipients how many mails it is
  /// @param sent how many of them the relay has taken
  /// @param failed how many were given up
  public record Notice(
      UUID id,
      PersonId by,
      int recipients,
      int withoutAddress,
      int sent,
      int failed,
      Instant createdAt) {
    /// How many are on their way. One that was given up and then tried again by hand counts twice.
    public int waiting() {
      return Math.max(0, recipients - sent - failed);
    }
  }

  /// What became of the wish to send one. Only [Sending] has written anything.
  public sealed interface Outcome {
    record Sending(UUID notice, int recipients) implements Outcome {}

    /// The installation has no relay.
    record NotConfigured() implements Outcome {}

    /// Nobody has an address.
    record Nobody() implements Outcome {}

    /// The text is empty, or longer than [#LONGEST].
    record WrongText() implements Outcome {}
  }

  /// Whether this can be a notice.
  public static boolean isText(String text) {
    return !text.isBlank() && text.length() <= LONGEST;
  }

  /// Whom a notice would reach now.
  public Audience audience(Viewer owner) {
    owner.require(Role.OWNER);
    return workspaces.inWorkspace(
        owner.workspace(),
        () -> {
          List<Member> active = active();
          List<String> others =
              active.stream()
                  .filter(member -> Mail.addressOf(member) == null)
                  .map(Member::name)
                  .toList();
          return new Audience(active.size() - others.size(), others);
        });
  }

  /// The mail that this text becomes.
  public MailTemplate.Words words(Viewer owner, String text) {
    owner.require(Role.OWNER);
    return workspaces.inWorkspace(owner.workspace(), () -> template(text).words());
  }

  private MailTemplate template(String text) {
    return new MailTemplate.BreachNotice(workspaces.describeCurrent().name(), text);
  }

  /// Sends it to every active member who has an address.
  public Outcome send(Viewer owner, String text) {
    owner.require(Role.OWNER);
    if (!mail.isConfigured()) {
      return new Outcome.NotConfigured();
    }
    if (!isText(text)) {
      return new Outcome.WrongText();
    }
    return workspaces.inWorkspace(
        owner.workspace(),
        () -> {
          List<Member> active = active();
          List<String> addresses =
              active.stream().map(Mail::addressOf).filter(Objects::nonNull).toList();
          if (addresses.isEmpty()) {
            return new Outcome.Nobody();
          }
          UUID id = Ids.next(clock);
          table.insert(
              id,
              text,
              owner.person(),
              addresses.size(),
              active.size() - addresses.size(),
              clock.instant());
          MailTemplate template = template(text);
          addresses.forEach(address -> mail.send(address, template, id));
          audit.record(
              new Actor.Person(owner.person()),
              "mail.breach-notice-sent",
              Subject.of("mail.breach-notice", id),
              Map.of("recipients", Integer.toString(addresses.size())));
          return new Outcome.Sending(id, addresses.size());
        });
  }

  /// Those that were sent, the latest first, 50 at most.
  public List<Notice> list(Viewer owner) {
    owner.require(Role.OWNER);
    return workspaces.inWorkspace(owner.workspace(), table::list);
  }

  private List<Member> active() {
    return members.list().stream().filter(Member::active).toList();
  }
}
