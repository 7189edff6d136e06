package dev.bothy.platform.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The customer's mail relay.
///
/// @param host its name; null or empty: no mail is sent
/// @param port null means that of [#security]: 587 or 465
/// @param from the sender's address; required with a host
/// @param username null or empty: no login
/// @param password required with a user name
/// @param security how TLS begins; there is none without
/// @param patience for connecting and for each answer
@Validated
@ConfigurationProperties("bothy.mail")
record MailSettings(
    @Nullable String host,
    @Nullable
        @Min(value = 1, message = "bothy.mail.port must be 1 to 65535")
        @Max(value = 65535, message = "bothy.mail.port must be 1 to 65535")
        Integer port,
    @Nullable String from,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("starttls") Security security,
    @DefaultValue("30s")
        @DurationMin(seconds = 1, message = "bothy.mail.patience must be 1s to 5m")
        @DurationMax(minutes = 5, message = "bothy.mail.patience must be 1s to 5m")
        Duration patience) {
  /// How TLS begins.
  enum Security {
    /// The connection is plain until the relay has agreed to TLS (RFC 3207); it must.
    STARTTLS(587),
    /// From the first byte on (RFC 8314 §3.3).
    TLS(465);

    private final int port;

    Security(int port) {
      this.port = port;
    }
  }

  boolean isConfigured() {
    return host != null && !host.isBlank();
  }

  /// The relay as the egress register has it: `smtp://host:port`.
  String origin() {
    return "smtp://" + host + ":" + actualPort();
  }

  int actualPort() {
    return port == null ? security.port : port;
  }

  @AssertTrue(
      message = "bothy.mail.host must be a host's name alone; its port goes into bothy.mail.port")
  boolean isHostAName() {
    return !isConfigured() || String.valueOf(host).matches("[A-Za-z0-9.-]{1,253}");
  }

  @AssertTrue(
      message =
          "bothy.mail.from must be an e-mail address such as bothy@example.com where bothy.mail.host"
              + " is set")
  boolean isFromAnAddress() {
    return !isConfigured() || (from != null && isAddress(from));
  }

  @AssertTrue(message = "bothy.mail.username and bothy.mail.password go together")
  boolean isLoginWhole() {
    return hasLogin() == (password != null && !password.isEmpty());
  }

  boolean hasLogin() {
    return username != null && !username.isEmpty();
  }

  /// An address with a domain, and nothing else.
  static boolean isAddress(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      return text.equals(address.getAddress()) && text.indexOf('@') > 0;
    } catch (AddressException e) {
      return false;
    }
  }

  /// Without what is secret.
  @Override
  public String toString() {
    return "MailSettings[host=" + host + ", port=" + actualPort() + "]";
  }
}
