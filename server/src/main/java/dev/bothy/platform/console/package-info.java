/// The web layout that every module's pages share: navigation, headers, error pages in words, the
/// home page with the health of each part, and the audit log. A module brings its own pages and a
/// [NavigationItem] bean for each that belongs into the navigation.
///
/// ## A page of a module
///
/// The controller's path begins with `/w/{workspace}/` and its method takes a
/// [dev.bothy.platform.people.Viewer]. Its template is
///
/// ```html
/// <!DOCTYPE html>
/// <html xmlns:th="http://www.thymeleaf.org"
///       th:replace="~{console/layout :: page('Rotations', ~{::main})}">
/// <main>…</main>
/// </html>
/// ```
///
/// Forms use `th:action`, which adds the hidden CSRF field; htmx sends the token by header. The
/// classes that a page may use are listed at the top of `static/console/bothy.css`.
@NullMarked
@ApplicationModule(
    id = "console",
    allowedDependencies = {
      "kernel",
      "workspace",
      "people",
      "work",
      "chat",
      "audit",
      "operation",
      "api"
    })
package dev.bothy.platform.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
