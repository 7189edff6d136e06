package dev.bothy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class SchemaDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/reference/schema.sql");

  /// Written anew with `mvn -pl server test -Dtest=SchemaDocumentTest -Dschema.write=true`.
  @Test
  void theDocumentedSchemaIsTheRealOne() throws IOException {
    String actual = new SchemaDocument(new MigratedDatabase()).text();
    if (Boolean.getBoolean("schema.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, actual);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(actual);
  }
}
