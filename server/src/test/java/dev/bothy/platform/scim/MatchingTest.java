package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MatchingTest {
  private static final JsonNode BARBARA =
      JsonMapper.shared()
          .readTree(
              """
              {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
               "id": "2819c223-7f76-453a-919d-413861904646",
               "externalId": "BJensen-7",
               "userName": "bjensen@example.com",
               "name": {"formatted": "Ms. Barbara J Jensen, III", "familyName": "Jensen"},
               "active": true,
               "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true},
                          {"value": "babs@jensen.org", "type": "home"}],
               "meta": {"resourceType": "User", "lastModified": "2011-05-13T04:42:34Z"},
               "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                 {"department": "Tour Operations", "manager": {"value": "26118915"}}}
              """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          userName eq "BJENSEN@example.com"                                    | true
          username eq "bjensen@example.com"                                    | true
          userName eq "bjensen"                                                | false
          userName ne "bjensen"                                                | true
          externalId eq "BJensen-7"                                            | true
          externalId eq "bjensen-7"                                            | false
          externalId co "ensen"                                                | true
          id eq "2819C223-7f76-453a-919d-413861904646"                         | false
          name.familyName co "ENS"                                             | true
          name.familyName sw "jen"                                             | true
          name.familyName ew "SEN"                                             | true
          name pr                                                              | true
          name.givenName pr                                                    | false
          title pr                                                             | false
          title eq null                                                        | true
          title ne null                                                        | false
          title ne "x"                                                         | true
          title co ""                                                          | false
          title gt "a"                                                         | false
          nonsense pr                                                          | false
          nonsense eq "x"                                                      | false
          nonsense eq null                                                     | true
          nonsense ne "x"                                                      | true
          nonsense[a pr]                                                       | false
          urn:example:other pr                                                 | false
          active eq true                                                       | true
          active eq "True"                                                     | true
          active ne true                                                       | false
          emails co "jensen.org"                                               | true
          emails eq "babs@jensen.org"                                          | true
          emails.value eq "babs@jensen.org"                                    | true
          emails.type eq "work"                                                | true
          emails.type ne "work"                                                | true
          emails[type eq "work" and value co "@example.com"]                   | true
          emails[type eq "home" and value co "@example.com"]                   | false
          emails[not (type eq "home") and primary eq true]                     | true
          emails[type pr]                                                      | true
          emails[display pr]                                                   | false
          ims[type eq "xmpp"]                                                  | false
          meta.lastModified gt "2011-05-13T04:42:33Z"                          | true
          meta.lastModified eq "2011-05-13T06:42:34+02:00"                     | true
          meta.lastModified ge "2011-05-13T04:42:34.000Z"                      | true
          meta.lastModified lt "2011-05-13T04:42:34Z"                          | false
          meta.lastModified le "2011-05-13T04:42:34Z"                          | true
          meta.lastModified sw "2011-05"                                       | true
          meta.resourceType eq "User"                                          | true
          schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" | true
          urn:ietf:params:scim:schemas:core:2.0:User:userName sw "BJ"          | true
          URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:Department eq "tour operations" | true
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "26118915" | true
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value sw "26" | true
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr        | true
          department eq "Tour Operations"                                      | false
          title pr or active eq true and userName sw "x"                       | false
          (title pr or active eq true) and userName sw "b"                     | true
          not (title pr)                                                       | true
          """)
  void aFilterMeansWhatTheRfcSays(String filter, boolean matches) {
    assertThat(Matching.of(ResourceType.USER, Filter.parse(filter)).test(BARBARA))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "active gt true",
        "active co \"tr\"",
        "active eq \"yes\"",
        "active eq 1",
        "userName eq 7",
        "userName gt null",
        "userName eq true",
        "name eq \"Barbara\"",
        "meta.lastModified gt \"yesterday\"",
        "userName[value eq \"x\"]",
        "emails[urn:ietf:params:scim:schemas:core:2.0:User:type eq \"work\"]",
        "emails[type.value eq \"work\"]",
      })
  void whatCannotBeComparedIsAnInvalidFilterWhereverItStands(String filter) {
    for (String each : new String[] {filter, "title pr and " + filter, "not (" + filter + ")"}) {
      assertThatThrownBy(() -> Matching.of(ResourceType.USER, Filter.parse(each)))
          .isInstanceOfSatisfying(
              ScimError.class,
              error -> assertThat(error.type()).isEqualTo(ScimError.Type.INVALID_FILTER));
    }
  }

  @Test
  void passwordsDoNotBelongInAnAddress() {
    assertThatThrownBy(() -> Matching.of(ResourceType.USER, Filter.parse("password eq \"t1\"")))
        .isInstanceOfSatisfying(
            ScimError.class,
            error -> {
              assertThat(error.status()).isEqualTo(403);
              assertThat(error.type()).isEqualTo(ScimError.Type.SENSITIVE);
            });
  }
}
