package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.scim.Filter.Operator;
import dev.bothy.platform.scim.Filter.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  /// The examples of RFC 7644 §3.4.2.2, one each, and what Entra ID and Okta ask.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName eq \"bjensen\"",
        "name.familyName co \"O'Malley\"",
        "userName sw \"J\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"",
        "title pr",
        "meta.lastModified gt \"2011-05-13T04:42:34Z\"",
        "meta.lastModified ge \"2011-05-13T04:42:34Z\"",
        "meta.lastModified lt \"2011-05-13T04:42:34Z\"",
        "meta.lastModified le \"2011-05-13T04:42:34Z\"",
        "title pr and userType eq \"Employee\"",
        "title pr or userType eq \"Intern\"",
        "schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"",
        "userType eq \"Employee\" and (emails co \"example.com\" or emails.value co \"example.org\")",
        "userType ne \"Employee\" and not (emails co \"example.com\" or emails.value co \"example.org\")",
        "userType eq \"Employee\" and (emails.type eq \"work\")",
        "userType eq \"Employee\" and emails[type eq \"work\" and value co \"@example.com\"]",
        "emails[type eq \"work\" and value co \"@example.com\"] or ims[type eq \"xmpp\" and value co \"@foo.com\"]",
        "externalId eq \"58342554-38d6-4ec8-948c-50044d0a33fd\"",
        "id eq \"x\" and manager eq \"y\"",
      })
  void theExamplesOfTheRfcAreRead(String text) {
    String printed = Filter.print(Filter.parse(text));
    assertThat(Filter.parse(printed)).isEqualTo(Filter.parse(text));
  }

  @Test
  void andBindsMoreThanOr() {
    assertThat(Filter.parse("a pr or b pr and c pr"))
        .isEqualTo(
            new Filter.Or(
                List.of(present("a"), new Filter.And(List.of(present("b"), present("c"))))));
    assertThat(Filter.parse("(a pr or b pr) and c pr"))
        .isEqualTo(
            new Filter.And(
                List.of(new Filter.Or(List.of(present("a"), present("b"))), present("c"))));
  }

  @Test
  void notBindsMost() {
    assertThat(Filter.parse("not (a pr) and b pr"))
        .isEqualTo(new Filter.And(List.of(new Filter.Not(present("a")), present("b"))));
    assertThat(Filter.parse("NOT(a pr)")).isEqualTo(new Filter.Not(present("a")));
  }

  @Test
  void wordsMayBeWrittenInAnyCase() {
    assertThat(Filter.parse("userName Eq \"x\" AND title PR oR not (a pr)"))
        .isEqualTo(Filter.parse("userName eq \"x\" and title pr or not (a pr)"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          a eq "x\\"y\\\\z"       | x"y\\z
          a eq "\\u00e9\\t"       | é\t
          a eq ""                 | ``
          a eq "(and) [or] not"   | (and) [or] not
          """,
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false)
  void textsAreReadAsJson(String filter, String text) {
    assertThat(Filter.parse(filter.strip()))
        .isInstanceOfSatisfying(
            Filter.Compare.class,
            compare ->
                assertThat(((Value.Text) compare.value()).text().strip()).isEqualTo(text.strip()));
  }

  @Test
  void literalsHaveTheirTypes() {
    assertThat(Filter.parse("active eq true"))
        .isEqualTo(new Filter.Compare(path("active"), Operator.EQ, new Value.Truth(true)));
    assertThat(Filter.parse("manager eq null"))
        .isEqualTo(new Filter.Compare(path("manager"), Operator.EQ, new Value.Null()));
    assertThat(Filter.print(Filter.parse("a gt -1.50E+2"))).isEqualTo("a gt -150");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "userName",
        "userName eq",
        "userName eq ",
        "userName eq bjensen",
        "userName eq \"bjensen",
        "userName eq 'bjensen'",
        "userName is \"x\"",
        "eq \"x\"",
        "userName eq \"x\" and",
        "and userName pr",
        "(userName pr",
        "userName pr)",
        "()",
        "not userName pr",
        "emails[type eq \"work\"",
        "emails[]",
        "emails[a[b pr]]",
        "a.b.c pr",
        "a..b pr",
        "1a pr",
        ":a pr",
        "http://example.org:a pr",
        "urn::a pr",
        "userName eq 01",
        "userName eq 1e9999",
        "userName eq \"x\"and title pr",
        "userName eq {}",
        "userName eq [1]",
        "a pr b pr",
        "userName\teq\t\"x\"",
        "userName eq \"a\nb\"",
      })
  void whatIsNoFilterIsAnInvalidFilter(String text) {
    assertThatThrownBy(() -> Filter.parse(text))
        .isInstanceOfSatisfying(
            ScimError.class,
            error -> {
              assertThat(error.type()).isEqualTo(ScimError.Type.INVALID_FILTER);
              assertThat(error.status()).isEqualTo(400);
            });
  }

  @Test
  void whatStandsAfterBracketsIsAskedOfTheSameElement() {
    assertThat(Filter.parse("emails[type eq \"work\"].value eq \"x\""))
        .isEqualTo(
            new Filter.Element(
                path("emails"), Filter.parse("type eq \"work\" and value eq \"x\"")));
  }

  @Test
  void anErrorNamesThePlaceAndNoValue() {
    ScimError error =
        catchThrowableOfType(
            ScimError.class, () -> Filter.parse("userName eq \"ada@example.com\" und title pr"));
    assertThat(error.detail()).isEqualTo("At character 31 there should be nothing more.");
  }

  @Test
  void aFilterOfTenThousandCharactersIsRefusedByItsLength() {
    assertThatThrownBy(() -> Filter.parse("userName eq \"" + "x".repeat(10_000) + "\""))
        .hasMessage("This has 10014 characters; 4096 are allowed.");
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 100, 2000})
  void bracketsInBracketsAreRefusedByTheirDepth(int depth) {
    for (String open : List.of("(", "not (")) {
      String filter = open.repeat(Math.min(depth, 600)) + "a pr" + ")".repeat(Math.min(depth, 600));
      assertThatThrownBy(() -> Filter.parse(filter))
          .isInstanceOf(ScimError.class)
          .hasMessage("There are more than 20 brackets within brackets.");
    }
  }

  @Test
  void twentyBracketsInBracketsAreRead() {
    assertThat(Filter.parse("(".repeat(20) + "a pr" + ")".repeat(20))).isEqualTo(present("a"));
  }

  @Test
  void thePathsOfAPatchAreRead() {
    assertThat(PatchPath.parse("members")).hasToString("members");
    assertThat(PatchPath.parse("name.familyName")).hasToString("name.familyName");
    assertThat(PatchPath.parse("addresses[type eq \"work\"]"))
        .hasToString("addresses[type eq \"work\"]");
    assertThat(PatchPath.parse("members[value eq \"2819c223\"].displayName"))
        .hasToString("members[value eq \"2819c223\"].displayName");
    assertThat(
            PatchPath.parse(
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"))
        .isEqualTo(
            new PatchPath(
                new AttributePath(
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                    "department",
                    null),
                null,
                null));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          ``, INVALID_PATH
          a b, INVALID_PATH
          a[b eq "c"]d, INVALID_PATH
          a[b eq "c"]., INVALID_PATH
          a[b eq "c"].d.e, INVALID_PATH
          /name, INVALID_PATH
          a[b], INVALID_FILTER
          a[b eq "c", INVALID_FILTER
          """)
  void whatIsNoPathIsInvalid(String text, ScimError.Type type) {
    assertThatThrownBy(() -> PatchPath.parse(text))
        .isInstanceOfSatisfying(ScimError.class, error -> assertThat(error.type()).isEqualTo(type));
  }

  private static Filter present(String name) {
    return new Filter.Present(path(name));
  }

  private static AttributePath path(String name) {
    return new AttributePath(null, name, null);
  }
}
