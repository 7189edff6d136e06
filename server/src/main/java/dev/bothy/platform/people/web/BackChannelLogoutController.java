package dev.bothy.platform.people.web;

import dev.bothy.platform.people.BackChannelLogout;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where the identity provider reports that somebody's session there ended.
@RestController
class BackChannelLogoutController {
  private final BackChannelLogout logout;

  BackChannelLogoutController(BackChannelLogout logout) {
    this.logout = logout;
  }

  /// Answers as OpenID Connect Back-Channel Logout 1.0 §2.8 says: 200 when the sessions are gone,
  /// 400 for a token that is not genuine. 503 asks to try again.
  @PostMapping("/sign-on/back-channel-logout")
  ResponseEntity<Void> end(@RequestParam("logout_token") String token) {
    HttpStatus status =
        switch (logout.end(token)) {
          case BackChannelLogout.Outcome.Ended _ -> HttpStatus.OK;
          case BackChannelLogout.Outcome.Refused _ -> HttpStatus.BAD_REQUEST;
          case BackChannelLogout.Outcome.CannotTell _ -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).build();
  }
}
