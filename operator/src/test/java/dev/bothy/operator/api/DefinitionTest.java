package dev.bothy.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class DefinitionTest {
  @Test
  void theChartsDefinitionIsTheOneGeneratedFromTheCode() throws IOException {
    String generated = Definition.yaml();
    if (Boolean.getBoolean("definition.write")) {
      Files.createDirectories(Definition.FILE.getParent());
      Files.writeString(Definition.FILE, generated);
    }
    assertThat(Definition.FILE)
        .as("mvn -pl operator test -Dtest=DefinitionTest -Ddefinition.write=true writes it")
        .hasContent(generated);
  }
}
