package dev.bothy.platform.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.webhooks.Receiver;
import dev.bothy.testkit.ApiOperation;
import dev.bothy.testkit.ApiThings;
import dev.bothy.testkit.ApiWorld;
import dev.bothy.testkit.ApiWorlds;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.ConsoleForms;
import dev.bothy.testkit.RowsOf;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every page of a workspace, asked for with what is another workspace's.
@BothyTest
class OtherWorkspacePagesTest {
  /// What says of any connection that is not there that it has ended.
  private static final String ENDED = "/checks";

  @Autowired ApiWorlds worlds;
  @Autowired TestPeople people;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  private Receiver receiver;
  private ApiThings here;
  private ApiThings there;
  private TestPeople.Someone stranger;

  @BeforeEach
  void twoWorkspacesAndSomebodyOfOne() throws IOException {
    receiver = new Receiver();
    here = new ApiThings(worlds.fresh(), receiver.url());
    there = new ApiThings(worlds.freshOf(here.world().signedIn()), receiver.url()).withAll();
    stranger = people.signedIn(here.world().workspace(), "Olga", Role.OWNER);
  }

  @AfterEach
  void nobodyListens() {
    receiver.close();
  }

  private List<String> pages() {
    return mappings.getHandlerMethods().keySet().stream()
        .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET))
        .flatMap(mapping -> mapping.getPatternValues().stream())
        .filter(pattern -> pattern.startsWith("/w/{workspace}"))
        // A stream that does not end; RoomTest has it.
        .filter(pattern -> !pattern.endsWith("/live"))
        .sorted()
        .toList();
  }

  @Test
  void noPageShowsWhatIsAnothersAndOnesOwnAreThere() {
    assertThat(pages()).hasSizeGreaterThan(30);
    SoftAssertions softly = new SoftAssertions();
    for (String pattern : pages()) {
      ApiOperation page = ApiOperation.ofPage(pattern);
      String theirs = page.path(there, there, Set.of());
      assertSilent(softly, get(stranger, there, theirs), theirs, true);
      for (Set<String> kinds : page.foreignKinds()) {
        String mixed = page.path(here, there, kinds);
        assertSilent(softly, get(here.world().signedIn(), here, mixed), mixed, true);
      }
      String own = page.path(here, here, Set.of());
      HttpResponse<String> answer = get(here.world().signedIn(), here, own);
      assertSilent(softly, answer, own, false);
      // The first wants to know whose; the second is for those whom the rotation lets read.
      if (!pattern.endsWith("/parts") && !pattern.endsWith("/notes")) {
        softly.assertThat(answer.statusCode()).as("own " + own).isIn(200, 302, 303, 409);
      }
    }
    softly
        .assertThat(RowsOf.naming(here.world().workspace().id().value(), foreign()))
        .as("tables here that name what is there")
        .isEmpty();
    softly.assertAll();
  }

  /// Sent to one's own workspace with what is the other's, and to the other.
  @Test
  void noFormChangesWhatIsAnothers() {
    ApiWorld mine = here.world();
    ApiWorld theirs = there.world();
    Map<String, ConsoleForms.Form> forms = new LinkedHashMap<>();
    ConsoleForms.ready().forEach(path -> forms.put(path, ConsoleForms.of(path, theirs)));
    // What is made is looked at above; signing out everywhere would end the test.
    forms.remove("/profile/sessions/end-others");
    Map<String, String> before = RowsOf.quiet(theirs.workspace().id().value());
    SoftAssertions softly = new SoftAssertions();
    forms.forEach((path, form) -> {
      assertSilent(softly, theirs.form(stranger, form), form.below() + form.fields(), true);
      HttpResponse<String> answer = mine.form(mine.signedIn(), form);
      softly.assertThat(answer.statusCode()).as(path).isLessThan(500);
      assertSilent(softly, answer, form.below() + form.fields(), false);
    });
    softly
        .assertThat(RowsOf.quiet(theirs.workspace().id().value()))
        .containsExactlyEntriesOf(before);
    softly.assertAll();
  }

  private static HttpResponse<String> get(TestPeople.Someone who, ApiThings in, String path) {
    return in.world()
        .http()
        .pageOf(
            who.token(),
            "/w/" + in.world().workspace().slug() + path.replace("/slack/connections/", "/slack/"));
  }

  private void assertSilent(
      SoftAssertions softly, HttpResponse<String> answer, String path, boolean refused) {
    if (refused && !path.endsWith(ENDED)) {
      softly.assertThat(answer.statusCode()).as(path).isIn(403, 404);
    }
    softly
        .assertThat(foreign().stream().filter(each -> answer.body().contains(each)))
        .as(path + " answers " + answer.body())
        .allMatch(each -> path.contains(each) || each.equals(there.world().workspace().slug()));
  }

  private List<String> foreign() {
    List<String> all = new ArrayList<>(there.ids());
    all.add(there.world().mark());
    all.add(there.world().workspace().id().toString());
    return all;
  }
}
