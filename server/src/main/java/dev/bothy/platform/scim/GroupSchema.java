package dev.bothy.platform.scim;

import static dev.bothy.platform.scim.Attribute.Mutability.IMMUTABLE;
import static dev.bothy.platform.scim.Attribute.Mutability.READ_ONLY;

import java.util.List;

/// The core schema of a group (RFC 7643 §4.2). Members are users: groups within groups are spread
/// out by the directories that we know before they are sent.
final class GroupSchema {
  static final String ID = "urn:ietf:params:scim:schemas:core:2.0:Group";

  static final Schema GROUP =
      new Schema(
          ID,
          "Group",
          "Several people.",
          List.of(
              Attribute.text("displayName", "The name that people read.").asRequired(),
              Attribute.several(
                  "members",
                  "The users who belong to the group.",
                  List.of(
                      Attribute.text("value", "The user's id.").asCaseExact().as(IMMUTABLE),
                      Attribute.simple("$ref", Attribute.Type.REFERENCE, "The user's address.")
                          .referringTo("User")
                          .as(READ_ONLY),
                      Attribute.text("display", "The user's name.").as(READ_ONLY),
                      Attribute.text("type", "Always User.").usually("User").as(READ_ONLY)))));

  private GroupSchema() {}
}
