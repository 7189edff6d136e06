package dev.bothy.platform.chat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.RichText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @ada please        | <@ada> please
          ask @ben, not @eve | ask <@ben>, not @eve
          ada@ada.example    | ada@ada.example
          @adaptable         | @adaptable
          $1 \\ @ada          | $1 \\ <@ada>
          """)
  void onlyAccountsOfTheRoomAreMentioned(String typed, String portable) {
    assertThat(RoomTexts.toPortable(typed, List.of("ada", "ben"))).isEqualTo(portable);
  }

  @Test
  void mentionsStandApartFromWhatIsAroundThem() {
    assertThat(RoomTexts.toRich("a <@ada> b <@ben>"))
        .isEqualTo(RichText.of("a ").mention("ada").plain(" b ").mention("ben"));
  }
}
