package dev.bothy.platform.people.web;

import dev.bothy.platform.people.ApiTokenGrant;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Finds out who looks at a workspace's page, or asks its API, before its controller runs and
/// whether or not the controller asks: somebody who is no member is told "not found", as for a
/// workspace that does not exist.
@Component
class Viewers implements HandlerInterceptor, HandlerMethodArgumentResolver, WebMvcConfigurer {
  private static final String PATHS = "/w/*/**";
  private static final String ROOTS = "/w/*";
  private static final String API = "/api/v1/workspaces/*/**";

  private final People people;

  Viewers(People people) {
    this.people = people;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns(ROOTS, PATHS, API);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Viewer viewer = find(request);
    if (viewer == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    request.setAttribute(Viewer.ATTRIBUTE, viewer);
    return true;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().equals(Viewer.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    Object viewer = request.getAttribute(Viewer.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    if (viewer == null) {
      throw new IllegalStateException(
          parameter.getExecutable()
              + " asks for a Viewer, which only what is under /w/ or "
              + "/api/v1/workspaces/ has");
    }
    return viewer;
  }

  private @Nullable Viewer find(HttpServletRequest request) {
    if (request.getAttribute(Viewer.ATTRIBUTE) instanceof Viewer known) {
      return known;
    }
    if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
        && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables
        && variables.get("workspace") instanceof String slug) {
      return people
          .viewer(signedIn.person(), signedIn.getName(), slug)
          .filter(viewer -> reaches(signedIn, viewer))
          .orElse(null);
    }
    return null;
  }

  /// A token works in its workspace alone; elsewhere its owner has no place.
  private static boolean reaches(SignedIn signedIn, Viewer viewer) {
    return !(signedIn.getDetails() instanceof ApiTokenGrant grant)
        || grant.workspace().equals(viewer.workspace());
  }
}
