package dev.bothy.platform.work;

/// How a failure is kept in the database: by the names of its exceptions, never by their messages,
/// which may quote what people wrote.
final class Failure {
  private Failure() {}

  static String nameOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String outer = failure.getClass().getSimpleName();
    String inner = root.getClass().getSimpleName();
    return outer.equals(inner) ? outer : outer + " by " + inner;
  }
}
