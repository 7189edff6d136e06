package dev.bothy.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.work.DeadLetter;
import dev.bothy.platform.work.DeadLetters;
import dev.bothy.platform.work.Outbox;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestRelay;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/// Mail from a transaction to a real relay.
@BothyTest
class MailTest {
  private static final MailTemplate TEMPLATE =
      new MailTemplate.ExportReady(
          "Support", URI.create("https://bothy.test/w/x"), Instant.parse("2026-12-01T10:00:00Z"));

  @Autowired Mail mail;
  @Autowired Members members;
  @Autowired Outbox outbox;
  @Autowired DeadLetters deadLetters;
  @Autowired Workspaces workspaces;
  @Autowired JsonMapper json;
  @Autowired Clock clock;

  private final TestRelay relay = TestRelay.shared();
  private final String address = UUID.randomUUID() + "@member.test";
  private Workspace workspace;

  @BeforeEach
  void come() {
    workspace = TestWorkspaces.fresh(workspaces);
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private PersonId member(@Nullable String email) {
    return in(() ->
        members.provision(
            new Members.Profile("Ada", UUID.randomUUID().toString(), email), new Actor.System()));
  }

  @Test
  void aMemberGetsItAtTheAddressThatTheDirectorySent() throws Exception {
    PersonId person = member(address);

    MailOutcome outcome = in(() -> mail.send(person, TEMPLATE));

    UUID id = ((MailOutcome.Queued) outcome).message();
    await().atMost(Duration.ofSeconds(20)).until(() -> relay.receivedBy(address).size() == 1);
    TestRelay.Received came = relay.receivedBy(address).getFirst();
    assertThat(came.message().getMessageID()).isEqualTo("<" + id + "@customer.test>");
    assertThat(came.message().getSubject()).isEqualTo("Your export from Support is ready");
    assertThat(new String(came.content()))
        .contains("https://bothy.test/w/x", "1 December 2026, 10:00 UTC");
  }

  @Test
  void nothingGoesOutIfTheTransactionDoesNotCommit() {
    in(() -> {
      mail.send(address, TEMPLATE);
      workspaces.rollBack();
      return true;
    });
    String other = UUID.randomUUID() + "@member.test";
    in(() -> mail.send(other, TEMPLATE));

    await().atMost(Duration.ofSeconds(20)).until(() -> !relay.receivedBy(other).isEmpty());
    assertThat(relay.receivedBy(address)).isEmpty();
  }

  @Test
  void whoHasNoAddressIsAnOutcome() {
    assertThat(in(() -> mail.send(member(null), TEMPLATE))).isEqualTo(new MailOutcome.NoAddress());
    assertThat(in(() -> mail.send(new PersonId(UUID.randomUUID()), TEMPLATE)))
        .isEqualTo(new MailOutcome.NoAddress());
    for (String wrong : List.of("", "nobody", "a@b.test\r\nBcc: c@d.test", "Ada <a@b.test>")) {
      assertThat(in(() -> mail.send(wrong, TEMPLATE))).isEqualTo(new MailOutcome.NoAddress());
    }
  }

  @Test
  void withoutARelayNothingIsKept() {
    MailSettings none =
        new MailSettings(
            "", null, null, null, null, MailSettings.Security.STARTTLS, Duration.ofSeconds(5));
    Mail without = new Mail(none, members, outbox, json, clock);

    assertThat(without.isConfigured()).isFalse();
    assertThat(in(() -> without.send(address, TEMPLATE)))
        .isEqualTo(new MailOutcome.NotConfigured());
    assertThat(in(() -> without.send(member(null), TEMPLATE)))
        .isEqualTo(new MailOutcome.NotConfigured());
  }

  @Test
  void whatIsRefusedForNowComesLaterAndOnce() {
    relay.refuses(address, 451, 2);

    in(() -> mail.send(address, TEMPLATE));

    await().atMost(Duration.ofSeconds(20)).until(() -> relay.receivedBy(address).size() == 1);
  }

  @Test
  void whatIsRefusedForGoodIsPutAsideWithTheReason() {
    relay.refuses(address, 550, 1);

    in(() -> mail.send(address, TEMPLATE));

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(in(() -> deadLetters.page(new DeadLetter.Filter(null, null), null, 10)))
                .extracting(DeadLetter::kind, DeadLetter::problem)
                .containsExactly(tuple("mail", "the relay answered 550")));
  }

  @Test
  void aWarningAndANoticeSayWhatTheyAreFor() {
    MailTemplate.Words warning =
        new MailTemplate.DeletionWarning(
                "Support",
                "The workspace Support",
                Instant.parse("2026-12-01T10:00:00Z"),
                URI.create("https://bothy.test/bin"))
            .words();
    assertThat(warning.subject()).isEqualTo("The workspace Support will be deleted for good");
    assertThat(warning.paragraphs()).contains("https://bothy.test/bin");
    MailTemplate.Words notice =
        new MailTemplate.BreachNotice("Sup\nport", "One\r\nline.\r\n\r\nTwo.").words();
    assertThat(notice.subject()).isEqualTo("A notice about your data in Sup port");
    assertThat(notice.paragraphs()).containsExactly("One\nline.", "Two.");
  }
}
