package dev.bothy.preflight;

/// What a check found.
///
/// @param check its stable short name, e.g. `database`; behind a colon what it looked at, where
///   there are several
/// @param message what is so, in one sentence without its full stop
/// @param fix what whoever runs the installation does next; empty when nothing is to be done
record Finding(String check, Result result, String message, String fix) {
  /// How bad it is, worst first.
  enum Result {
    /// The server would not work.
    FAIL,
    /// It works, but somebody should look.
    WARN,
    /// All is well.
    PASS
  }

  static Finding pass(String check, String message) {
    return new Finding(check, Result.PASS, message, "");
  }

  static Finding warn(String check, String message, String fix) {
    return new Finding(check, Result.WARN, message, fix);
  }

  static Finding fail(String check, String message, String fix) {
    return new Finding(check, Result.FAIL, message, fix);
  }

  boolean failed() {
    return result == Result.FAIL;
  }

  String line() {
    return result + "  " + check + ": " + message + (fix.isEmpty() ? "" : " — fix: " + fix);
  }
}
