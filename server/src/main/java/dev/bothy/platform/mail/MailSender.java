package dev.bothy.platform.mail;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.OutboxSender;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Sends letters through the relay.
///
/// ## Once, honestly
///
/// SMTP knows no repetition: after a crash between the relay's answer and its record the letter is
/// sent again, and may come twice. Both copies have one `Message-ID`, by which many mailboxes show
/// one. `docs/how-to/mail.md` tells how long that window is.
@Component
class MailSender implements OutboxSender {
  /// Relays often allow few connections at once.
  private static final int AT_ONCE = 4;

  private static final Duration TURN = Duration.ofSeconds(1);

  private final ObjectProvider<Relay> relay;
  private final NoticeTable notices;
  private final JsonMapper json;
  private final Metrics metrics;
  private final Clock clock;
  private final Semaphore connections = new Semaphore(AT_ONCE);

  MailSender(
      ObjectProvider<Relay> relay,
      NoticeTable notices,
      JsonMapper json,
      Metrics metrics,
      Clock clock) {
    this.relay = relay;
    this.notices = notices;
    this.json = json;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(Mail.KIND);
  }

  @Override
  public Result send(Item item) {
    Relay known = relay.getIfAvailable();
    if (known == null) {
      return new Result.Rejected("the relay was taken out of the settings");
    }
    if (!connections.tryAcquire()) {
      return new Result.RateLimited(TURN);
    }
    try {
      Result result = known.send(letter(item), item.id().toString(), clock.instant());
      metrics.mail(result instanceof Result.Sent ? Metrics.Mail.SENT : Metrics.Mail.FAILED);
      return result;
    } finally {
      connections.release();
    }
  }

  @Override
  public void settled(Item item, Result result) {
    boolean sent = result instanceof Result.Sent;
    if (!sent) {
      metrics.mail(Metrics.Mail.GIVEN_UP);
    }
    UUID notice = letter(item).notice();
    if (notice != null) {
      notices.count(notice, sent);
    }
  }

  private Letter letter(Item item) {
    return json.readValue(item.payload(), Letter.class);
  }
}
