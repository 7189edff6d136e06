package dev.bothy.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionTest {
  static List<Definition> definitions() {
    return Definition.all();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void theChartsDefinitionIsTheOneGeneratedFromTheCode(Definition definition) throws IOException {
    String generated = definition.yaml();
    if (Boolean.getBoolean("definition.write")) {
      Files.createDirectories(definition.file().getParent());
      Files.writeString(definition.file(), generated);
    }
    assertThat(definition.file())
        .as("mvn -pl operator test -Dtest=DefinitionTest -Ddefinition.write=true writes it")
        .hasContent(generated);
  }
}
