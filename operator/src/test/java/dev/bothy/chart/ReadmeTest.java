package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path README = Chart.FOLDER.resolve("README.md");
  private static final String BEGIN = "<!-- values -->\n";
  private static final String END = "<!-- end of values -->\n";

  /// Written anew with `mvn -pl operator test -Dtest=ReadmeTest -Dchart.write=true`.
  @Test
  void theTableOfValuesIsValuesYaml() throws IOException {
    String readme = Chart.read(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).as("the mark %s", BEGIN).isLessThanOrEqualTo(end);
    String table = new ReadmeTable(Chart.read(Chart.FOLDER.resolve("values.yaml"))).text();
    String wanted = readme.substring(0, begin) + table + readme.substring(end);
    if (Boolean.getBoolean("chart.write")) {
      Files.writeString(README, wanted);
    }
    assertThat(Chart.read(README))
        .as("mvn -pl operator test -Dtest=ReadmeTest -Dchart.write=true writes it")
        .isEqualTo(wanted);
  }

  @Test
  void everyValueSaysWhatItMeans() {
    ReadmeTable table = new ReadmeTable(Chart.read(Chart.FOLDER.resolve("values.yaml")));
    assertThat(table.uncommented()).isEmpty();
  }
}
