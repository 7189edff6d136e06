package dev.bothy.platform.api;

import dev.bothy.platform.kernel.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// One input that is wrong.
///
/// @param field its name in the body or the query; empty if it is about none alone
/// @param code stable, `module.what`
/// @param message what is wrong and what is allowed
@Schema(description = "An input that is wrong.")
public record FieldError(
    @Schema(description = "Its name in the body or the query; empty if it is about none alone.")
        String field,
    @Schema(description = "Stable: `module.what`, e.g. `rotations.name`.") String code,
    @Schema(description = "What is wrong and what is allowed, for people.") String message) {
  /// What a module's service refused.
  public static List<FieldError> of(List<Problem> problems) {
    return problems.stream()
        .map(problem ->
            new FieldError(
                problem.field() == null ? "" : problem.field(), problem.code(), problem.message()))
        .toList();
  }
}
