package dev.bothy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspace;
import java.net.http.HttpResponse;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that calls the API of a workspace with somebody's token.
///
/// @param http the server
/// @param workspace the workspace's slug
/// @param token what it carries
public record Program(Http http, String workspace, String token) {
  /// A program of somebody new with these roles; its token has every scope.
  public static Program of(
      int port,
      Workspace workspace,
      TestPeople people,
      ApiTokens tokens,
      ApiScopes scopes,
      Role... roles) {
    TestPeople.Someone someone = people.signedIn(workspace, "Somebody", roles);
    Viewer viewer =
        new Viewer(someone.id(), "Somebody", workspace.id(), workspace.slug(), Set.of(roles));
    ApiTokens.Made made = tokens.make(viewer, "test", scopes.all(), null);
    return new Program(Http.onPort(port), workspace.slug(), ((ApiTokens.Made.Token) made).token());
  }

  /// A request below the workspace's address, e.g. `/rotations`; with a document unless it is
  /// empty.
  public HttpResponse<String> send(String method, String below, String document) {
    return http.send(
        method,
        "/api/v1/workspaces/" + workspace + below,
        document,
        "Authorization",
        "Bearer " + token);
  }

  /// What a GET of this shows.
  public JsonNode read(String below) {
    return done(send("GET", below, ""));
  }

  /// What the answer says, which is one of success.
  public static JsonNode done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JsonMapper.shared().readTree(answer.body());
  }

  /// What the answer says, which is this problem.
  public static JsonNode problem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.path("code").asString()).isEqualTo(code);
    return problem;
  }
}
