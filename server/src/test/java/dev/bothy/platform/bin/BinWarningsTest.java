package dev.bothy.platform.bin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.mail.Mail;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestRelay;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The last warning before something is gone.
@BothyTest
class BinWarningsTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired TestPeople people;
  @Autowired Bin bin;
  @Autowired BinTable table;
  @Autowired BinStays stays;
  @Autowired BinKinds kinds;
  @Autowired Mail mail;
  @Autowired Clock clock;
  @Autowired JdbcClient jdbc;

  private final TestRelay relay = TestRelay.shared();
  private final String admin = UUID.randomUUID() + "@member.test";
  private final String member = UUID.randomUUID() + "@member.test";
  private Workspace workspace;
  private BinWork work;

  @BeforeEach
  void somebodyToWarn() {
    workspace = TestWorkspaces.fresh(workspaces);
    people.assign(workspace, person(admin), Role.ADMIN);
    people.assign(workspace, person(member), Role.MEMBER);
    InstallationSettings installation =
        new InstallationSettings(
            URI.create("https://bothy.test"), "main", "Main", null, true, false);
    work =
        new BinWork(
            table, stays, kinds, new BinWarnings(kinds, mail, members, installation, workspaces));
  }

  @Test
  void adminsAreWarnedOnceADayBeforeItGoes() {
    BinItem item = put("rotations.rotation", "rotations");
    Instant warnAt = item.goesAt().minus(A_DAY);
    assertThat(run(item, warnAt.minusSeconds(60))).contains(warnAt);
    assertThat(item(item).warnedAt()).isNull();
    assertThat(run(item, warnAt)).contains(item.goesAt());
    run(item, warnAt.plusSeconds(60));
    await().atMost(Duration.ofSeconds(20)).until(() -> !relay.receivedBy(admin).isEmpty());
    assertThat(new String(relay.receivedBy(admin).getFirst().content()))
        .contains("/w/" + workspace.slug() + "/bin");
    assertThat(relay.receivedBy(admin)).hasSize(1);
    assertThat(relay.receivedBy(member)).isEmpty();
  }

  @Test
  void whatStaysADayOrLessHasNoWarning() {
    workspaces.inWorkspace(workspace.id(), () -> stays.choose("rotations", 1, clock.instant()));
    BinItem item = put("rotations.rotation", "rotations");
    assertThat(item.warnAt()).isNull();
    run(item, item.goesAt().minusSeconds(60));
    assertThat(item(item).warnedAt()).isNull();
  }

  @Test
  void aWorkspaceIsAnnouncedThreeDaysBefore() {
    BinItem item = put(Bin.WORKSPACE, "workspace");
    assertThat(item.warnAt()).isEqualTo(item.goesAt().minus(Duration.ofDays(3)));
  }

  private PersonId person(String address) {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            members.provision(
                new Members.Profile("Ada", UUID.randomUUID().toString(), address),
                new Actor.System()));
  }

  private BinItem put(String kind, String app) {
    String subject = UUID.randomUUID().toString();
    return workspaces.inWorkspace(
        workspace.id(),
        () -> {
          bin.put(new Bin.Deleted(kind, subject, app, new Actor.System()));
          return table.find(kind, subject).orElseThrow();
        });
  }

  private BinItem item(BinItem known) {
    return workspaces.inWorkspace(workspace.id(), () -> table.find(known.id())).orElseThrow();
  }

  private Optional<Instant> run(BinItem item, Instant now) {
    return workspaces.inWorkspace(workspace.id(), () -> work.run(new Due(item.id(), now, now)));
  }
}
