package dev.bothy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  @Test
  void withoutAnArgumentItIsTheServer() {
    assertThat(Command.parse()).isEqualTo(new Command.Serve(List.of()));
    assertThat(Command.parse("serve")).isEqualTo(new Command.Serve(List.of()));
  }

  @Test
  void settingsAloneAreTheServers() {
    assertThat(Command.parse("--server.port=1", "--debug"))
        .isEqualTo(new Command.Serve(List.of("--server.port=1", "--debug")));
  }

  @Test
  void aToolTakesSettingsToo() {
    assertThat(Command.parse("migrate", "--spring.flyway.url=x=y"))
        .isEqualTo(new Command.Migrate(List.of("--spring.flyway.url=x=y")));
  }

  @Test
  void theAdministratorOfTheDatabaseIsCalledPostgresUnlessSaid() {
    assertThat(Command.parse("prepare-database"))
        .isEqualTo(new Command.PrepareDatabase("postgres", List.of()));
    assertThat(Command.parse("prepare-database", "--admin-user=root", "--a=b"))
        .isEqualTo(new Command.PrepareDatabase("root", List.of("--a=b")));
  }

  @Test
  void preflightTakesAReportAndAService() {
    assertThat(Command.parse("preflight")).isEqualTo(new Command.Preflight(null, null, List.of()));
    assertThat(Command.parse("preflight", "--report=/tmp/r", "--service=http://bothy", "--a=b"))
        .isEqualTo(
            new Command.Preflight(Path.of("/tmp/r"), URI.create("http://bothy"), List.of("--a=b")));
  }

  @Test
  void theRealmIsLookedAtUnlessItIsToBeChanged() {
    assertThat(Command.parse("realm", "--a=b"))
        .isEqualTo(new Command.Realm(false, null, List.of("--a=b")));
    assertThat(Command.parse("realm", "--apply", "--report=/tmp/r"))
        .isEqualTo(new Command.Realm(true, Path.of("/tmp/r"), List.of()));
    assertThat(Command.parse("realm", "--client-json", "--a=b"))
        .isEqualTo(new Command.RealmClient(List.of("--a=b")));
  }

  @Test
  void aCodeIsForAUserName() {
    assertThat(Command.parse("break-glass", "--username=alice", "--a=b"))
        .isEqualTo(new Command.BreakGlass("alice", List.of("--a=b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "-h",
        "help",
        "migrate now",
        "migrate --now",
        "migrate --apply",
        "realm --apply --client-json",
        "realm --aply",
        "serve it",
        "break-glass",
        "break-glass --username=",
        "preflight --service=bothy",
        "preflight --service=ftp://bothy",
        "preflight --service=http://",
      })
  void anythingElseIsWrongAndIsTold(String line) {
    assertThat(Command.parse(line.split(" ")))
        .isInstanceOfSatisfying(
            Command.Wrong.class, wrong -> assertThat(wrong.why()).contains("--"));
  }
}
