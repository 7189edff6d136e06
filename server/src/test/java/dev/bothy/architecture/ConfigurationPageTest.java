package dev.bothy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The reference page of settings lists those that there are, and no other.
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(bothy\\.[^`]+)` \\|", Pattern.MULTILINE);

  @Test
  void everySettingIsOnThePageAndEverySettingOfThePageExists() throws IOException {
    Set<String> onPage =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(onPage).containsExactlyInAnyOrderElementsOf(settings());
  }

  private static Set<String> settings() {
    Set<String> keys = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bothy")) {
      if (type.isAnnotatedWith(ConfigurationProperties.class)) {
        String prefix = type.getAnnotationOfType(ConfigurationProperties.class).value();
        Arrays.stream(type.reflect().getRecordComponents())
            .map(component -> prefix + "." + inKebabCase(component))
            .forEach(keys::add);
      }
    }
    return keys;
  }

  private static String inKebabCase(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
