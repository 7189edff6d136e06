package dev.bothy.platform.api;

import dev.bothy.platform.workspace.Outage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;

/// Answers every error of the API, whatever threw it, as a problem with a code; nothing of a stack
/// trace or a framework's words reaches a program.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiErrors implements HandlerExceptionResolver, HandlerInterceptor, WebMvcConfigurer {
  private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final ProblemWriter writer;
  private final List<ProblemTranslator> translators;

  ApiErrors(ProblemWriter writer, List<ProblemTranslator> translators) {
    this.writer = writer;
    this.translators = translators;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failure) {
    if (!ProblemWriter.isApi(request)
        || failure instanceof AccessDeniedException
        || failure instanceof AuthenticationException) {
      // The last two are for the security filters, which come back with a problem.
      return null;
    }
    if (response.isCommitted()) {
      LOG.warn("An answer of the API broke off", failure);
      return new ModelAndView();
    }
    try {
      response.resetBuffer();
      writer.write(response, problem(failure));
    } catch (IOException gone) {
      LOG.debug("Nobody was there to read of a problem", gone);
    }
    return new ModelAndView();
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/error").order(Ordered.HIGHEST_PRECEDENCE);
  }

  /// What failed outside of any controller comes by the container's error dispatch, on its way to
  /// the pages that people read.
  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (!(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
        && ProblemWriter.isApi(path))) {
      return true;
    }
    Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    writer.write(
        response,
        failure instanceof Exception exception
            ? problem(exception)
            : ofStatus(status instanceof Integer code ? code : 404));
    return false;
  }

  private ApiProblem problem(Exception failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ApiProblem problem) {
        return problem;
      }
    }
    for (ProblemTranslator translator : translators) {
      Optional<ApiProblem> translated = translator.translate(failure);
      if (translated.isPresent()) {
        return translated.get();
      }
    }
    if (Outage.isCauseOf(failure)) {
      LOG.warn("The API could not answer: {}", failure.toString());
      return ofStatus(Problems.UNAVAILABLE.status().value());
    }
    if (failure instanceof HttpMessageNotReadableException unreadable) {
      return unreadable(unreadable);
    }
    if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
      return mismatch(mismatch);
    }
    if (failure instanceof MissingServletRequestParameterException missing) {
      String name = missing.getParameterName();
      return ApiProblem.invalid(name, "api.missing", name + " is missing");
    }
    if (failure instanceof HttpRequestMethodNotSupportedException wrong) {
      ApiProblem problem = ApiProblem.of(Problems.METHOD_NOT_ALLOWED);
      return wrong.getSupportedHttpMethods() == null
          ? problem
          : problem.with(
              "Allow",
              wrong.getSupportedHttpMethods().stream()
                  .map(HttpMethod::name)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    if (failure instanceof OptimisticLockingFailureException) {
      return ApiProblem.of(Problems.CONFLICT);
    }
    if (failure instanceof ErrorResponse known && known.getStatusCode().value() < 500) {
      return ofStatus(known.getStatusCode().value());
    }
    LOG.error("A request of the API failed", failure);
    return ApiProblem.of(Problems.INTERNAL_ERROR);
  }

  private static ApiProblem ofStatus(int status) {
    Problems code = Problems.of(status);
    ApiProblem problem = ApiProblem.of(code);
    return code == Problems.UNAVAILABLE ? problem.retryAfter(SOON) : problem;
  }

  /// JSON whose values do not fit is told by field; anything else, where the text breaks.
  private static ApiProblem unreadable(HttpMessageNotReadableException failure) {
    return switch (failure.getCause()) {
      case StreamReadException broken when broken.getLocation() != null ->
          ApiProblem.of(
              Problems.UNREADABLE,
              "The body is no JSON: look at line %d, column %d."
                  .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr()));
      case DatabindException unfit when !unfit.getPath().isEmpty() -> {
        String field =
            unfit.getPath().stream()
                .map(step ->
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .substring(1);
        yield ApiProblem.invalid(field, "api.type", field + ": this value is not of its type");
      }
      case null, default ->
          ApiProblem.of(Problems.UNREADABLE, "The body is missing or no JSON object.");
    };
  }

  /// An id that cannot be one is the id of nothing.
  private static ApiProblem mismatch(MethodArgumentTypeMismatchException failure) {
    return failure.getParameter().hasParameterAnnotation(PathVariable.class)
        ? ApiProblem.of(Problems.NOT_FOUND)
        : ApiProblem.invalid(
            failure.getName(), "api.type", failure.getName() + ": this value is not of its type");
  }
}
