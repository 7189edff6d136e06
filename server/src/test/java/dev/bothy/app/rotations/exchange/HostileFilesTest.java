package dev.bothy.app.rotations.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class HostileFilesTest {
  private static final Instant NOW = Instant.parse("2026-03-25T12:00:00Z");

  @Test
  void aFileThatIsTooLargeIsRefused() {
    assertThat(Files.refusal(new byte[ScheduleFiles.MOST_BYTES + 1]))
        .isEqualTo("The file has 5000001 bytes; it takes up to 5000000.");
  }

  @Test
  void whatIsNoPlanIsRefusedInWords() {
    assertThat(Files.refusal(new byte[0])).isEqualTo("The file is empty.");
    assertThat(Files.refusal("name,start\nAda,9".getBytes(UTF_8))).contains("neither JSON nor");
    assertThat(Files.refusal("{\"hello\": 1}".getBytes(UTF_8))).contains("none that is known");
    assertThat(Files.refusal("{\"schedule_layers\": [".getBytes(UTF_8)))
        .isEqualTo(
            "The file is no JSON that can be read (line 1, column 22): it is cut off, malformed or"
                + " nested deeper than 40.");
    assertThat(Files.refusal("[".repeat(100_000).getBytes(UTF_8)))
        .contains("nested deeper than 40");
    assertThat(Files.refusal("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n".getBytes(UTF_8)))
        .contains("Line ");
  }

  @Test
  void aByteOrderMarkIsNoHindrance() {
    byte[] file = ("\uFEFF" + new String(Files.bytes("pagerduty.json"), UTF_8)).getBytes(UTF_8);
    assertThat(ScheduleFiles.read(file, NOW))
        .isEqualTo(ScheduleFiles.read(Files.bytes("pagerduty.json"), NOW));
  }

  @Test
  @Timeout(20)
  void tooManyOfAnythingIsRefusedAndQuickly() {
    String layer =
        "{\"rotation_virtual_start\":\"1991-01-01T00:00:00Z\",\"rotation_turn_length_seconds\":3600,"
            + "\"users\":[{\"user\":{\"id\":\"a\"}}],\"restrictions\":[%s]}";
    String restriction =
        "{\"type\":\"daily_restriction\",\"start_time_of_day\":\"01:00:00\",\"duration_seconds\":600000}";
    assertThat(
            Files.refusal(
                ("{\"schedule_layers\":[" + many(layer.formatted(""), 60) + "]}").getBytes(UTF_8)))
        .contains("There are 60 layers in it; it takes up to 50");
    String restricted = layer.formatted(many(restriction, 30_000));
    assertThat(Files.refusal(("{\"schedule_layers\":[" + restricted + "]}").getBytes(UTF_8)))
        .contains("There are 30000 restrictions in it; it takes up to 100.");
    assertThat(Files.refusal(("[" + many("{\"schedule_layers\":[]}", 201) + "]").getBytes(UTF_8)))
        .isEqualTo("There are 201 schedules in the file; it takes up to 200.");
    Files.readText(
        "{\"schedule_layers\":[" + many(layer.formatted(many(restriction, 100)), 50) + "]}",
        NOW.toString());
  }

  @Test
  @Timeout(20)
  void aGrafanaFileOfManyPeopleAtOnceIsBounded() {
    String list = "[" + many("\"a@b\"", 10) + "]";
    String shift =
        "{\"id\":\"%s\",\"type\":\"rolling_users\",\"start\":\"1995-01-01T00:00:00\",\"duration\":3600,"
            + "\"frequency\":\"daily\",\"by_day\":[\"MO\"],\"rolling_users\":["
            + many(list, 100)
            + "]}";
    List<String> shifts = new ArrayList<>();
    for (int id = 0; id < 5; id++) {
      shifts.add(shift.formatted("O" + id));
    }
    Files.readText("[" + String.join(",", shifts) + "]", NOW.toString());
  }

  /// Whatever happens to a file, there is an answer, and it is no exception.
  @Property(tries = 400)
  void brokenBytesAreAnswered(@ForAll long seed, @ForAll @IntRange(max = 7) int which) {
    Random random = new Random(seed);
    byte[] file = Files.bytes(Files.ALL.get(which)).clone();
    for (int change = 0; change < 1 + random.nextInt(20); change++) {
      file[random.nextInt(file.length)] = (byte) random.nextInt(256);
    }
    answered(file);
  }

  @Property(tries = 600)
  void valuesOfAnotherKindAreAnswered(@ForAll long seed, @ForAll @IntRange(max = 6) int which) {
    Random random = new Random(seed);
    JsonNode file = JsonMapper.shared().readTree(Files.bytes(Files.ALL.get(which)));
    for (int change = 0; change < 1 + random.nextInt(4); change++) {
      spoil(file, random);
    }
    answered(JsonMapper.shared().writeValueAsBytes(file));
  }

  private static void answered(byte[] file) {
    long begun = System.nanoTime();
    switch (ScheduleFiles.read(file, NOW)) {
      case ImportOutcome.Refused(String message) -> assertThat(message).endsWith(".");
      case ImportOutcome.Read read -> {
        assertThat(read.schedules()).isNotEmpty();
        read.schedules()
            .forEach(
                schedule -> ImportPreview.shifts(schedule, NOW, NOW.plus(Duration.ofDays(14))));
        assertThat(read.notCarried())
            .allSatisfy(each -> {
              assertThat(each.what()).endsWith(".");
              assertThat(each.why()).endsWith(".");
            });
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  private static void spoil(JsonNode file, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(file, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    if (container.isEmpty()) {
      return;
    }
    JsonNode value = value(random);
    if (container instanceof ObjectNode object) {
      List<String> names = List.copyOf(object.propertyNames());
      object.set(names.get(random.nextInt(names.size())), value);
    } else if (container instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), value);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.forEach(each -> collect(each, containers));
    }
  }

  private static JsonNode value(Random random) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(12)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.numberNode(Long.MAX_VALUE);
      case 2 -> nodes.numberNode(-1);
      case 3 -> nodes.numberNode(1e300);
      case 4 -> nodes.stringNode("");
      case 5 -> nodes.stringNode("x".repeat(5_000));
      case 6 -> nodes.stringNode("0001-01-01T00:00:00Z");
      case 7 -> nodes.stringNode("+999999999-12-31T23:59:59Z");
      case 8 -> nodes.booleanNode(true);
      case 9 -> nodes.arrayNode().add(nodes.objectNode());
      case 10 -> nodes.objectNode();
      default -> nodes.numberNode(0);
    };
  }

  private static String many(String text, int times) {
    return String.join(",", Collections.nCopies(times, text));
  }
}
