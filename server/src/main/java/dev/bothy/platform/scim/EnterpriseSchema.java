package dev.bothy.platform.scim;

import static dev.bothy.platform.scim.Attribute.text;

import dev.bothy.platform.scim.Attribute.Mutability;
import java.util.List;

/// The extension of a user for enterprises (RFC 7643 §4.3).
final class EnterpriseSchema {
  static final String ID = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  static final Schema ENTERPRISE =
      new Schema(
          ID,
          "EnterpriseUser",
          "What organisations note of a person.",
          List.of(
              text("employeeNumber", "The number that the organisation gave the person."),
              text("costCenter", "The cost centre."),
              text("organization", "The organisation."),
              text("division", "The division."),
              text("department", "The department."),
              Attribute.complex(
                  "manager",
                  "The person's manager.",
                  List.of(
                      text("value", "The manager's id, as the directory sends it.").asCaseExact(),
                      Attribute.simple("$ref", Attribute.Type.REFERENCE, "The manager's address.")
                          .referringTo("User"),
                      text("displayName", "The manager's name.").as(Mutability.READ_ONLY)))));

  private EnterpriseSchema() {}
}
