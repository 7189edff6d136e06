package dev.bothy.platform.mail;

import dev.bothy.platform.egress.EgressRefused;
import dev.bothy.platform.egress.RelaySockets;
import dev.bothy.platform.work.OutboxSender.Result;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks SMTP (RFC 5321) with the customer's relay, never without TLS: a relay that does not offer
/// it, or whose certificate is not its own, gets neither a letter nor the login.
final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  /// From here on SMTP refuses for good (RFC 5321 §4.2.1).
  private static final int FOR_GOOD = 500;

  private final MailSettings settings;
  private final Session session;

  /// @param settings with a host
  Relay(MailSettings settings, RelaySockets sockets) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings, sockets));
  }

  private static Properties properties(MailSettings settings, RelaySockets sockets) {
    Properties properties = new Properties();
    String patience = Long.toString(settings.patience().toMillis());
    properties.put("mail.smtp.socketFactory", sockets);
    // Else the library would try once more by itself, around the guard.
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.ssl.socketFactory", sockets.upgrade());
    properties.put("mail.smtp.ssl.socketFactory.fallback", "false");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    boolean starttls = settings.security() == MailSettings.Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(starttls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(starttls));
    properties.put("mail.smtp.auth", Boolean.toString(settings.hasLogin()));
    properties.put("mail.smtp.connectiontimeout", patience);
    properties.put("mail.smtp.timeout", patience);
    String from = Objects.requireNonNull(settings.from());
    // What greets the relay; the machine's own name is nobody's business.
    properties.put("mail.smtp.localhost", from.substring(from.lastIndexOf('@') + 1));
    return properties;
  }

  /// Signs in as if to send, and says goodbye.
  ///
  /// @return why that failed; empty if it did not
  Optional<String> greet() {
    try {
      Transport transport = session.getTransport("smtp");
      try {
        connect(transport);
      } finally {
        close(transport);
      }
      return Optional.empty();
    } catch (MessagingException e) {
      return Optional.of(
          switch (failed(e)) {
            case Result.Unreachable(String reason) -> reason;
            case Result.Rejected(String reason) -> reason;
            case Result.Sent _, Result.RateLimited _, Result.Unsupported _ -> "it failed";
          });
    }
  }

  private void connect(Transport transport) throws MessagingException {
    transport.connect(
        settings.host(),
        settings.actualPort(),
        settings.hasLogin() ? settings.username() : null,
        settings.hasLogin() ? settings.password() : null);
  }

  /// Sends the letter.
  ///
  /// @param id the left part of its `Message-ID`
  Result send(Letter letter, String id, Instant now) {
    try {
      MimeLetter message =
          new MimeLetter(session, letter, id, Objects.requireNonNull(settings.from()), now);
      Transport transport = session.getTransport("smtp");
      try {
        connect(transport);
        transport.sendMessage(message, message.getAllRecipients());
      } finally {
        close(transport);
      }
      return new Result.Sent(message.getMessageID());
    } catch (MessagingException e) {
      return failed(e);
    }
  }

  /// What was taken is taken, whatever becomes of the goodbye.
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("A relay did not say goodbye", e);
    }
  }

  /// By number and kind: the relay's words may quote the address.
  private static Result failed(MessagingException failure) {
    Optional<Integer> code = code(failure);
    if (code.isPresent()) {
      String reason = "the relay answered " + code.get();
      return code.get() >= FOR_GOOD ? new Result.Rejected(reason) : new Result.Unreachable(reason);
    }
    if (failure instanceof AuthenticationFailedException) {
      return new Result.Unreachable("the relay refused the login");
    }
    for (Throwable each = failure; each != null; each = next(each)) {
      if (each instanceof EgressRefused refused) {
        return new Result.Unreachable("the call was refused: " + refused.refusal().reason());
      }
      if (each instanceof CertificateException || each instanceof SSLException) {
        return new Result.Unreachable("the relay's certificate or TLS is not believed");
      }
    }
    String words = String.valueOf(failure.getMessage());
    return new Result.Unreachable(
        words.startsWith("STARTTLS is required")
            ? "the relay offers no STARTTLS"
            : "the relay was not reached (" + failure.getClass().getSimpleName() + ")");
  }

  /// What SMTP answered, of the letter or its recipient.
  private static Optional<Integer> code(MessagingException failure) {
    int code = 0;
    for (Throwable each = failure; each != null; each = next(each)) {
      switch (each) {
        case SMTPAddressFailedException address -> code = Math.max(code, address.getReturnCode());
        case SMTPSenderFailedException sender -> code = Math.max(code, sender.getReturnCode());
        case SMTPSendFailedException send -> code = Math.max(code, send.getReturnCode());
        default -> {}
      }
    }
    return code >= 400 ? Optional.of(code) : Optional.empty();
  }

  /// Such exceptions hang in two ways from each other.
  private static @Nullable Throwable next(Throwable each) {
    if (each instanceof MessagingException messaging && messaging.getNextException() != null) {
      return messaging.getNextException();
    }
    return each.getCause() == each ? null : each.getCause();
  }
}
