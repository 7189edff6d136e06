package dev.bothy.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.ApiWorld;
import dev.bothy.testkit.ApiWorlds;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.ConsoleForms;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// Every form of the console that changes something in a workspace is sent once, with success, and
/// leaves exactly one entry in the audit log. A form that nothing here knows fails.
@BothyTest
class OneEntryPerFormTest {
  @Autowired ApiWorlds worlds;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  static Stream<String> forms() {
    return ConsoleForms.ready().stream();
  }

  @Test
  void everyFormIsInTheTable() {
    Set<String> there = new TreeSet<>();
    mappings
        .getHandlerMethods()
        .keySet()
        .forEach(mapping -> {
          if (mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
            mapping.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/w/{workspace}"))
                .map(pattern ->
                    pattern
                        .replace("/w/{workspace}", "")
                        .replaceAll("\\{([a-z]+):.*?}(?=/|$)", "{$1}"))
                .forEach(there::add);
          }
        });
    Set<String> known = ConsoleForms.ready();
    known.addAll(ConsoleForms.LEFT_OUT.keySet());
    assertThat(known).isEqualTo(there);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aFormLeavesOneEntryThatSaysWhoAndFromWhere(String path) {
    ApiWorld world = worlds.fresh();
    ConsoleForms.Form form = ConsoleForms.of(path, world);
    Set<UUID> before = new HashSet<>();
    entries(world).forEach(entry -> before.add(entry.id()));
    HttpResponse<String> answer = world.form(world.signedIn(), form);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 399);
    List<AuditEntry> left =
        entries(world).stream()
            .filter(entry -> !before.contains(entry.id()))
            // What Bothy does by itself afterwards is its own.
            .filter(entry -> "console".equals(entry.origin().via()))
            .toList();
    assertThat(left).as(answer.body()).hasSize(1);
    assertThat(left.getFirst().actorKind()).isEqualTo("person");
    assertThat(left.getFirst().actor()).isEqualTo(world.signedIn().id().toString());
    assertThat(left.getFirst().origin().address()).isEqualTo("127.0.0.1");
  }

  private List<AuditEntry> entries(ApiWorld world) {
    return workspaces.inWorkspace(
        world.workspace().id(),
        () ->
            jdbc.sql(
                    "select "
                        + AuditRows.COLUMNS
                        + " from audit_entry e left join audit_link l"
                        + " on l.workspace_id = e.workspace_id and l.entry_id = e.id")
                .query((row, _) -> new AuditRows(JsonMapper.shared()).entry(row))
                .list());
  }
}
