package dev.bothy.platform.scim;

import dev.bothy.platform.scim.Attribute.Mutability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A kind of thing that a directory keeps here (RFC 7643 §6).
///
/// @param name `User` or `Group`
/// @param endpoint below the base address, with its slash
/// @param root everything as one complex attribute: what all resources have, what the core schema
///   says, and each extension as an attribute named by its URN
record ResourceType(
    String name,
    String endpoint,
    String description,
    Schema core,
    List<Schema> extensions,
    Attribute root) {
  /// What every resource has (RFC 7643 §3.1). It belongs to no schema.
  private static final List<Attribute> COMMON =
      List.of(
          Attribute.text("id", "The resource's id, given by Bothy.")
              .asCaseExact()
              .as(Mutability.READ_ONLY)
              .alwaysReturned()
              .asUnique(),
          Attribute.text("externalId", "The resource's id in the directory.").asCaseExact(),
          Attribute.complex(
                  "meta",
                  "What Bothy knows of the resource.",
                  List.of(
                      Attribute.text("resourceType", "User or Group.")
                          .asCaseExact()
                          .as(Mutability.READ_ONLY),
                      readOnlyTime("created"),
                      readOnlyTime("lastModified"),
                      Attribute.simple("location", Attribute.Type.REFERENCE, "The address.")
                          .as(Mutability.READ_ONLY),
                      Attribute.text("version", "The weak entity tag.")
                          .asCaseExact()
                          .as(Mutability.READ_ONLY)))
              .as(Mutability.READ_ONLY));

  private static final Attribute SCHEMAS =
      new Attribute(
          "schemas",
          Attribute.Type.REFERENCE,
          true,
          "The schemas of which the resource has attributes.",
          true,
          true,
          Mutability.READ_ONLY,
          Attribute.Returned.ALWAYS,
          Attribute.Uniqueness.NONE,
          List.of(),
          List.of(),
          List.of());

  ResourceType {
    extensions = List.copyOf(extensions);
  }

  static final ResourceType USER =
      of("User", "/Users", "A person.", UserSchema.USER, List.of(EnterpriseSchema.ENTERPRISE));

  static final ResourceType GROUP =
      of("Group", "/Groups", "Several people.", GroupSchema.GROUP, List.of());

  static final List<ResourceType> ALL = List.of(USER, GROUP);

  private static ResourceType of(
      String name, String endpoint, String description, Schema core, List<Schema> extensions) {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(SCHEMAS);
    attributes.addAll(COMMON);
    attributes.addAll(core.attributes());
    extensions.forEach(extension ->
        attributes.add(
            Attribute.complex(extension.id(), extension.description(), extension.attributes())));
    return new ResourceType(
        name,
        endpoint,
        description,
        core,
        extensions,
        Attribute.complex(name, description, attributes));
  }

  /// What a name means: the attributes from the outermost to the one that is meant. Empty if it
  /// names nothing.
  ///
  /// `emails.value` is emails, value; `urn:…:enterprise:2.0:User:manager.value` is the extension,
  /// manager, value; the URN alone is the extension.
  Optional<List<Attribute>> resolve(AttributePath path) {
    String schema = path.schema();
    if (schema == null || schema.equalsIgnoreCase(core.id())) {
      return follow(List.of(), root, path.name(), path.sub());
    }
    Optional<Attribute> extension = root.sub(schema);
    if (extension.isPresent()) {
      return follow(List.of(extension.get()), extension.get(), path.name(), path.sub());
    }
    if (path.sub() == null) {
      return root.sub(schema + ":" + path.name()).map(List::of);
    }
    return Optional.empty();
  }

  /// Whether this begins with the name of a schema that this kind of resource has.
  boolean isInASchema(String path) {
    return startsWith(path, core.id())
        || extensions.stream().anyMatch(extension -> startsWith(path, extension.id()));
  }

  private static boolean startsWith(String path, String schema) {
    return path.regionMatches(true, 0, schema + ":", 0, schema.length() + 1);
  }

  private static Optional<List<Attribute>> follow(
      List<Attribute> before, Attribute in, String name, @Nullable String sub) {
    Optional<Attribute> attribute = in.sub(name);
    if (attribute.isEmpty()) {
      return Optional.empty();
    }
    List<Attribute> steps = new ArrayList<>(before);
    steps.add(attribute.get());
    if (sub != null) {
      Optional<Attribute> last = attribute.get().sub(sub);
      if (last.isEmpty()) {
        return Optional.empty();
      }
      steps.add(last.get());
    }
    return Optional.of(List.copyOf(steps));
  }

  private static Attribute readOnlyTime(String name) {
    return Attribute.simple(name, Attribute.Type.DATE_TIME, "A time.").as(Mutability.READ_ONLY);
  }
}
