package dev.bothy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BackupLinesTest {
  private static final String SAID =
      """
      Begins
      BOTHY-PROGRESS {"phase":"Copying","percent":5,"message":"1 of 83 tables, ü"}
      BOTHY-PROGRESS {"phase":"Copying","percent":41,"message":"12 of 83 tables"}
      BOTHY-PROGRESS {"phase":"Server","percent":0,"message":""}
      Ends
      """;

  @Test
  void onATerminalProgressIsWrittenOverAndGoneBeforeTheNextLine() {
    assertThat(shown(true))
        .isEqualTo(
            "Begins\n"
                + "\r\u001b[K  Copying      5 %  1 of 83 tables, ü"
                + "\r\u001b[K  Copying     41 %  12 of 83 tables"
                + "\r\u001b[K  Server"
                + "\r\u001b[KEnds\n");
  }

  @Test
  void inAFileEachPhaseThatHasSomethingToCountGetsOneLine() {
    assertThat(shown(false)).isEqualTo("Begins\n  Copying\nEnds\n");
  }

  private static String shown(boolean terminal) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new BackupLines(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal)
        .stream().print(SAID);
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
