package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.RichText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 < 2 & 4 > 1           | 3 &lt; 2 &amp; 4 &gt; 1
          <!channel>              | &lt;!channel&gt;
          <@U0ADA0001>            | &lt;@U0ADA0001&gt;
          &lt;@U0ADA0001&gt;      | &amp;lt;@U0ADA0001&amp;gt;
          *not bold*              | *\u200Bnot bold*
          _not italic_            | _\u200Bnot italic_
          ~/.config and ~x~       | ~\u200B/.config and ~\u200Bx~
          `not code`              | `\u200Bnot code`
          snake_case_name 2*3*4   | snake_case_name 2*3*4
          a * b                   | a * b
          """)
  void whatPeopleTypedStaysWhatItIs(String typed, String mrkdwn) {
    assertThat(SlackText.mrkdwn(RichText.of(typed))).isEqualTo(mrkdwn);
  }

  @Test
  void markupIsSlacks() {
    RichText text =
        RichText.of("Now: ")
            .bold("Ops & more")
            .plain(" by ")
            .mention("U0ADA0001")
            .plain("\n")
            .code("/rotation new <name>");

    assertThat(SlackText.mrkdwn(text))
        .isEqualTo("Now: *Ops &amp; more* by <@U0ADA0001>\n`/rotation new &lt;name&gt;`");
  }

  @Test
  void boldEndsWithItsLineAndHasNoSpaceInsideItsMarks() {
    assertThat(SlackText.mrkdwn(new RichText(List.of()).bold(" one \ntwo")))
        .isEqualTo(" *one* \n*two*");
  }

  @ParameterizedTest
  @CsvSource({"!channel", "U0ADA0001> <!here", "u0ada", "''"})
  void aMentionOfWhatIsNoAccountIsText(String account) {
    assertThat(SlackText.mrkdwn(new RichText(List.of()).mention(account))).doesNotContain("<");
  }

  @Test
  void aLinkOfOursLeadsWhereItSaysAndAnythingElseIsText() {
    RichText nothing = new RichText(List.of());
    assertThat(SlackText.mrkdwn(nothing.link("Open|it", "https://b.test/w/x?token=-_a&b=<")))
        .isEqualTo("Open|it (https://b.test/w/x?token=-_a&amp;b=&lt;)");
    assertThat(SlackText.mrkdwn(nothing.link("Open|it", "https://b.test/w/x?token=-_a&b=1")))
        .isEqualTo("<https://b.test/w/x?token=-_a&amp;b=1|Open\u00A6it>");
    assertThat(SlackText.mrkdwn(nothing.link("Open", "/w/x?token=1")))
        .isEqualTo("Open (/w/x?token=1)");
    assertThat(SlackText.mrkdwn(nothing.link("Open", "javascript:alert(1)"))).doesNotContain("<");
  }

  @Test
  void longTextIsSplitAndNothingIsLost() {
    StringBuilder typed = new StringBuilder();
    for (int line = 0; line < 300; line++) {
      typed.append("line ").append(line).append(" says <b> & more 😀\n");
    }
    List<String> parts = SlackText.split(RichText.of(typed.toString()), 500);

    assertThat(parts).hasSizeGreaterThan(5).allMatch(part -> part.length() <= 500);
    assertThat(parts).allMatch(part -> part.endsWith("\n"));
    assertThat(SlackText.typed(String.join("", parts))).isEqualTo(typed.toString());
  }

  @Test
  void aWordWithoutEndIsSplitBetweenCharacters() {
    String typed = "😀&<".repeat(1000);
    List<String> parts = SlackText.split(RichText.of(typed), 101);

    assertThat(parts).allMatch(part -> part.length() <= 101);
    assertThat(parts)
        .allMatch(part -> !Character.isLowSurrogate(part.charAt(0)))
        .allMatch(part -> !part.matches(".*&[a-z]*$"));
    assertThat(SlackText.typed(String.join("", parts))).isEqualTo(typed);
  }

  @Test
  void longBoldIsBoldInEachPart() {
    List<String> parts =
        SlackText.split(new RichText(List.of()).bold("word ".repeat(400).strip()), 500);

    assertThat(parts).hasSizeGreaterThan(2).allMatch(part -> part.length() <= 500);
    assertThat(parts).allMatch(part -> part.startsWith("*") && part.strip().endsWith("*"));
    assertThat(String.join(" ", parts).replace("*", "").split("\\s+")).hasSize(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          3 &lt; 2 &amp;amp; 1                      ¦ 3 < 2 &amp; 1
          ask <@U0ADA0001> or <@U0BEN0002|ben>      ¦ ask <@U0ADA0001> or <@U0BEN0002>
          in <#C0OPS0001|ops> or <#C0OPS0001>       ¦ in #ops or #C0OPS0001
          <!here> and <!channel>                    ¦ @here and @channel
          <!subteam^S0TEAM001|@oncall>              ¦ @oncall
          <!date^1392734382^{date}|18 Feb 2014>     ¦ 18 Feb 2014
          see <https://example.com/a?b=1&amp;c=2>   ¦ see https://example.com/a?b=1&c=2
          <http://example.com|example.com>          ¦ example.com
          <https://example.com|the page>            ¦ the page (https://example.com)
          <mailto:a@example.com|a@example.com>      ¦ a@example.com
          """)
  void whatComesFromSlackIsAsPeopleTypedIt(String slack, String typed) {
    assertThat(SlackText.typed(slack)).isEqualTo(typed);
  }
}
