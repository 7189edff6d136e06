package dev.bothy.platform.api;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/// A kind of problem that programs can tell from others. Implemented by enums; every constant has a
/// section on `docs/reference/problems.md`. A code that was released keeps its name and its
/// meaning.
public interface ProblemCode {
  /// Which module's it is, e.g. `api`.
  String module();

  /// The constant's name.
  String name();

  /// The status it is answered with.
  HttpStatus status();

  /// What happened, as a headline.
  String title();

  /// When it happens and what to do about it, for the reference page.
  String meaning();

  /// `module.what`, e.g. `api.not-found`.
  default String code() {
    return module() + "." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The `type` of RFC 9457: it names the code and leads nowhere.
  default String type() {
    return "urn:bothy:problem:" + code();
  }
}
