package dev.bothy.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.egress.EgressRegister;
import dev.bothy.platform.mail.MailSettings.Security;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestRelay;
import dev.bothy.testkit.TestRelay.Speaks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The relay's own language, with real SMTP servers that are as they should be and as they should
/// not.
@BothyTest
class RelayTest {
  @Autowired Egress egress;

  private final TestRelay shared = TestRelay.shared();
  private final String to = UUID.randomUUID() + "@member.test";

  private Result send(String host, int port, Security security, String password) {
    MailSettings settings =
        new MailSettings(
            host,
            port,
            "bothy@customer.test",
            password.isEmpty() ? null : TestRelay.USER,
            password.isEmpty() ? null : password,
            security,
            Duration.ofSeconds(5));
    Relay relay =
        new Relay(
            settings,
            egress.relaySockets(EgressRegister.ON_PREMISES_OWNER, security == Security.TLS));
    Letter letter = new Letter(to, "Grüße", List.of("One", "https://bothy.test/x?a=1&b=2"), null);
    return relay.send(letter, "0197-test", Instant.parse("2026-11-27T09:00:00Z"));
  }

  @Test
  void aLetterGoesByStarttlsWithALoginAndWithoutOne() throws Exception {
    try (TestRelay relay = shared.another(Speaks.STARTTLS)) {
      for (String password : List.of("", TestRelay.PASSWORD)) {
        assertThat(send("localhost", relay.port(), Security.STARTTLS, password))
            .isEqualTo(new Result.Sent("<0197-test@customer.test>"));
      }
      assertThat(relay.receivedBy(to)).hasSize(2);
      TestRelay.Received came = relay.receivedBy(to).getFirst();
      assertThat(came.from()).isEqualTo("bothy@customer.test");
      assertThat(came.message().getMessageID()).isEqualTo("<0197-test@customer.test>");
      assertThat(came.message().getSubject()).isEqualTo("Grüße");
      assertThat(came.message().getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(came.message().getContentType()).startsWith("multipart/alternative");
      assertThat(new String(came.content()))
          .contains("<a href=\"https://bothy.test/x?a=1&amp;b=2\">");
    }
  }

  @Test
  void aLetterGoesByTlsFromTheFirstByte() {
    try (TestRelay relay = shared.another(Speaks.TLS)) {
      assertThat(send("localhost", relay.port(), Security.TLS, TestRelay.PASSWORD))
          .isInstanceOf(Result.Sent.class);
      assertThat(relay.receivedBy(to)).hasSize(1);
    }
  }

  @Test
  void aRelayWithoutTlsGetsNothing() {
    try (TestRelay relay = shared.another(Speaks.PLAIN)) {
      assertThat(send("localhost", relay.port(), Security.STARTTLS, TestRelay.PASSWORD))
          .isEqualTo(new Result.Unreachable("the relay offers no STARTTLS"));
      assertThat(send("localhost", relay.port(), Security.TLS, TestRelay.PASSWORD))
          .isInstanceOf(Result.Unreachable.class);
      assertThat(relay.receivedBy(to)).isEmpty();
    }
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsNotBelieved() {
    try (TestRelay relay = TestRelay.ofAnotherAuthority()) {
      assertThat(send("localhost", relay.port(), Security.STARTTLS, TestRelay.PASSWORD))
          .isEqualTo(new Result.Unreachable("the relay's certificate or TLS is not believed"));
      assertThat(relay.receivedBy(to)).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherNameIsNotBelieved() {
    try (TestRelay relay = shared.another(Speaks.STARTTLS);
        TestRelay tls = shared.another(Speaks.TLS)) {
      assertThat(send("127.0.0.2", relay.port(), Security.STARTTLS, TestRelay.PASSWORD))
          .isEqualTo(new Result.Unreachable("the relay's certificate or TLS is not believed"));
      assertThat(send("127.0.0.2", tls.port(), Security.TLS, TestRelay.PASSWORD))
          .isEqualTo(new Result.Unreachable("the relay's certificate or TLS is not believed"));
    }
  }

  @Test
  void aRefusalForNowIsTriedAgainAndOneForGoodIsNot() {
    try (TestRelay relay = shared.another(Speaks.STARTTLS)) {
      relay.refuses(to, 451, 1);
      assertThat(send("localhost", relay.port(), Security.STARTTLS, TestRelay.PASSWORD))
          .isEqualTo(new Result.Unreachable("the relay answered 451"));
      relay.refuses(to, 550, 1);
      assertThat(send("localhost", relay.port(), Security.STARTTLS, TestRelay.PASSWORD))
          .isEqualTo(new Result.Rejected("the relay answered 550"));
      assertThat(relay.receivedBy(to)).isEmpty();
    }
  }

  @Test
  void aWrongLoginIsSaidAndTriedAgain() {
    try (TestRelay relay = shared.another(Speaks.STARTTLS)) {
      assertThat(send("localhost", relay.port(), Security.STARTTLS, "wrong"))
          .isEqualTo(new Result.Unreachable("the relay refused the login"));
    }
  }

  @Test
  void aHostThatIsNotRegisteredIsNotCalled() {
    assertThat(send("relay.example.com", 587, Security.STARTTLS, ""))
        .isEqualTo(new Result.Unreachable("the call was refused: not_registered"));
  }

  @Test
  void aRelayThatIsNotThereIsTriedAgain() {
    TestRelay gone = shared.another(Speaks.STARTTLS);
    int port = gone.port();
    gone.close();
    assertThat(send("localhost", port, Security.STARTTLS, ""))
        .isInstanceOf(Result.Unreachable.class);
  }
}
