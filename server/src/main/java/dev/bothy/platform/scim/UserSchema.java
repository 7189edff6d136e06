package dev.bothy.platform.scim;

import static dev.bothy.platform.scim.Attribute.Mutability.READ_ONLY;
import static dev.bothy.platform.scim.Attribute.complex;
import static dev.bothy.platform.scim.Attribute.several;
import static dev.bothy.platform.scim.Attribute.simple;
import static dev.bothy.platform.scim.Attribute.text;

import dev.bothy.platform.scim.Attribute.Type;
import java.util.List;

/// The core schema of a user (RFC 7643 §4.1), all of it but passwords and certificates: nobody
/// signs in here with either, so neither is kept.
final class UserSchema {
  static final String ID = "urn:ietf:params:scim:schemas:core:2.0:User";

  static final Schema USER =
      new Schema(
          ID,
          "User",
          "A person.",
          List.of(
              text("userName", "What the person signs in with.").asRequired().asUnique(),
              complex(
                  "name",
                  "The parts of the person's name.",
                  List.of(
                      text("formatted", "The whole name, as it is written."),
                      text("familyName", "The family name."),
                      text("givenName", "The given name."),
                      text("middleName", "Further names."),
                      text("honorificPrefix", "What stands before the name."),
                      text("honorificSuffix", "What stands after the name."))),
              text("displayName", "The name that people read."),
              text("nickName", "How the person is called."),
              simple("profileUrl", Type.REFERENCE, "A page about the person.")
                  .referringTo("external"),
              text("title", "The person's position, e.g. Vice President."),
              text("userType", "How the person belongs to the organisation, e.g. Contractor."),
              text("preferredLanguage", "As in an Accept-Language header."),
              text("locale", "For dates and numbers, e.g. en-GB."),
              text("timezone", "By its name in the IANA database, e.g. Europe/Berlin."),
              simple("active", Type.BOOLEAN, "False takes the person's place in Bothy away."),
              list("emails", "E-mail addresses.", Type.STRING, "work", "home", "other"),
              list(
                  "phoneNumbers",
                  "Telephone numbers.",
                  Type.STRING,
                  "work",
                  "home",
                  "mobile",
                  "fax",
                  "pager",
                  "other"),
              list("ims", "Addresses for instant messages.", Type.STRING),
              list("photos", "Addresses of pictures.", Type.REFERENCE, "photo", "thumbnail"),
              several(
                  "addresses",
                  "Postal addresses.",
                  List.of(
                      text("formatted", "The whole address, with line breaks."),
                      text("streetAddress", "Street and number."),
                      text("locality", "City."),
                      text("region", "State or region."),
                      text("postalCode", "Postal code."),
                      text("country", "As ISO 3166-1 has it, two letters."),
                      text("type", "What it is for.").usually("work", "home", "other"),
                      simple("primary", Type.BOOLEAN, "The preferred one; true at most once."))),
              several(
                      "groups",
                      "The groups that the person is a member of. Changed in the groups.",
                      List.of(
                          text("value", "The group's id.").asCaseExact().as(READ_ONLY),
                          simple("$ref", Type.REFERENCE, "The group's address.")
                              .referringTo("Group")
                              .as(READ_ONLY),
                          text("display", "The group's name.").as(READ_ONLY),
                          text("type", "Always direct.").usually("direct").as(READ_ONLY)))
                  .as(READ_ONLY),
              list("entitlements", "Kept, and of no effect.", Type.STRING),
              list("roles", "Kept, and of no effect: groups stand for roles.", Type.STRING)));

  private UserSchema() {}

  private static Attribute list(String name, String description, Type type, String... types) {
    return several(
        name,
        description,
        List.of(
            simple("value", type, "The value."),
            text("display", "As people read it."),
            text("type", "What it is for.").usually(types),
            simple("primary", Type.BOOLEAN, "The preferred one; true at most once.")));
  }
}
