package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ProjectionTest {
  private static final String ADA =
      """
      {"schemas": ["s"], "id": "7", "userName": "ada",
       "name": {"givenName": "Ada", "familyName": "Byron"},
       "emails": [{"value": "a@b.example", "type": "work"}],
       "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
         {"department": "Sums", "manager": {"value": "8"}},
       "meta": {"resourceType": "User", "version": "W/\\"1\\""}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          userName                          | {"schemas":["s"],"id":"7","userName":"ada"}
          USERNAME,nonsense,,[              | {"schemas":["s"],"id":"7","userName":"ada"}
          name.givenName, emails.value      | {"schemas":["s"],"id":"7","name":{"givenName":"Ada"},"emails":[{"value":"a@b.example"}]}
          title                             | {"schemas":["s"],"id":"7"}
          meta.version                      | {"schemas":["s"],"id":"7","meta":{"version":"W/\\"1\\""}}
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value | {"schemas":["s"],"id":"7","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"8"}}}
          urn:ietf:params:scim:schemas:core:2.0:User:userName | {"schemas":["s"],"id":"7","userName":"ada"}
          """)
  void onlyWhatIsAskedForIsAnswered(String attributes, String expected) {
    assertThat(Projection.of(ResourceType.USER, attributes, null).apply(ResourceType.USER, ada()))
        .isEqualTo(JsonMapper.shared().readTree(expected));
  }

  @Test
  void whatIsExcludedIsLeftOut() {
    ObjectNode left =
        Projection.of(
                ResourceType.USER,
                null,
                "id,schemas,name.givenName,emails,meta,"
                    + "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
            .apply(ResourceType.USER, ada());
    assertThat(left)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "{\"schemas\":[\"s\"],\"id\":\"7\",\"userName\":\"ada\","
                        + "\"name\":{\"familyName\":\"Byron\"}}"));
  }

  @Test
  void oneExcludesTheOther() {
    assertThatThrownBy(() -> Projection.of(ResourceType.USER, "userName", "name"))
        .isInstanceOf(ScimError.class);
  }

  private static ObjectNode ada() {
    return (ObjectNode) JsonMapper.shared().readTree(ADA);
  }
}
