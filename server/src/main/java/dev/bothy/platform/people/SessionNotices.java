package dev.bothy.platform.people;

import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What the next page says of what was just done, kept with the session. Spring's own way would
/// open a session of the servlet container, with a cookie of its own, which another replica does
/// not know. Reading costs nothing: it comes with the session.
@Component(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
class SessionNotices extends AbstractFlashMapManager {
  private static final TypeReference<List<Kept>> KEPT = new TypeReference<>() {};

  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  SessionNotices(Workspaces workspaces, JdbcClient jdbc, JsonMapper json) {
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.json = json;
  }

  /// A notice as it is stored.
  ///
  /// @param path where it is shown; null for the next page, whichever it is
  /// @param query what that page's address carries
  /// @param words by the name that its template gives them: texts, numbers and booleans
  /// @param expiresAt in milliseconds since 1970
  record Kept(
      @Nullable String path,
      Map<String, List<String>> query,
      Map<String, Object> words,
      long expiresAt) {
    static Kept of(FlashMap map) {
      return new Kept(
          map.getTargetRequestPath(),
          map.getTargetRequestParams(),
          Map.copyOf(map),
          map.getExpirationTime());
    }

    FlashMap toMap() {
      FlashMap map = new FlashMap();
      map.setTargetRequestPath(path);
      map.addTargetRequestParams(new LinkedMultiValueMap<>(query));
      map.putAll(words);
      map.setExpirationTime(expiresAt);
      return map;
    }
  }

  @Override
  protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
    SignedIn signedIn = signedIn();
    // The caller takes out of it what it shows.
    String notices = signedIn == null ? null : signedIn.notices();
    return notices == null
        ? null
        : json.readValue(notices, KEPT).stream()
            .map(Kept::toMap)
            .collect(Collectors.toCollection(ArrayList::new));
  }

  @Override
  protected void updateFlashMaps(
      List<FlashMap> maps, HttpServletRequest request, HttpServletResponse response) {
    SignedIn signedIn = signedIn();
    UUID session = signedIn == null ? null : signedIn.session();
    if (session == null) {
      return;
    }
    String notices =
        maps.isEmpty() ? null : json.writeValueAsString(maps.stream().map(Kept::of).toList());
    workspaces.forInstallation(() -> {
      jdbc.sql("update session set notices = ? where id = ?")
          .param(notices)
          .param(session)
          .update();
    });
  }

  private static @Nullable SignedIn signedIn() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
        ? signedIn
        : null;
  }
}
