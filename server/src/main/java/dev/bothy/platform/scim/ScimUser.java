package dev.bothy.platform.scim;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A user as a directory writes them.
///
/// @param person null until they are active for the first time
/// @param attributes as [Canonical] reads them; `active` and `userName` are always there
/// @param version 1 for a new one, and one more with each change
record ScimUser(
    UUID id,
    @Nullable PersonId person,
    ObjectNode attributes,
    long version,
    Instant createdAt,
    Instant updatedAt) {
  /// What a person and a member have room for.
  static final int LONGEST_NAME = 200;

  private static final int LONGEST_ADDRESS = 320;

  String userName() {
    return attributes.path("userName").asString();
  }

  boolean active() {
    return attributes.path("active").asBoolean(true);
  }

  @Nullable String externalId() {
    return attributes.path("externalId").asString(null);
  }

  /// The addresses by which the user is found, folded.
  List<String> addressKeys() {
    return attributes
        .path("emails")
        .valueStream()
        .map(each -> each.path("value").asString(""))
        .filter(each -> !each.isEmpty())
        .map(each -> Matching.folded(each, false))
        .distinct()
        .toList();
  }

  /// What the rest of Bothy knows of them.
  Members.Profile profile() {
    return new Members.Profile(name(), userName(), email());
  }

  /// The name that people read.
  String name() {
    JsonNode name = attributes.path("name");
    String parts =
        Stream.of("givenName", "familyName")
            .map(part -> name.path(part).asString(""))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return Stream.of(
            attributes.path("displayName").asString(""),
            name.path("formatted").asString(""),
            parts,
            userName())
        .filter(each -> !each.isBlank())
        .findFirst()
        .map(ScimUser::cut)
        .orElseThrow();
  }

  /// No half of a character is left.
  private static String cut(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    boolean half = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
    return name.substring(0, half ? LONGEST_NAME - 1 : LONGEST_NAME);
  }

  /// The primary address, else that for work, else the first.
  private @Nullable String email() {
    List<JsonNode> all = new ArrayList<>();
    attributes.path("emails").forEach(all::add);
    return Stream.concat(
            Stream.concat(
                all.stream().filter(Canonical::isPrimary),
                all.stream().filter(each -> each.path("type").asString("").equals("work"))),
            all.stream())
        .map(each -> each.path("value").asString(""))
        .filter(each -> each.length() >= 3 && each.length() <= LONGEST_ADDRESS)
        .findFirst()
        .orElse(null);
  }
}
