package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Field;
import dev.bothy.platform.chat.Content.Option;
import dev.bothy.platform.chat.Content.Select;
import dev.bothy.platform.chat.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SlackBlocksTest {
  @Test
  void aCardIsTextThenFieldsThenActions() {
    Content card =
        Content.of(new RichText(List.of()).bold("Ops"))
            .withFields(
                new Field("On duty", new RichText(List.of()).mention("U0ADA0001")),
                new Field("Until", RichText.of("Mon 09:00")))
            .withActions(
                new Button("rotations.show", "Show", "1", Button.Style.PRIMARY),
                new Button("rotations.pause", "Pause", "", Button.Style.DANGER));

    SlackBlocks.Message message = only(card);

    assertThat(types(message)).containsExactly("section", "section", "actions");
    assertThat(message.blocks().at("/0/text/text").asString()).isEqualTo("*Ops*");
    assertThat(message.blocks().at("/1/fields/0/text").asString())
        .isEqualTo("*On duty*\n<@U0ADA0001>");
    assertThat(message.blocks().at("/2/elements/0/style").asString()).isEqualTo("primary");
    assertThat(message.blocks().at("/2/elements/0/value").asString()).isEqualTo("1");
    assertThat(message.blocks().at("/2/elements/1/value").isMissingNode()).isTrue();
    assertThat(message.text()).isEqualTo("*Ops*\n*On duty*\n<@U0ADA0001>\n*Until*\nMon 09:00");
  }

  @Test
  void buttonsOfOneIdAreToldApartAndComeBackAsOne() {
    Content list =
        Content.of("Rotations")
            .withActions(
                new Button("rotations.show", "Show", "1", Button.Style.NORMAL),
                new Button("rotations.show", "Show", "2", Button.Style.NORMAL));

    JsonNode elements = only(list).blocks().at("/1/elements");

    assertThat(elements.at("/0/action_id").asString()).isEqualTo("rotations.show");
    assertThat(elements.at("/1/action_id").asString()).isEqualTo("rotations.show~2");
    assertThat(SlackActionId.original("rotations.show~2")).isEqualTo("rotations.show");
    assertThat(SlackActionId.original("rotations.show")).isEqualTo("rotations.show");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2_999, 3_001, 3_901, 12_000, 45_000})
  void textOfAnyLengthIsTakenWholeWithinSlacksLimits(int length) {
    String typed = "<word & ".repeat(length / 8 + 1).substring(0, length).strip();
    List<SlackBlocks.Message> messages =
        SlackBlocks.render(
            Content.of(typed).withActions(new Button("a.b", "Do", "", Button.Style.NORMAL)));

    assertWithinLimits(messages);
    String whole = String.join(" ", messages.stream().map(SlackBlocks.Message::text).toList());
    assertThat(SlackText.typed(whole).replaceAll("\\s+", ""))
        .isEqualTo(typed.replaceAll("\\s+", ""));
    assertThat(types(messages.getLast())).endsWith("actions");
  }

  @Test
  void anyNumberOfFieldsAndActionsStaysWithinSlacksLimits() {
    List<Field> fields = new ArrayList<>();
    IntStream.range(0, 300)
        .forEach(n -> fields.add(new Field("Label " + n, RichText.of("value ".repeat(n % 9)))));
    fields.add(new Field("Long", RichText.of("v".repeat(7_000))));
    List<Content.Action> actions = new ArrayList<>();
    IntStream.range(0, 60)
        .forEach(n -> actions.add(new Button("a.b", "B" + n, "" + n, Button.Style.NORMAL)));

    List<SlackBlocks.Message> messages =
        SlackBlocks.render(new Content(RichText.of("List"), fields, actions));

    assertWithinLimits(messages);
    String whole = String.join("", messages.stream().map(SlackBlocks.Message::text).toList());
    IntStream.range(0, 300).forEach(n -> assertThat(whole).contains("*Label " + n + "*"));
    assertThat(whole.chars().filter(c -> c == 'v').count()).isGreaterThanOrEqualTo(7_000);
  }

  @Test
  void contentWithoutTextIsIntroducedByItsActions() {
    Content bare =
        Content.of("").withActions(new Button("a.b", "Go & see", "", Button.Style.NORMAL));

    assertThat(only(bare).text()).isEqualTo("Go &amp; see");
    assertWithinLimits(SlackBlocks.render(bare));
  }

  @Test
  void aChoiceOfManyOptionsIsGrouped() {
    List<Option> options =
        IntStream.range(0, 250).mapToObj(n -> new Option("v" + n, "Zone " + n)).toList();
    List<SlackBlocks.Message> messages =
        SlackBlocks.render(Content.of("Where?").withActions(new Select("a.zone", "Zone", options)));

    assertWithinLimits(messages);
    JsonNode groups = messages.getFirst().blocks().at("/1/elements/0/option_groups");
    assertThat(groups).hasSize(3);
    assertThat(groups.at("/2/label/text").asString()).isEqualTo("Zone 200 – Zone 249");
  }

  private static SlackBlocks.Message only(Content content) {
    List<SlackBlocks.Message> messages = SlackBlocks.render(content);
    assertThat(messages).hasSize(1);
    assertWithinLimits(messages);
    return messages.getFirst();
  }

  private static void assertWithinLimits(List<SlackBlocks.Message> messages) {
    for (SlackBlocks.Message message : messages) {
      assertThat(BlockKitRules.checkMessage(message.blocks())).isEmpty();
      assertThat(message.text()).isNotBlank().hasSizeLessThanOrEqualTo(4_000);
    }
  }

  private static List<String> types(SlackBlocks.Message message) {
    return message.blocks().valueStream().map(block -> block.path("type").asString()).toList();
  }
}
