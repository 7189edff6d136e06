package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PatchTest {
  private static final String ADA =
      """
      {"userName": "ada", "externalId": "a1", "active": true,
       "name": {"givenName": "Ada", "familyName": "Byron"},
       "emails": [{"value": "ada@example.com", "type": "work", "primary": true},
                  {"value": "ada@home.example", "type": "home"}],
       "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sums"}}
      """;

  private static final String TEAM =
      """
      {"displayName": "Engines", "members": [{"value": "1"}, {"value": "2"}, {"value": "3"}]}
      """;

  /// One operation, and what of Ada is then otherwise: `path` = value as JSON, or nothing for gone.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"Replace","path":"active","value":"False"}                         | /active                | false
          {"op":"replace","path":"active","value":false}                           | /active                | false
          {"OP":"REPLACE","PATH":"ACTIVE","VALUE":"true"}                          | /active                | true
          {"op":"Add","path":"title","value":"Countess"}                           | /title                 | "Countess"
          {"op":"Replace","path":"title","value":[{"$ref":null,"value":"Countess"}]} | /title               | "Countess"
          {"op":"replace","path":"name.givenName","value":"Augusta"}               | /name                  | {"givenName":"Augusta","familyName":"Byron"}
          {"op":"Remove","path":"name.givenName"}                                  | /name                  | {"familyName":"Byron"}
          {"op":"remove","path":"name"}                                            | /name                  |
          {"op":"replace","path":"name","value":{"givenName":"Augusta"}}           | /name                  | {"givenName":"Augusta","familyName":"Byron"}
          {"op":"replace","path":"name","value":{"givenName":null}}                | /name                  | {"familyName":"Byron"}
          {"op":"replace","path":"name.givenName","value":null}                    | /name                  | {"familyName":"Byron"}
          {"op":"replace","path":"name.givenName"}                                 | /name                  | {"familyName":"Byron"}
          {"op":"Replace","value":{"name.givenName":"Augusta"}}                    | /name                  | {"givenName":"Augusta","familyName":"Byron"}
          {"op":"Replace","value":{"displayName":"A","title":"B"}}                 | /title                 | "B"
          {"op":"replace","path":"","value":{"title":"B"}}                         | /title                 | "B"
          {"op":"replace","value":{"id":"other","userName":"countess"}}            | /userName              | "countess"
          {"op":"replace","value":{"id":"other","meta":{"version":"x"}}}           | /id                    |
          {"op":"replace","value":{"unheardOf":"x"}}                               | /unheardOf             |
          {"op":"replace","value":{"urn:example:2.0:User":{"x":"y"}}}              | /urn:example:2.0:User  |
          {"op":"Add","path":"urn:ietf:params:scim:schemas:core:2.0:User:title","value":"x"} | /title       | "x"
          {"op":"Add","path":"emails[type eq \\"work\\"].value","value":"new@example.com"} | /emails/0      | {"value":"new@example.com","type":"work","primary":true}
          {"op":"Replace","path":"emails[type eq \\"other\\"].value","value":"o@example.com"} | /emails/2   | {"type":"other","value":"o@example.com"}
          {"op":"Add","path":"phoneNumbers[type eq \\"mobile\\"].value","value":"+44"} | /phoneNumbers      | [{"type":"mobile","value":"+44"}]
          {"op":"Add","path":"addresses[type eq \\"work\\"].country","value":"GB"} | /addresses             | [{"type":"work","country":"GB"}]
          {"op":"Replace","value":{"emails[type eq \\"work\\"].value":"k@example.com"}} | /emails/0/value   | "k@example.com"
          {"op":"remove","path":"emails[type eq \\"work\\"]"}                      | /emails                | [{"value":"ada@home.example","type":"home"}]
          {"op":"remove","path":"emails[type eq \\"fax\\"]"}                       | /emails/1/type         | "home"
          {"op":"remove","path":"emails[type eq \\"work\\"].primary"}              | /emails/0              | {"value":"ada@example.com","type":"work"}
          {"op":"remove","path":"emails","value":[{"value":"ada@example.com"}]}    | /emails                | [{"value":"ada@home.example","type":"home"}]
          {"op":"remove","path":"emails"}                                          | /emails                |
          {"op":"replace","path":"emails","value":[]}                              | /emails                |
          {"op":"add","path":"emails","value":{"value":"ada@home.example","type":"home"}} | /emails/2       |
          {"op":"add","path":"emails","value":[{"value":"x@y.example","primary":"True"}]} | /emails/0       | {"value":"ada@example.com","type":"work"}
          {"op":"replace","path":"emails[type eq \\"home\\"].primary","value":true} | /emails/0/primary     |
          {"op":"replace","path":"emails[type eq \\"home\\"]","value":{"value":"z@y.example"}} | /emails/1  | {"type":"home","value":"z@y.example"}
          {"op":"replace","path":"emails.type","value":"other"}                    | /emails/1/type         | "other"
          {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"Looms"} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department | "Looms"
          {"op":"Remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User |
          {"op":"Remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User |
          {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"id-7"} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager | {"value":"id-7"}
          {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value","value":"id-7"} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager | {"value":"id-7"}
          {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":[{"value":"id-7"}]} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager | {"value":"id-7"}
          {"op":"Replace","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"Looms"}} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department | "Looms"
          {"op":"Add","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"costCenter":"9"}}} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | {"department":"Sums","costCenter":"9"}
          """)
  void theFormsThatDirectoriesSend(String operation, String pointer, String expected) {
    ObjectNode after = patched(ResourceType.USER, ADA, operation);
    // Names with a URN have no slash in them, so a pointer says them as they are.
    assertThat(after.at(pointer))
        .isEqualTo(
            expected == null
                ? JsonMapper.shared().missingNode()
                : JsonMapper.shared().readTree(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"add","path":"members","value":[{"value":"4","display":"Dee"}]}    | 1 2 3 4
          {"op":"Add","path":"members","value":[{"value":"3"},{"value":"4"}]}      | 1 2 3 4
          {"op":"add","value":{"members":[{"value":"4"}]}}                         | 1 2 3 4
          {"op":"add","path":"members","value":{"value":"4"}}                      | 1 2 3 4
          {"op":"Remove","path":"members","value":[{"value":"2"}]}                 | 1 3
          {"op":"Remove","path":"members","value":[{"$ref":null,"value":"2"},{"value":"9"}]} | 1 3
          {"op":"remove","path":"members[value eq \\"2\\"]"}                       | 1 3
          {"op":"remove","path":"members[value eq \\"1\\" or value eq \\"3\\"]"}   | 2
          {"op":"remove","path":"members[value eq \\"9\\"]"}                       | 1 2 3
          {"op":"Remove","path":"members","value":[]}                              | 1 2 3
          {"op":"remove","path":"members"}                                         | ``
          {"op":"replace","path":"members","value":[]}                             | ``
          {"op":"replace","path":"members","value":[{"value":"8"}]}                | 8
          {"op":"replace","value":{"members":[]}}                                  | ``
          {"op":"replace","value":{"id":"x","displayName":"Looms"}}                | 1 2 3
          """)
  void theFormsInWhichMembersAreChanged(String operation, String members) {
    ObjectNode after = patched(ResourceType.GROUP, TEAM, operation);
    assertThat(after.path("members").valueStream().map(each -> each.get("value").stringValue()))
        .containsExactly(members.isEmpty() ? new String[0] : members.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"remove"}                                                   | NO_TARGET
          {"op":"move","path":"title","value":"x"}                          | INVALID_SYNTAX
          {"path":"title","value":"x"}                                      | INVALID_SYNTAX
          {"op":"add","path":"unheardOf","value":"x"}                       | INVALID_PATH
          {"op":"add","path":"name.unheardOf","value":"x"}                  | INVALID_PATH
          {"op":"add","value":{"name.unheardOf":"x"}}                       | INVALID_PATH
          {"op":"add","path":"urn:example:2.0:User:x","value":"x"}          | INVALID_PATH
          {"op":"add","path":"emails[type eq \\"work\\"].unheardOf","value":"x"} | INVALID_PATH
          {"op":"add","path":"name[givenName eq \\"Ada\\"]","value":"x"}    | INVALID_PATH
          {"op":"add","path":7,"value":"x"}                                 | INVALID_PATH
          {"op":"add","path":"emails[type is \\"work\\"]","value":"x"}      | INVALID_FILTER
          {"op":"add","path":"title"}                                       | INVALID_VALUE
          {"op":"add","value":"x"}                                          | INVALID_VALUE
          {"op":"add","path":"active","value":"yes"}                        | INVALID_VALUE
          {"op":"add","path":"title","value":{"a":"b"}}                     | INVALID_VALUE
          {"op":"add","path":"title","value":["a","b"]}                     | INVALID_VALUE
          {"op":"add","path":"name","value":"Ada"}                          | INVALID_VALUE
          {"op":"replace","path":"emails[type co \\"x\\"].value","value":"x"} | NO_TARGET
          {"op":"replace","path":"emails[type eq \\"a\\" or type eq \\"b\\"].value","value":"x"} | NO_TARGET
          {"op":"add","path":"id","value":"x"}                              | MUTABILITY
          {"op":"add","path":"meta.created","value":"x"}                    | MUTABILITY
          {"op":"add","path":"groups","value":[{"value":"x"}]}              | MUTABILITY
          {"op":"remove","path":"userName"}                                 | MUTABILITY
          {"op":"replace","path":"userName","value":""}                     | MUTABILITY
          """)
  void whatCannotBeDoneHasItsName(String operation, ScimError.Type type) {
    assertThatThrownBy(() -> patched(ResourceType.USER, ADA, operation))
        .isInstanceOfSatisfying(ScimError.class, error -> assertThat(error.type()).isEqualTo(type));
  }

  @Test
  void aMemberThatIsNotThereIsNotReplaced() {
    assertThatThrownBy(() ->
            patched(
                ResourceType.GROUP,
                TEAM,
                "{\"op\":\"replace\",\"path\":\"members[value eq \\\"9\\\"]\",\"value\":{\"value\":\"8\"}}"))
        .hasMessage("None of members is as the path says.");
  }

  @Test
  void theThirdOfThreeFailsAndNothingIsDone() {
    ObjectNode ada = read(ADA);
    assertThatThrownBy(() ->
            Patch.apply(
                ResourceType.USER,
                ada,
                PatchOperation.read(
                    body(
                        "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"},"
                            + "{\"op\":\"remove\",\"path\":\"emails\"},"
                            + "{\"op\":\"add\",\"path\":\"unheardOf\",\"value\":\"x\"}"))))
        .hasMessage("There is no attribute unheardOf.");
    assertThat(ada).isEqualTo(read(ADA));
  }

  @Test
  void aBodyThatIsNoPatchIsInvalidSyntax() {
    for (String body :
        new String[] {
          "{}",
          "{\"schemas\":[\"urn:other\"],\"Operations\":[{\"op\":\"remove\",\"path\":\"title\"}]}",
          "{\"schemas\":[\"" + PatchOperation.SCHEMA + "\"]}",
          "{\"schemas\":[\"" + PatchOperation.SCHEMA + "\"],\"Operations\":[]}",
          "{\"schemas\":[\"" + PatchOperation.SCHEMA + "\"],\"Operations\":[1]}",
          "{\"schemas\":[\"" + PatchOperation.SCHEMA + "\"],\"Operations\":{}}",
        }) {
      assertThatThrownBy(() -> PatchOperation.read((ObjectNode) JsonMapper.shared().readTree(body)))
          .isInstanceOfSatisfying(
              ScimError.class,
              error -> assertThat(error.type()).isEqualTo(ScimError.Type.INVALID_SYNTAX));
    }
  }

  static ObjectNode patched(ResourceType type, String resource, String operation) {
    return Patch.apply(
        type, Canonical.read(type, read(resource)), PatchOperation.read(body(operation)));
  }

  private static ObjectNode body(String operations) {
    return read(
        "{\"schemas\":[\"" + PatchOperation.SCHEMA + "\"],\"Operations\":[" + operations + "]}");
  }

  private static ObjectNode read(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json);
  }
}
