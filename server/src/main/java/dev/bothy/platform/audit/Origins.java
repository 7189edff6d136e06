package dev.bothy.platform.audit;

import dev.bothy.platform.work.InboxTurn;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// Finds out from where what runs now was asked for, so that nobody who records has to say.
@Component
class Origins {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;

  private final boolean serves;

  Origins(ApplicationContext context) {
    this.serves = context instanceof WebServerApplicationContext;
  }

  /// From where this actor does it: by the request that is answered on this thread, else by the
  /// kind of work that runs on it.
  Origin of(Actor actor) {
    if (RequestContextHolder.getRequestAttributes()
        instanceof ServletRequestAttributes attributes) {
      return of(attributes.getRequest());
    }
    if (InboxTurn.isRunning()) {
      return without("chat");
    }
    return without(
        switch (actor) {
          case Actor.Account account -> "chat";
          case Actor.Person person -> serves ? "system" : "command";
          case Actor.System system -> serves ? "system" : "command";
        });
  }

  private static Origin of(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (path.startsWith("/chat/")) {
      // The address is the network's, not a person's.
      return without("chat");
    }
    String via = path.startsWith("/api/") ? "api" : path.startsWith("/scim/") ? "scim" : "console";
    return with(via, request.getRemoteAddr());
  }

  private static Origin without(String via) {
    return new Origin(via, null, null, null);
  }

  private static Origin with(String via, @Nullable String address) {
    if (address == null || address.isEmpty()) {
      return without(via);
    }
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new Origin(
        via,
        address,
        HexFormat.of().formatHex(salt),
        HexFormat.of().formatHex(digest(salt, address)));
  }

  /// What the chain covers in place of the address, so that it can be forgotten.
  static byte[] digest(byte[] salt, String address) {
    return Sha256.of(salt, address.getBytes(StandardCharsets.UTF_8));
  }
}
