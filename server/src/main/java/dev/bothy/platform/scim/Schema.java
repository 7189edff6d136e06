package dev.bothy.platform.scim;

import java.util.List;

/// A set of attributes under a name of the whole world's (RFC 7643 §7).
///
/// @param id a URN
/// @param name as people read it
record Schema(String id, String name, String description, List<Attribute> attributes) {
  Schema {
    attributes = List.copyOf(attributes);
  }
}
