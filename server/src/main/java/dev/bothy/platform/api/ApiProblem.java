package dev.bothy.platform.api;

import dev.bothy.platform.kernel.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/// A request of a program that came to nothing. What is thrown is answered as RFC 9457 says.
public final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ProblemCode code;
  private final transient List<FieldError> errors;
  private final transient Map<String, String> headers;

  private ApiProblem(
      ProblemCode code, String detail, List<FieldError> errors, Map<String, String> headers) {
    super(detail);
    this.code = code;
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
  }

  /// @param detail what happened this time and what to do, in a sentence or two; never a secret
  public static ApiProblem of(ProblemCode code, String detail) {
    return new ApiProblem(code, detail, List.of(), Map.of());
  }

  /// The same, with what the code means as its detail.
  public static ApiProblem of(ProblemCode code) {
    return of(code, code.meaning());
  }

  /// What is wrong with each input, as a service found it.
  public static ApiProblem invalid(List<Problem> problems) {
    return invalidFields(FieldError.of(problems));
  }

  /// What is wrong with one input.
  public static ApiProblem invalid(String field, String code, String message) {
    return invalidFields(List.of(new FieldError(field, code, message)));
  }

  static ApiProblem invalidFields(List<FieldError> errors) {
    return new ApiProblem(
        Problems.INVALID_INPUT,
        "Nothing was changed; errors says what is wrong.",
        errors,
        Map.of());
  }

  /// The same problem, answered with this header too.
  public ApiProblem with(String header, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new ApiProblem(code, detail(), errors, more);
  }

  /// The same problem, which is over after a while.
  public ApiProblem retryAfter(Duration wait) {
    return with(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
  }

  ProblemCode code() {
    return code;
  }

  String detail() {
    String message = getMessage();
    return message == null ? code.meaning() : message;
  }

  Map<String, String> headers() {
    return headers;
  }

  ProblemDocument document() {
    return new ProblemDocument(
        code.type(),
        code.title(),
        code.status().value(),
        detail(),
        code.code(),
        errors.isEmpty() ? null : errors);
  }
}
