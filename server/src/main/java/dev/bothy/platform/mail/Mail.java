package dev.bothy.platform.mail;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.work.Outbox;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Sends mail through the customer's relay.
@Service
public class Mail {
  /// The kind of message in the outbox.
  static final String KIND = "mail";

  private final MailSettings settings;
  private final Members members;
  private final Outbox outbox;
  private final JsonMapper json;
  private final Clock clock;

  Mail(MailSettings settings, Members members, Outbox outbox, JsonMapper json, Clock clock) {
    this.settings = settings;
    this.members = members;
    this.outbox = outbox;
    this.json = json;
    this.clock = clock;
  }

  /// Whether the installation has a relay. Without one pages say so, and nothing is sent.
  public boolean isConfigured() {
    return settings.isConfigured();
  }

  /// Sends to the address that directory or sign-on sent for this member. Called within a
  /// transaction of the workspace: the mail goes out exactly if that commits.
  public MailOutcome send(PersonId to, MailTemplate template) {
    Optional<String> address = members.find(to).map(Mail::addressOf);
    return address.isEmpty() && isConfigured()
        ? new MailOutcome.NoAddress()
        : send(address.orElse(""), template);
  }

  /// Sends to this address; called likewise.
  public MailOutcome send(String to, MailTemplate template) {
    return send(to, template, null);
  }

  /// @param notice what the mail is part of; null if nothing
  MailOutcome send(String to, MailTemplate template, @Nullable UUID notice) {
    if (!isConfigured()) {
      return new MailOutcome.NotConfigured();
    }
    if (!MailSettings.isAddress(to)) {
      return new MailOutcome.NoAddress();
    }
    MailTemplate.Words words = template.words();
    Letter letter = new Letter(to, words.subject(), words.paragraphs(), notice);
    // A lane of its own: whom the relay does not take yet holds nobody else up.
    UUID lane = Ids.next(clock);
    return new MailOutcome.Queued(
        outbox.add(
            new Outbox.Message(lane, lane.toString(), KIND, json.writeValueAsBytes(letter))));
  }

  /// Their address; null if there is none that can be one.
  static @Nullable String addressOf(Member member) {
    String address = member.email();
    return address != null && MailSettings.isAddress(address) ? address : null;
  }
}
