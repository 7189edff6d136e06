package dev.bothy.platform.scim;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A workspace with a directory, as that directory sees it over HTTP.
final class ScimWorld {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final Workspace workspace;
  final UUID directory;
  final TestPeople.Someone owner;
  private final Workspaces workspaces;
  private final Members members;
  private final String base;
  private String token;

  /// An answer.
  ///
  /// @param body missing if there is none
  record Answer(int status, JsonNode body, HttpResponse<String> whole) {
    String id() {
      return body.path("id").asString();
    }

    String header(String name) {
      return whole.headers().firstValue(name).orElse("");
    }

    String detail() {
      return body.path("detail").asString("");
    }

    String scimType() {
      return body.path("scimType").asString("");
    }
  }

  ScimWorld(
      Workspace workspace,
      Workspaces workspaces,
      Members members,
      Directories directories,
      TestPeople people,
      int port) {
    this.workspace = workspace;
    this.workspaces = workspaces;
    this.members = members;
    this.owner = people.signedIn(workspace, "Olga", Role.OWNER);
    this.base = "http://127.0.0.1:" + port + "/scim/v2";
    Directories.Connected connected =
        workspaces.inWorkspace(
            workspace.id(),
            () -> directories.connect("Directory " + UUID.randomUUID(), owner.id()).orElseThrow());
    this.directory = connected.directory();
    this.token = connected.token();
  }

  String base() {
    return base;
  }

  void use(String otherToken) {
    token = otherToken;
  }

  Viewer ownersView() {
    return view(Role.OWNER);
  }

  Viewer view(Role... roles) {
    return new Viewer(owner.id(), owner.name(), workspace.id(), workspace.slug(), Set.of(roles));
  }

  Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Answer filter(String resources, String filter) {
    return get(resources + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  /// @param operations separated by commas
  Answer patch(String path, String operations, String... headers) {
    return send(
        "PATCH",
        path,
        "{\"schemas\":[\"%s\"],\"Operations\":[%s]}".formatted(PatchOperation.SCHEMA, operations),
        headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  Answer send(
      String method,
      String path,
      @org.jspecify.annotations.Nullable String body,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    request.header("Authorization", "Bearer " + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null && java.util.Arrays.stream(headers).noneMatch("Content-Type"::equals)) {
      request.header("Content-Type", "application/scim+json");
    }
    return send(request.build());
  }

  static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      JsonNode body =
          response.body().startsWith("{")
              ? JsonMapper.shared().readTree(response.body())
              : JsonMapper.shared().missingNode();
      return new Answer(response.statusCode(), body, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A user as JSON, with further properties that begin with a comma.
  static String user(String name, String more) {
    return "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"emails\":[{\"value\":\"%s@example.com\",\"type\":\"work\"}]%s}"
        .formatted(UserSchema.ID, name, name, more);
  }

  static String group(String name, String... members) {
    ObjectNode group = Canonical.NODES.objectNode();
    group.putArray("schemas").add(GroupSchema.ID);
    group.put("displayName", name);
    for (String member : members) {
      group.withArray("members").addObject().put("value", member);
    }
    return group.toString();
  }

  String newUser(String name) {
    return post("/Users", user(name, "")).id();
  }

  String newGroup(String name, String... members) {
    return post("/Groups", group(name, members)).id();
  }

  /// Who has this user name in the workspace.
  Optional<Member> member(String userName) {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            members.list().stream()
                .filter(each -> each.username().equalsIgnoreCase(userName))
                .findFirst());
  }

  Set<Role> rolesOf(String userName) {
    return member(userName).filter(Member::active).map(Member::roles).orElse(Set.of());
  }

  Optional<Member> member(PersonId person) {
    return workspaces.inWorkspace(workspace.id(), () -> members.find(person));
  }
}
