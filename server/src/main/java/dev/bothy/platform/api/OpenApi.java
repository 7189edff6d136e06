package dev.bothy.platform.api;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/// What the OpenAPI document says beside what controllers and their records say of themselves: how
/// to prove who one is, which scope each operation needs, and the problems that it can end in.
@Configuration(proxyBeanMethods = false)
class OpenApi {
  private static final String TOKEN = "token";
  private static final String SESSION = "session";
  private static final String PROBLEM = "Problem";

  /// What any operation can end in.
  private static final Map<Integer, String> ALWAYS =
      Map.of(
          401, "Nobody is known by the token or the session.",
          403, "The token's scope or the person's roles do not allow it.",
          404,
              "There is no such thing, or not in this workspace, or the caller has no place in it.",
          406, "The answer has no such form.",
          429, "Too many requests; see `Retry-After`.",
          500, "A mistake of ours.",
          503, "A part that this needs does not answer; see `Retry-After`.");

  /// What an operation with a body can end in besides.
  private static final Map<Integer, String> WITH_BODY =
      Map.of(
          400, "The body is no JSON.",
          413, "The body is larger than 1 MiB.",
          415, "The body is of another type than `application/json`.");

  private static final int INVALID = 422;

  @Bean
  OperationCustomizer eachOperation() {
    return OpenApi::describe;
  }

  @Bean
  OpenApiCustomizer wholeDocument() {
    return OpenApi::describe;
  }

  private static Operation describe(Operation operation, HandlerMethod method) {
    Optional<ApiArea> found = ApiScopes.areaOf(method.getBeanType());
    if (found.isEmpty()) {
      return operation;
    }
    ApiArea area = found.get();
    String name = method.getMethod().getName();
    operation.setOperationId(
        camelCase(area.name()) + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    operation.setTags(List.of(area.name()));
    for (RequestMethod each : RequestMethod.values()) {
      if (maps(method, each)) {
        operation.setSecurity(
            List.of(
                new SecurityRequirement()
                    .addList(
                        TOKEN, ApiScopes.needed(area, each.name()).map(List::of).orElse(List.of())),
                new SecurityRequirement().addList(SESSION)));
      }
    }
    return operation;
  }

  private static boolean maps(HandlerMethod method, RequestMethod wanted) {
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
    return mapping != null && List.of(mapping.method()).contains(wanted);
  }

  private static void describe(OpenAPI document) {
    document.setInfo(
        new Info()
            .title("Bothy")
            .version("1")
            .description(
                "What the console can do, for programs. Times are RFC 3339 in UTC. Errors are"
                    + " problems (RFC 9457) with a stable `code`, listed in"
                    + " docs/reference/problems.md; docs/reference/api.md explains the rest."));
    document.setServers(List.of(new Server().url("/")));
    Components components =
        document.getComponents() == null ? new Components() : document.getComponents();
    document.setComponents(components);
    ModelConverters.getInstance(true)
        .readAll(ProblemDocument.class)
        .forEach(components::addSchemas);
    components.addSecuritySchemes(
        TOKEN,
        new SecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("bearer")
            .description("An API token, `bothy_pat_…`."));
    components.addSecuritySchemes(
        SESSION,
        new SecurityScheme()
            .type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.COOKIE)
            .name("__Host-bothy-session")
            .description(
                "A signed-in browser's cookie (`bothy-session` without https); what changes"
                    + " something carries the page's token in the header `X-CSRF-TOKEN` too."));
    ALWAYS.forEach(
        (status, meaning) -> components.addResponses(PROBLEM + status, problem(meaning)));
    WITH_BODY.forEach(
        (status, meaning) -> components.addResponses(PROBLEM + status, problem(meaning)));
    components.addResponses(
        PROBLEM + INVALID, problem("Something in it is not allowed; `errors` says what."));
    document.getPaths().forEach(OpenApi::describe);
  }

  private static void describe(String path, PathItem item) {
    item.readOperationsMap()
        .forEach((method, operation) -> {
          if (path.contains("{workspace}")) {
            operation.addParametersItem(
                new Parameter()
                    .name("workspace")
                    .in("path")
                    .required(true)
                    .description("The workspace's slug, as the console's addresses name it.")
                    .schema(new StringSchema()));
          }
          operation.setResponses(responses(operation));
        });
  }

  /// Those of success first, then the problems, by status.
  private static ApiResponses responses(Operation operation) {
    Set<Integer> problems = new TreeSet<>(ALWAYS.keySet());
    if (operation.getRequestBody() != null) {
      problems.addAll(WITH_BODY.keySet());
    }
    boolean asks =
        operation.getParameters() != null
            && operation.getParameters().stream().anyMatch(each -> "query".equals(each.getIn()));
    if (asks || operation.getRequestBody() != null) {
      problems.add(INVALID);
    }
    ApiResponses responses = new ApiResponses();
    Map<String, ApiResponse> own = new TreeMap<>();
    operation
        .getResponses()
        .forEach((status, response) -> {
          if (status.startsWith("2")) {
            responses.addApiResponse(status, response);
          } else if (!status.equals("default")) {
            // A problem of this operation alone: its controller declares it.
            own.put(status, problem(response.getDescription()));
          }
        });
    problems.forEach(status ->
        responses.addApiResponse(
            status.toString(),
            new ApiResponse().$ref("#/components/responses/" + PROBLEM + status)));
    own.forEach(responses::addApiResponse);
    return responses;
  }

  private static ApiResponse problem(String meaning) {
    return new ApiResponse()
        .description(meaning)
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
  }

  private static String camelCase(String word) {
    StringBuilder name = new StringBuilder();
    for (String part : word.split("-")) {
      name.append(
          name.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return name.toString();
  }
}
