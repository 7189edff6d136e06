/// What every part of the API for programs has in common: problems with stable codes (RFC 9457),
/// pages of lists, the areas that scopes are made of, and the OpenAPI document.
///
/// ## An API of a module
///
/// A package-private class `web/SomethingApi` with [ApiArea] instead of `@RestController`, whose
/// paths begin with `/api/v1/workspaces/{workspace}/`. Its methods take a
/// [dev.bothy.platform.people.Viewer], ask it with `require` for a role, and have an `@Operation`
/// that says what they do. What they answer and take are records of their own beside them, so that
/// a change within the module changes no program. What goes wrong is thrown as [ApiProblem] with a
/// [ProblemCode]: one of [Problems], or one of an enum of the module's. `KeysApi` is the shortest
/// example with codes of its own, `RotationsApi` the one with forms.
///
/// A change of what programs see changes `docs/reference/openapi.json`, and a new code
/// `docs/reference/problems.md`: `mvn -pl server test -Dtest=OpenApiTest,ProblemsPageTest
/// -Dapi.write=true` writes both.
@NullMarked
@ApplicationModule(
    id = "api",
    allowedDependencies = {"kernel", "workspace"})
package dev.bothy.platform.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
