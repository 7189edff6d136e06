package dev.bothy.platform.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A problem as it is answered.
///
/// @param errors null, and left out, unless the input is to blame
@Schema(name = "Problem", description = "What went wrong, as RFC 9457 writes it.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemDocument(
    @Schema(
            description = "Names the code; it leads nowhere.",
            example = "urn:bothy:problem:api.not-found")
        String type,
    @Schema(description = "What happened, as a headline.") String title,
    @Schema(description = "The status of HTTP.") int status,
    @Schema(description = "What happened this time and what to do about it.") String detail,
    @Schema(
            description = "Stable: programs compare this, and nothing else.",
            example = "api.not-found")
        String code,
    @Schema(description = "What is wrong with each input; absent unless the input is to blame.")
        @Nullable List<FieldError> errors) {}
