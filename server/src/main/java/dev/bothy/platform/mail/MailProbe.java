package dev.bothy.platform.mail;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Looks whether the relay that the settings name takes mail from here; for the preflight, which
/// says what is wrong before there is a server. Nothing is sent.
public final class MailProbe {
  private final MailSettings settings;
  private final ObjectProvider<Relay> relay;

  private MailProbe(MailSettings settings, ObjectProvider<Relay> relay) {
    this.settings = settings;
    this.relay = relay;
  }

  /// What a program needs that only looks.
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(MailSettings.class)
  @Import(MailConfiguration.WithRelay.class)
  public static class Beans {
    @Bean
    MailProbe mailProbe(MailSettings settings, ObjectProvider<Relay> relay) {
      return new MailProbe(settings, relay);
    }
  }

  /// The relay's host and port; empty if the settings name none.
  public Optional<String> relay() {
    return settings.isConfigured()
        ? Optional.of(settings.host() + ":" + settings.actualPort())
        : Optional.empty();
  }

  /// Connects, begins TLS, and signs in if there is a login.
  ///
  /// @return what was wrong, as half a sentence; empty if nothing was, or there is no relay
  public Optional<String> problem() {
    Relay known = relay.getIfAvailable();
    return known == null ? Optional.empty() : known.greet();
  }
}
