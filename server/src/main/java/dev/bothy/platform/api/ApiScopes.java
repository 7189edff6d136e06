package dev.bothy.platform.api;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/// What a token may be for: `<area>:read` and `<area>:write` for each [ApiArea].
@Component
public class ApiScopes {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final ListableBeanFactory beans;

  ApiScopes(ListableBeanFactory beans) {
    this.beans = beans;
  }

  /// Every scope that some operation needs, in order.
  public SortedSet<String> all() {
    SortedSet<String> scopes = new TreeSet<>();
    for (String name : beans.getBeanNamesForAnnotation(ApiArea.class)) {
      Class<?> controller = beans.getType(name);
      if (controller == null) {
        continue;
      }
      ApiArea area = areaOf(controller).orElseThrow();
      for (Method operation :
          MethodIntrospector.selectMethods(
              controller, (ReflectionUtils.MethodFilter) ApiScopes::isMapped)) {
        for (RequestMethod method : mapping(operation).method()) {
          needed(area, method.name()).ifPresent(scopes::add);
        }
      }
    }
    return scopes;
  }

  private static boolean isMapped(Method method) {
    return AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class);
  }

  private static RequestMapping mapping(Method method) {
    return Objects.requireNonNull(
        AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class));
  }

  /// The area of a controller; empty if it is none of the API's.
  public static Optional<ApiArea> areaOf(Class<?> controller) {
    return Optional.ofNullable(
        AnnotatedElementUtils.findMergedAnnotation(controller, ApiArea.class));
  }

  /// What a request of this method needs; empty where any token will do.
  public static Optional<String> needed(ApiArea area, String method) {
    boolean reads = READING.contains(method);
    return area.open() && reads
        ? Optional.empty()
        : Optional.of(area.name() + (reads ? ":read" : ":write"));
  }
}
