package dev.bothy.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.mail.Mail;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestRelay;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Who gets the mail that a source of absences fails.
@BothyTest
class SourceTroublesTest {
  @Autowired Workspaces workspaces;
  @Autowired SourceMakers makers;
  @Autowired Members members;
  @Autowired ChatLinks links;
  @Autowired Connections connections;
  @Autowired Chat chat;
  @Autowired Mail mail;
  @Autowired TestPeople people;

  private final TestRelay relay = TestRelay.shared();
  private final String admin = UUID.randomUUID() + "@member.test";
  private final String maker = UUID.randomUUID() + "@member.test";
  private final UUID source = UUID.randomUUID();
  private Workspace workspace;
  private SourceTroubles troubles;

  @BeforeEach
  void somebodyToTell() {
    workspace = TestWorkspaces.fresh(workspaces);
    people.assign(workspace, person(admin), Role.ADMIN);
    PersonId made = person(maker);
    people.assign(workspace, made, Role.MEMBER);
    workspaces.inWorkspace(workspace.id(), () -> makers.put(source, made));
    troubles =
        new SourceTroubles(
            makers,
            members,
            links,
            connections,
            chat,
            mail,
            new InstallationSettings(
                URI.create("https://bothy.test"), "main", "Main", null, true, false),
            workspaces);
  }

  @Test
  void whoeverAddedItIsWrittenTo() throws Exception {
    tell(source);
    await().atMost(Duration.ofSeconds(20)).until(() -> !relay.receivedBy(maker).isEmpty());
    assertThat(relay.receivedBy(maker).getFirst().message().getSubject())
        .isEqualTo("The calendar of Ada at calendar.example.com cannot be read");
    assertThat(new String(relay.receivedBy(maker).getFirst().content(), StandardCharsets.UTF_8))
        .contains("It answered 404.")
        .contains("since 24 November 2026, 09:00 UTC")
        .contains("https://bothy.test/w/" + workspace.slug() + "/absences/feeds");
    assertThat(relay.receivedBy(admin)).isEmpty();
  }

  @Test
  void whereNobodyKnowsWhoAddedItTheAdminsAre() {
    tell(UUID.randomUUID());
    await().atMost(Duration.ofSeconds(20)).until(() -> !relay.receivedBy(admin).isEmpty());
    assertThat(relay.receivedBy(maker)).isEmpty();
  }

  private void tell(UUID about) {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            troubles.tell(
                new SourceTrouble(
                    about,
                    "The calendar of Ada at calendar.example.com",
                    null,
                    Instant.parse("2026-11-24T09:00:00Z"),
                    "It answered 404.",
                    "/absences/feeds")));
  }

  private PersonId person(String address) {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            members.provision(
                new Members.Profile("Ada", UUID.randomUUID().toString(), address),
                new Actor.System()));
  }
}
