package dev.bothy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class TemplatesTest {
  static Stream<Resource> templates() throws IOException {
    return Arrays.stream(
        new PathMatchingResourcePatternResolver().getResources("classpath*:templates/**/*.html"));
  }

  /// Without it browsers fall back to quirks mode, in which a table forgets the page's font.
  @ParameterizedTest
  @MethodSource("templates")
  void aPageBeginsWithADoctype(Resource template) throws IOException {
    String text = template.getContentAsString(StandardCharsets.UTF_8);
    if (text.contains("~{console/layout :: page(")) {
      assertThat(text).startsWith("<!DOCTYPE html>");
    }
  }

  /// The Content-Security-Policy refuses both, and only a browser would tell.
  @ParameterizedTest
  @MethodSource("templates")
  void aTemplateHasNoInlineScriptOrStyle(Resource template) throws IOException {
    assertThat(template.getContentAsString(StandardCharsets.UTF_8))
        .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
        .doesNotContain("<style")
        .doesNotContainPattern("\\sstyle=")
        .doesNotContainPattern("\\son[a-z]+=");
  }
}
