package dev.bothy.platform.scim;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The longest values of attributes by which resources are found: the others may have
/// [Canonical#LONGEST_TEXT].
final class Bounds {
  /// An entry of an index has 2,704 bytes at most (postgresql.org/docs/18/btree.html), and a
  /// character up to four.
  static final int LONGEST_KEY = 400;

  private Bounds() {}

  /// @throws ScimError `invalidValue`
  static void requireOfUser(ObjectNode attributes) {
    require(attributes, "userName", ScimUser.LONGEST_NAME);
    require(attributes, "externalId", LONGEST_KEY);
    for (JsonNode email : attributes.path("emails")) {
      if (email.path("value").asString("").length() > LONGEST_KEY) {
        throw tooLong("emails.value", LONGEST_KEY);
      }
    }
  }

  /// @throws ScimError `invalidValue`
  static void requireOfGroup(ObjectNode attributes) {
    require(attributes, "displayName", LONGEST_KEY);
    require(attributes, "externalId", LONGEST_KEY);
  }

  private static void require(ObjectNode attributes, String name, int longest) {
    if (attributes.path(name).asString("").length() > longest) {
      throw tooLong(name, longest);
    }
  }

  private static ScimError tooLong(String name, int longest) {
    return ScimError.invalidValue("%s has more than %d characters.".formatted(name, longest));
  }
}
