package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.bin.BinDesk;
import dev.bothy.platform.bin.BinDesk.Outcome;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinLine;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionBack;
import dev.bothy.platform.chat.ConnectionGone;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/// Connections to Slack in the bin.
@BothyTest
@RecordApplicationEvents
class SlackBinTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackInstalls installs;
  @Autowired SlackConnections slackConnections;
  @Autowired SlackEndings endings;
  @Autowired Connections connections;
  @Autowired BinDesk desk;
  @Autowired List<ScheduleHandler> handlers;
  @Autowired Clock clock;
  @Autowired JdbcClient jdbc;

  private final FakeSlack slack = FakeSlack.shared();
  private final SlackPlace acme =
      SlackPlace.workspace(
          "Acme", UUID.randomUUID().toString().substring(0, 6).toUpperCase(Locale.ROOT));
  private Workspace workspace;
  private Viewer admin;
  private SlackInstallWorld world;
  private ChatConnection connection;

  @BeforeEach
  void install() {
    workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone someone = people.signedIn(workspace, "Admin", Role.ADMIN);
    admin = new Viewer(someone.id(), "Admin", workspace.id(), workspace.slug(), Set.of(Role.ADMIN));
    world = new SlackInstallWorld(slack, installs, workspace, admin.person(), true);
    connection = world.install(acme);
  }

  @Test
  void whatAnAdminEndedKeepsItsSecretsForFourteenDaysAndWorksAgainAtAClick() {
    byte[] before = in(() -> connections.storedSecrets(connection.id()));
    slackConnections.disconnect(workspace.id(), admin.person(), connection.id());
    BinItem item = binned().item();
    assertThat(Duration.between(item.deletedAt(), item.goesAt())).isEqualTo(Duration.ofDays(14));
    assertThat(in(connections::list)).isEmpty();
    assertThat(desk.restore(admin, item.id())).isInstanceOf(Outcome.Done.class);
    assertThat(in(connections::list)).containsExactly(connection);
    assertThat(in(() -> connections.storedSecrets(connection.id()))).isEqualTo(before);
    assertThat(desk.list(admin)).isEmpty();
  }

  @Test
  void whatSlackUninstalledStaysThirtyDaysAndIsGoneThen() {
    uninstall();
    BinLine line = binned();
    BinItem item = line.item();
    assertThat(item.uninstalled()).isTrue();
    assertThat(item.deletedBy()).isNull();
    assertThat(Duration.between(item.deletedAt(), item.goesAt())).isEqualTo(Duration.ofDays(30));
    assertThat(desk.restore(admin, item.id()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.problem().message()).contains("Install the app again"));
    in(() ->
        jdbc.sql(
                "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                    + " active, bot, looked_up_at) values (?, ?, 'U1', 'Ada', 'UTC', true, false,"
                    + " now())")
            .params(workspace.id().value(), connection.id().value())
            .update());
    in(() ->
        jdbc.sql(
                "insert into chat_link (workspace_id, connection_id, account, person_id,"
                    + " linked_by, linked_at) values (?, ?, 'U1', ?, 'ADMIN', now())")
            .params(workspace.id().value(), connection.id().value(), admin.person().value())
            .update());
    ScheduleHandler work =
        handlers.stream().filter(each -> each.kind().equals("bin.look")).findFirst().orElseThrow();
    in(() -> work.run(new ScheduleHandler.Due(item.id(), item.goesAt(), item.goesAt())));
    for (String table :
        List.of("chat_connection", "chat_account", "chat_link", "slack_renewal", "bin_item")) {
      assertThat(in(() -> jdbc.sql("select count(*) from " + table).query(Long.class).single()))
          .as(table)
          .isZero();
    }
    assertThat(world.install(acme).id()).isNotEqualTo(connection.id());
  }

  @Test
  void installedAgainWithinTheGraceItIsBackUnderItsId() {
    uninstall();
    assertThat(world.install(acme).id()).isEqualTo(connection.id());
    assertThat(desk.list(admin)).isEmpty();
    assertThat(in(connections::list)).extracting(ChatConnection::id).contains(connection.id());
  }

  @Test
  void whoeverLetSomethingRestHearsThatItIsBackAndWhoeverKeepsSomethingThatItIsGone(
      ApplicationEvents events) {
    world.install(acme);
    assertThat(heard(events, ConnectionBack.class)).as("it had not ended").isZero();
    uninstall();
    world.install(acme);
    assertThat(heard(events, ConnectionBack.class)).isEqualTo(1);
    slackConnections.disconnect(workspace.id(), admin.person(), connection.id());
    desk.restore(admin, binned().item().id());
    assertThat(heard(events, ConnectionBack.class)).isEqualTo(2);

    uninstall();
    assertThat(heard(events, ConnectionGone.class)).isZero();
    BinItem item = binned().item();
    ScheduleHandler work =
        handlers.stream().filter(each -> each.kind().equals("bin.look")).findFirst().orElseThrow();
    in(() -> work.run(new ScheduleHandler.Due(item.id(), item.goesAt(), item.goesAt())));
    assertThat(heard(events, ConnectionGone.class)).isEqualTo(1);
    assertThat(in(connections::listAll)).isEmpty();
  }

  private static long heard(ApplicationEvents events, Class<?> kind) {
    return events.stream(kind).count();
  }

  @Test
  void anotherWorkspaceCannotPutItAway() {
    Workspace other = TestWorkspaces.fresh(workspaces);
    Viewer stranger =
        new Viewer(admin.person(), "Admin", other.id(), other.slug(), Set.of(Role.ADMIN));
    assertThat(desk.putAway(stranger, SlackBin.KIND, connection.id().toString()))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(in(connections::list)).containsExactly(connection);
  }

  private void uninstall() {
    assertThat(
            endings.removed(
                connection,
                new InboundEvent.AppRemoved(
                    "", SlackReason.UNINSTALLED, clock.instant().plusSeconds(2))))
        .isTrue();
  }

  private BinLine binned() {
    assertThat(desk.list(admin)).hasSize(1);
    return desk.list(admin).getFirst();
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }
}
