package dev.bothy.platform.scim;

import java.util.List;
import java.util.Optional;

/// What there is to know of an attribute (RFC 7643 §7). The same data is shown at `/Schemas` and
/// leads whatever reads, compares and changes values.
///
/// @param name as it is stored and answered; requests may write it in any case
/// @param caseExact whether case makes a difference in comparisons
/// @param canonicalValues what is usual; others are taken as well
/// @param references what a reference may lead to
/// @param subAttributes empty unless it is complex
record Attribute(
    String name,
    Type type,
    boolean multiValued,
    String description,
    boolean required,
    boolean caseExact,
    Mutability mutability,
    Returned returned,
    Uniqueness uniqueness,
    List<String> canonicalValues,
    List<String> references,
    List<Attribute> subAttributes) {
  enum Type {
    STRING("string"),
    BOOLEAN("boolean"),
    DATE_TIME("dateTime"),
    REFERENCE("reference"),
    BINARY("binary"),
    COMPLEX("complex");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  enum Mutability {
    READ_ONLY("readOnly"),
    READ_WRITE("readWrite"),
    IMMUTABLE("immutable");

    private final String word;

    Mutability(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  enum Returned {
    /// Whatever a request asks for.
    ALWAYS,
    /// Unless a request leaves it out.
    DEFAULT
  }

  enum Uniqueness {
    NONE,
    /// Within the directory, and where people sign in with it within the workspace.
    SERVER
  }

  Attribute {
    canonicalValues = List.copyOf(canonicalValues);
    references = List.copyOf(references);
    subAttributes = List.copyOf(subAttributes);
  }

  /// The sub-attribute of this name, in any case.
  Optional<Attribute> sub(String wanted) {
    return subAttributes.stream().filter(each -> each.name.equalsIgnoreCase(wanted)).findFirst();
  }

  boolean isComplex() {
    return type == Type.COMPLEX;
  }

  boolean isReadOnly() {
    return mutability == Mutability.READ_ONLY;
  }

  /// A text that requests read and write.
  static Attribute text(String name, String description) {
    return simple(name, Type.STRING, description);
  }

  static Attribute simple(String name, Type type, String description) {
    return new Attribute(
        name,
        type,
        false,
        description,
        false,
        type == Type.REFERENCE || type == Type.BINARY,
        Mutability.READ_WRITE,
        Returned.DEFAULT,
        Uniqueness.NONE,
        List.of(),
        List.of(),
        List.of());
  }

  static Attribute complex(String name, String description, List<Attribute> subAttributes) {
    return simple(name, Type.COMPLEX, description).of(false, subAttributes);
  }

  static Attribute several(String name, String description, List<Attribute> subAttributes) {
    return simple(name, Type.COMPLEX, description).of(true, subAttributes);
  }

  Attribute asRequired() {
    return with(true, caseExact, mutability, returned, uniqueness);
  }

  Attribute asUnique() {
    return with(required, caseExact, mutability, returned, Uniqueness.SERVER);
  }

  Attribute asCaseExact() {
    return with(required, true, mutability, returned, uniqueness);
  }

  Attribute as(Mutability other) {
    return with(required, caseExact, other, returned, uniqueness);
  }

  Attribute alwaysReturned() {
    return with(required, caseExact, mutability, Returned.ALWAYS, uniqueness);
  }

  Attribute usually(String... values) {
    return new Attribute(
        name,
        type,
        multiValued,
        description,
        required,
        caseExact,
        mutability,
        returned,
        uniqueness,
        List.of(values),
        references,
        subAttributes);
  }

  Attribute referringTo(String... targets) {
    return new Attribute(
        name,
        type,
        multiValued,
        description,
        required,
        caseExact,
        mutability,
        returned,
        uniqueness,
        canonicalValues,
        List.of(targets),
        subAttributes);
  }

  private Attribute of(boolean several, List<Attribute> subs) {
    return new Attribute(
        name,
        type,
        several,
        description,
        required,
        caseExact,
        mutability,
        returned,
        uniqueness,
        canonicalValues,
        references,
        subs);
  }

  private Attribute with(
      boolean isRequired,
      boolean isCaseExact,
      Mutability newMutability,
      Returned newReturned,
      Uniqueness newUniqueness) {
    return new Attribute(
        name,
        type,
        multiValued,
        description,
        isRequired,
        isCaseExact,
        newMutability,
        newReturned,
        newUniqueness,
        canonicalValues,
        references,
        subAttributes);
  }
}
