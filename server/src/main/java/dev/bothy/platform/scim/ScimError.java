package dev.bothy.platform.scim;

import org.jspecify.annotations.Nullable;

/// A request that is refused, as RFC 7644 §3.12 says it. It is thrown, so that a transaction that
/// has written something is rolled back by it.
///
/// Its message is for whoever runs the directory. It names attributes, positions and bounds; never
/// a value that was sent, since it is kept with the last requests.
public final class ScimError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The `scimType`s of RFC 7644, table 9.
  public enum Type {
    /// The filter cannot be read, or compares what cannot be compared.
    INVALID_FILTER("invalidFilter"),
    /// More than this server is willing to work on at once.
    TOO_MANY("tooMany"),
    /// Somebody else has this already.
    UNIQUENESS("uniqueness"),
    /// The attribute cannot be changed in this way.
    MUTABILITY("mutability"),
    /// The body is not what the request's schema says.
    INVALID_SYNTAX("invalidSyntax"),
    /// The path of a PATCH cannot be read, or names nothing.
    INVALID_PATH("invalidPath"),
    /// The path of a PATCH matches nothing that could be worked on.
    NO_TARGET("noTarget"),
    /// A value is missing, or not of its attribute's type.
    INVALID_VALUE("invalidValue"),
    /// Another version of the protocol.
    INVALID_VERS("invalidVers"),
    /// What must not stand in an address.
    SENSITIVE("sensitive");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /// As it stands in an answer.
    public String word() {
      return word;
    }
  }

  private final int status;
  private final transient @Nullable Type type;

  /// @param status of HTTP
  /// @param type null where RFC 7644 has none for it
  /// @param detail in words, without any value that was sent
  ScimError(int status, @Nullable Type type, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.type = type;
  }

  static ScimError of(Type type, String detail) {
    return new ScimError(
        switch (type) {
          case UNIQUENESS -> 409;
          case SENSITIVE -> 403;
          case INVALID_FILTER, TOO_MANY, MUTABILITY, INVALID_SYNTAX, INVALID_PATH -> 400;
          case NO_TARGET, INVALID_VALUE, INVALID_VERS -> 400;
        },
        type,
        detail);
  }

  static ScimError invalidValue(String detail) {
    return of(Type.INVALID_VALUE, detail);
  }

  static ScimError invalidPath(String detail) {
    return of(Type.INVALID_PATH, detail);
  }

  static ScimError notFound(String detail) {
    return new ScimError(404, null, detail);
  }

  public int status() {
    return status;
  }

  public @Nullable Type type() {
    return type;
  }

  /// What is said to whoever asked.
  public String detail() {
    return String.valueOf(getMessage());
  }
}
