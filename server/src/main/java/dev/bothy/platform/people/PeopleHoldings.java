package dev.bothy.platform.people;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of sign-on and membership is held about people.
@Configuration(proxyBeanMethods = false)
class PeopleHoldings {
  private static final String ERASED =
      "issuer = null, subject = null, name = 'erased', username = 'erased-' || id";

  /// Nor one that can still be given back; and not erased already.
  private static final String NO_PLACE =
      "username not like 'erased-%' and not exists (select from places_of(id))";

  @Bean
  Holdings peopleHeld() {
    return new Holdings(
        "people",
        List.of(
            HeldTable.of("api_token", "Lets a person's own programs use the API.")
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .kept(
                    Expiry.after(RetentionClock.SESSIONS, "revoked_at"),
                    Expiry.after(RetentionClock.SESSIONS, "expires_at")),
            HeldTable.of("member", "Says who belongs to the workspace and may do what in it.")
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of("sign_on_group", "Gives the members of a group their roles."),
            HeldTable.of("session", "Keeps a browser signed in.")
                .ofInstallation()
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .kept(Expiry.always(Duration.ofDays(1), "expires_at")),
            HeldTable.of("break_glass_code", "Lets somebody in while the sign-on is away.")
                .ofInstallation()
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .kept(Expiry.always(Duration.ofDays(1), "expires_at"))
                .notExported(),
            HeldTable.of("person", "Recognises somebody who signs in again.")
                .ofInstallation()
                .person("id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Assign(ERASED)))
                .kept(
                    Expiry.always(Member.GRACE, "last_sign_in_at").sets(ERASED, NO_PLACE),
                    Expiry.always(Member.GRACE, "created_at")
                        .sets(ERASED, "last_sign_in_at is null and " + NO_PLACE))));
  }
}
