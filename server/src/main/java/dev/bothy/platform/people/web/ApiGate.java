package dev.bothy.platform.people.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.api.ProblemTranslator;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.people.ApiTokenGrant;
import dev.bothy.platform.people.NotAllowed;
import dev.bothy.platform.people.PeopleProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What a token is for, held against what is asked: in this one place, before any controller runs.
/// A controller of the API that declares no [ApiArea] answers nobody.
@Component
class ApiGate implements HandlerInterceptor, WebMvcConfigurer, ProblemTranslator {
  private static final String DOCUMENTS = "org.springdoc.";

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**").order(-1);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || method.getBeanType().getName().startsWith(DOCUMENTS)) {
      return true;
    }
    ApiArea area =
        ApiScopes.areaOf(method.getBeanType()).orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
    Optional<String> needed = ApiScopes.needed(area, request.getMethod());
    ApiTokenGrant grant = grant();
    if (grant != null && needed.isPresent() && !grant.scopes().contains(needed.get())) {
      throw ApiProblem.of(
              PeopleProblems.SCOPE_MISSING, "This needs the scope " + needed.get() + ".")
          .with(
              "WWW-Authenticate",
              "Bearer realm=\"bothy\", error=\"insufficient_scope\", scope=\"%s\""
                  .formatted(needed.get()));
    }
    return true;
  }

  /// What the token of this request allows; null for a request of a session.
  static @Nullable ApiTokenGrant grant() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who != null && who.getDetails() instanceof ApiTokenGrant grant ? grant : null;
  }

  @Override
  public Optional<ApiProblem> translate(Exception failure) {
    return failure instanceof NotAllowed refusal
        ? Optional.of(
            ApiProblem.of(
                PeopleProblems.ROLE_MISSING,
                refusal.getMessage() == null ? "" : refusal.getMessage()))
        : Optional.empty();
  }
}
