package dev.bothy.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
  @Test
  void theWorstComesFirstWithNameResultMessageAndFix() {
    JsonNode checks =
        read(
            List.of(
                Finding.pass("one", "fine"),
                Finding.warn("two", "soon", "renew"),
                Finding.fail("three", "gone", "look")));

    assertThat(checks.valueStream().map(check -> check.path("name").asString()))
        .containsExactly("three", "two", "one");
    assertThat(checks.path(0).path("result").asString()).isEqualTo("FAIL");
    assertThat(checks.path(0).path("message").asString()).isEqualTo("gone");
    assertThat(checks.path(0).path("fix").asString()).isEqualTo("look");
    assertThat(checks.path(2).path("fix").asString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 25, 60, 400})
  void howeverMuchWasFoundItIsWholeAndFits(int number) {
    List<Finding> findings = new ArrayList<>();
    IntStream.range(0, number)
        .forEach(i -> {
          findings.add(Finding.pass("dns:host-" + i + ".example.com", "ä\"\n🙂".repeat(200)));
          findings.add(Finding.warn("tls:" + i, "w".repeat(900), "🙂".repeat(500)));
        });
    findings.add(Finding.fail("database", "refused", "give the password"));

    assertThat(Report.json(findings)).hasSizeLessThanOrEqualTo(Report.LARGEST);
    assertThat(read(findings).path(0).path("name").asString()).isEqualTo("database");
  }

  @Test
  void whatFailedKeepsItsWordsWhileWhatPassedIsCut() {
    List<Finding> findings = new ArrayList<>();
    IntStream.range(0, 20).forEach(i -> findings.add(Finding.pass("p" + i, "p".repeat(500))));
    findings.add(Finding.fail("f", "m".repeat(600), "x".repeat(600)));

    JsonNode checks = read(findings);
    assertThat(checks.path(0).path("message").asString()).hasSize(600);
    assertThat(checks.path(1).path("message").asString()).hasSizeLessThan(200);
  }

  private static JsonNode read(List<Finding> findings) {
    return JsonMapper.shared()
        .readTree(new String(Report.json(findings), StandardCharsets.UTF_8))
        .path("checks");
  }
}
