package dev.bothy.platform.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.web.bind.annotation.RestController;

/// A controller of the API, and the area that its scopes are named after: a token with
/// `<area>:read` may GET, one with `<area>:write` may do the rest. A controller under `/api/`
/// without this annotation answers nobody.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@RestController
public @interface ApiArea {
  /// One word, `a-z` and `-`, e.g. `rotations`.
  String name();

  /// What it covers, for the OpenAPI document.
  String about();

  /// Whether any token may read it, as what says who somebody is.
  boolean open() default false;
}
