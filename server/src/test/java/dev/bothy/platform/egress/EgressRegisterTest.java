package dev.bothy.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EgressRegisterTest {
  private EgressFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new EgressFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void itListsEveryPlaceTheServerMayCall() {
    fixture.builtIn("slack.com", "Slack Technologies", "us");
    fixture.listed("https://models.example", "Example Models", "also-here");
    fixture.onPremises("http://mattermost.internal:8065");

    assertThat(fixture.register().entries())
        .extracting(entry -> entry.origin() + " " + entry.owner() + " " + entry.source())
        .containsExactly(
            "https://slack.com Slack Technologies BUILT_IN",
            "https://models.example Example Models LISTED",
            "http://mattermost.internal:8065 On-premises ON_PREMISES");
  }

  @Test
  void anOnPremisesHostIsInTheInstallationsRegion() {
    fixture.onPremises("mattermost.internal");

    assertThat(fixture.register().entries())
        .extracting(Destination::region)
        .containsExactly("here");
  }

  @Test
  void whatTheCustomerRunsIsInTheInstallationsRegion() {
    fixture.builtIn("https://login.example", "Identity provider", Destination.OWN_REGION);

    assertThat(fixture.register().entries())
        .extracting(Destination::region)
        .containsExactly("here");
  }

  @Test
  void itMaySayThatABuiltInDestinationKeepsItsDataElsewhere() {
    fixture.builtIn("slack.com", "Slack Technologies", "us");
    fixture.listed("slack.com", "Slack Technologies", "also-here");

    assertThat(fixture.register().entries())
        .singleElement()
        .extracting(Destination::region)
        .isEqualTo("also-here");
  }

  @Test
  void listingABuiltInHostAsOnPremisesKeepsItsOwner() {
    fixture.builtIn("https://sso.internal", "The sign-on", "here").onPremises("sso.internal");

    assertThat(fixture.register().entries())
        .singleElement()
        .extracting(Destination::owner)
        .isEqualTo("The sign-on");
  }

  @Test
  void anExactEntryComesBeforeOneForEveryPort() {
    fixture
        .builtIn("http://127.0.0.1:8080", "The sign-on", "here")
        .onPremises("http://127.0.0.1:*");
    EgressRegister register = fixture.register();

    assertThat(register.find(Origin.parse("http://127.0.0.1:8080")))
        .hasValueSatisfying(entry -> assertThat(entry.owner()).isEqualTo("The sign-on"));
    assertThat(register.find(Origin.parse("http://127.0.0.1:9")))
        .hasValueSatisfying(
            entry -> assertThat(entry.owner()).isEqualTo(EgressRegister.ON_PREMISES_OWNER));
  }

  @Test
  void anotherOwnerForABuiltInDestinationStopsTheStart() {
    fixture.builtIn("slack.com", "Slack Technologies", "us").listed("slack.com", "Me", "us");

    assertThatThrownBy(fixture::register)
        .hasMessageContaining("bothy.egress.destinations[].owner")
        .hasMessageContaining("Slack Technologies");
  }

  @Test
  void everyPortOfAHostThatIsNotOnPremisesStopsTheStart() {
    fixture.listed("models.example:*", "Example Models", "here");

    assertThatThrownBy(fixture::register).hasMessageContaining("names every port");
  }

  @Test
  void whatCannotBeReadStopsTheStartAndNamesTheKey() {
    assertThatThrownBy(fixture.onPremises("https://host/path")::register)
        .hasMessageContaining("bothy.egress.on-premises-hosts")
        .hasMessageContaining("without a path");
  }

  @ParameterizedTest
  @CsvSource({"10/8", "10.0.0.0", "10.0.0.0/33", "fd00::/129", "host/8", "10.0.0.0/-1", "/8"})
  void whatIsNoRangeStopsTheStartAndNamesTheKey(String written) {
    assertThatThrownBy(fixture.onPremisesRange(written)::register)
        .hasMessageContaining("bothy.egress.on-premises-cidrs")
        .hasMessageContaining("write it like 10.0.0.0/8 or fd00::/8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bothy.egress.other=1                      | bothy.egress.region is missing",
        "bothy.egress.region=Not a region          | bothy.egress.region is 1 to 40 of a-z",
        "bothy.egress.allowed-regions=EU!          | bothy.egress.allowed-regions",
        "bothy.egress.connect-timeout=0s           | greater than zero",
        "bothy.egress.maximum-response-size=-1B    | greater than zero",
        "bothy.egress.destinations[0].origin=a.example | bothy.egress.destinations[].owner",
      })
  void aWrongValueStopsTheStartAndNamesTheKey(String property, String message) {
    new ApplicationContextRunner()
        .withUserConfiguration(Properties.class)
        .withPropertyValues(
            property.startsWith("bothy.egress.other") ? "x=y" : "bothy.egress.region=here",
            property)
        .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(message));
  }

  @EnableConfigurationProperties(EgressProperties.class)
  static class Properties {}
}
