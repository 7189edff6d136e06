package dev.bothy.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
  /// The vector that the Standard Webhooks project tests its own libraries with
  /// (github.com/standard-webhooks/standard-webhooks, libraries).
  @Test
  void aSignatureIsTheOneThatTheSpecificationsLibrariesExpect() {
    WebhookSecret secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aSecretIsOfTheLengthThatTheSpecificationAsksFor() {
    String text = WebhookSecret.random().text();

    assertThat(text).startsWith("whsec_").isNotEqualTo(WebhookSecret.random().text());
    assertThat(Base64.getDecoder().decode(text.substring("whsec_".length())))
        .hasSizeBetween(24, 64);
  }

  @Test
  void aSecretDoesNotShowInText() {
    assertThat(WebhookSecret.random()).hasToString("WebhookSecret(…)");
  }
}
