package dev.bothy.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/reference/problems.md` is what the codes say of themselves. Written anew by
/// `-Dapi.write=true`.
class ProblemsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "problems.md");

  @Test
  void thePageListsEveryCode() throws IOException {
    String now = page();
    if (Boolean.getBoolean("api.write")) {
      Files.writeString(PAGE, now);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(now);
  }

  @Test
  void noCodeIsGivenTwiceAndEachIsAnError() {
    assertThat(codes())
        .extracting(ProblemCode::code)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(15);
    assertThat(codes())
        .allSatisfy(code -> {
          assertThat(code.code()).matches("[a-z]+\\.[a-z-]+");
          assertThat(code.status().isError()).isTrue();
          assertThat(code.title()).isNotEmpty();
          assertThat(code.meaning()).endsWith(".");
        });
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Problems

            What the [API](api.md) answers when something goes wrong: `application/problem+json` as RFC 9457 writes it. Programs compare `code`, which stays what it is; `title` and `detail` are for people and may be worded anew. `type` is `urn:bothy:problem:` and the code. Where the input is to blame, `errors` lists each field (`field`), a stable code of its own (`code`) and what is allowed (`message`).

            This page is written by `ProblemsPageTest`.

            | code | status | what happened | when, and what to do |
            |---|---|---|---|
            """);
    codes().stream()
        .sorted(Comparator.comparing(ProblemCode::code))
        .forEach(code ->
            page.append(
                "| `%s` | %d | %s | %s |%n"
                    .formatted(code.code(), code.status().value(), code.title(), code.meaning())));
    return page.toString();
  }

  private static List<ProblemCode> codes() {
    List<ProblemCode> codes = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bothy")) {
      if (type.isEnum() && type.isAssignableTo(ProblemCode.class)) {
        for (Object constant : type.reflect().getEnumConstants()) {
          codes.add((ProblemCode) constant);
        }
      }
    }
    return codes;
  }
}
