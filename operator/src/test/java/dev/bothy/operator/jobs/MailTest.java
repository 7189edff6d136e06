package dev.bothy.operator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.KeyRef;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the specification says of a mail relay, as the server gets it.
class MailTest {
  private static BothySpec spec(String mail) {
    return Serialization.unmarshal(
        """
        mode: Production
        version: 1.0.0
        publicAddress: https://bothy.example.com
        firstOwner: anna
        region: eu-central
        signOn: {issuer: https://login.example.com/realms/bothy}
        database: {host: db.example.com, appPassword: {name: a, key: b}, migratePassword: {name: c, key: d}}
        keys: {provider: LocalFile}
        """
            + mail,
        BothySpec.class);
  }

  @Test
  void theServerIsToldOfItAndItAloneGetsThePassword() {
    BothySpec spec =
        spec(
            "mail: {host: relay.example.com, from: bothy@example.com, username: bothy,"
                + " password: {name: mail, key: pass}, security: Tls}");

    assertThat(ServerSettings.of(spec))
        .containsAllEntriesOf(
            Map.of(
                "bothy.mail.host", "relay.example.com",
                "bothy.mail.from", "bothy@example.com",
                "bothy.mail.username", "bothy",
                "bothy.mail.security", "tls"))
        .doesNotContainKeys("bothy.mail.port", "bothy.mail.password");
    assertThat(Purpose.SERVE.secrets(spec))
        .containsEntry("bothy.mail.password", new KeyRef("mail", "pass"));
    assertThat(Purpose.MIGRATE.secrets(spec)).doesNotContainKey("bothy.mail.password");
  }

  @Test
  void withoutOneNothingIsSaid() {
    BothySpec spec = spec("");

    assertThat(ServerSettings.of(spec).keySet()).noneMatch(key -> key.startsWith("bothy.mail"));
    assertThat(Purpose.SERVE.secrets(spec)).doesNotContainKey("bothy.mail.password");
  }
}
