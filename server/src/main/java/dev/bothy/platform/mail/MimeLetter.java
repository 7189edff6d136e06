package dev.bothy.platform.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/// A letter as it goes over the wire: plain text, and the same as simple HTML.
final class MimeLetter extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String id;

  /// @param id the left part of its `Message-ID`: the same at each attempt
  MimeLetter(Session session, Letter letter, String id, String from, Instant now)
      throws MessagingException {
    super(session);
    this.id = "<" + id + from.substring(from.lastIndexOf('@')) + ">";
    setFrom(new InternetAddress(from, true));
    setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to(), true));
    setSubject(letter.subject(), UTF_8);
    setSentDate(Date.from(now));
    // RFC 3834: nobody's absence note answers it.
    setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(String.join("\n\n", letter.paragraphs()) + "\n", UTF_8);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(letter), UTF_8, "html");
    setContent(new MimeMultipart("alternative", text, html));
    saveChanges();
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  private static String html(Letter letter) {
    return letter.paragraphs().stream()
        .map(MimeLetter::paragraph)
        .collect(Collectors.joining("\n", "<!DOCTYPE html>\n<html><body>\n", "\n</body></html>\n"));
  }

  private static String paragraph(String text) {
    String shown = HtmlUtils.htmlEscape(text, UTF_8);
    return text.matches("https?://\\S+")
        ? "<p><a href=\"%s\">%s</a></p>".formatted(shown, shown)
        : "<p>" + shown.replace("\n", "<br>\n") + "</p>";
  }
}
