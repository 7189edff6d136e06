package dev.bothy.platform.api;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;

/// What a token may be for: `<area>:read` and `<area>:write` for each [ApiArea].
@Component
public class ApiScopes {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final ListableBeanFactory beans;

  ApiScopes(ListableBeanFactory beans) {
    this.beans = beans;
  }

  /// Every scope there is, in order.
  public SortedSet<String> all() {
    SortedSet<String> scopes = new TreeSet<>();
    for (String name : beans.getBeanNamesForAnnotation(ApiArea.class)) {
      ApiArea area = beans.findAnnotationOnBean(name, ApiArea.class);
      if (area != null && !area.open()) {
        scopes.add(area.name() + ":read");
        scopes.add(area.name() + ":write");
      }
    }
    return scopes;
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
