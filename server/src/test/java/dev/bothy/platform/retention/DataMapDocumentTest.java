package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.BothyTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BothyTest
class DataMapDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/reference/data-map.md");

  @Autowired DataMap map;

  /// Written anew with `mvn -pl server test -Dtest=DataMapDocumentTest -Ddatamap.write=true`.
  @Test
  void theDocumentedMapIsTheRealOne() throws IOException {
    String actual = DataMapDocument.text(map);
    if (Boolean.getBoolean("datamap.write")) {
      Files.writeString(DOCUMENT, actual);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(actual);
  }

  @Test
  void itNamesTheCustomersOwnRecords() {
    assertThat(
            map.modules(null).stream()
                .flatMap(module -> module.tables().stream())
                .filter(DataMap.Line::customersOwn)
                .map(DataMap.Line::table))
        .contains("member", "scim_user", "scim_user_email");
  }
}
