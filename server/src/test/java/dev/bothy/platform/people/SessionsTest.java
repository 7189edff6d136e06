package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class SessionsTest {
  @Autowired Sessions sessions;
  @Autowired TestPeople people;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void aSessionEndsTwoHoursAfterTheLastRequest() {
    TestPeople.Someone ada = people.stranger("Ada");
    clock.advance(Duration.ofMinutes(119));
    assertThat(sessions.find(ada.token())).isPresent();
    clock.advance(Duration.ofMinutes(119));
    assertThat(sessions.find(ada.token())).isPresent();
    clock.advance(Duration.ofMinutes(121));
    assertThat(sessions.find(ada.token())).isEmpty();
  }

  @Test
  void aSessionEndsAfterTwelveHoursHoweverActive() {
    TestPeople.Someone ada = people.stranger("Ada");
    for (int hour = 1; hour < 12; hour++) {
      clock.advance(Duration.ofHours(1));
      assertThat(sessions.find(ada.token())).isPresent();
    }
    clock.advance(Duration.ofMinutes(61));
    assertThat(sessions.find(ada.token())).isEmpty();
  }

  @Test
  void theDatabaseHoldsTheHashOfTheCookieAndNothingToSignInWith() {
    TestPeople.Someone ada = people.stranger("Ada");
    String row =
        workspaces.forInstallation(() ->
            jdbc.sql("select session::text from session where person_id = ?")
                .param(ada.id().value())
                .query(String.class)
                .single());
    assertThat(row).doesNotContain(ada.token()).contains("\\x");
  }

  @Test
  void aMadeUpCookieIsNobodys() {
    assertThat(sessions.find(Tokens.random())).isEmpty();
    assertThat(sessions.find("x' or 1=1")).isEmpty();
  }
}
