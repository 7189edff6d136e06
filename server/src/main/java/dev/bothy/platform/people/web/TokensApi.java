package dev.bothy.platform.people.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.people.ApiToken;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.PeopleProblems;
import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// The tokens of people's programs in a workspace.
@ApiArea(name = "tokens", about = "Tokens for programs")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/tokens",
    produces = MediaType.APPLICATION_JSON_VALUE)
class TokensApi {
  private final ApiTokens tokens;

  TokensApi(ApiTokens tokens) {
    this.tokens = tokens;
  }

  @Schema(name = "Token", description = "What is known of a token; never the token.")
  record TokenDocument(
      UUID id,
      @Schema(description = "Whose it is.") UUID person,
      String name,
      SortedSet<String> scopes,
      Instant createdAt,
      Instant expiresAt,
      @Schema(description = "To the minute; null if it never was.") @Nullable Instant lastUsedAt,
      @Schema(description = "Null unless it was revoked.") @Nullable Instant revokedAt) {
    static TokenDocument of(ApiToken token) {
      return new TokenDocument(
          token.id(),
          token.person().value(),
          token.name(),
          token.scopes(),
          token.createdAt(),
          token.expiresAt(),
          token.lastUsedAt(),
          token.revokedAt());
    }
  }

  @Schema(name = "NewToken", description = "A token to be made.")
  record NewToken(
      @Schema(description = "What its owner calls it, 1 to 80 characters.") @Nullable String name,
      @Schema(description = "What it is for, e.g. `rotations:read`; at least one.")
          @Nullable Set<String> scopes,
      @Schema(description = "Within a year, or what the installation allows; null is that.")
          @Nullable Instant expiresAt) {}

  @Schema(name = "MadeToken", description = "A token that was just made.")
  record MadeToken(
      @Schema(description = "What the program carries. It is shown this once.") String token,
      TokenDocument known) {
    @Override
    public String toString() {
      return "MadeToken[known=" + known + "]";
    }
  }

  @GetMapping
  @Operation(
      summary = "List tokens",
      description =
          "One's own tokens, the newest first, with those that ended in the last 90 days. An admin"
              + " may list everybody's.")
  Page<TokenDocument> list(
      Viewer viewer, @RequestParam(name = "of", defaultValue = "mine") String of) {
    List<ApiToken> found =
        switch (of) {
          case "mine" -> tokens.of(viewer);
          case "all" -> tokens.ofEverybody(viewer);
          default ->
              throw ApiProblem.invalid("of", "people.whose-tokens", "of: mine or all is allowed");
        };
    return Page.of(found.stream().map(TokenDocument::of).toList());
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Make a token for oneself",
      description =
          "Needs a session: no token makes another one. The answer shows the token, this once.")
  ResponseEntity<MadeToken> make(Viewer viewer, SignedIn who, @RequestBody NewToken wanted) {
    if (!tokens.mayMake(who)) {
      throw ApiProblem.of(PeopleProblems.SESSION_NEEDED);
    }
    return switch (tokens.make(
        viewer,
        wanted.name() == null ? "" : wanted.name(),
        wanted.scopes() == null ? Set.of() : wanted.scopes(),
        wanted.expiresAt())) {
      case ApiTokens.Made.Token made ->
          ResponseEntity.status(HttpStatus.CREATED)
              .cacheControl(CacheControl.noStore())
              .body(new MadeToken(made.token(), TokenDocument.of(made.known())));
      case ApiTokens.Made.Refused refused -> throw ApiProblem.invalid(refused.problems());
    };
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Revoke a token",
      description =
          "One's own, or by an admin anybody's: no request with it is answered from then on. Again"
              + " changes nothing.")
  void revoke(Viewer viewer, @PathVariable UUID id) {
    if (!tokens.revoke(viewer, id)) {
      throw ApiProblem.of(Problems.NOT_FOUND);
    }
  }
}
