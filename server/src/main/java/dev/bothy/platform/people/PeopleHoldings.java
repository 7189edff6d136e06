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
                .onErasure(
                    new OnErasure.AtOnce(
                        new Change.Assign(
                            "issuer = null, subject = null, name = 'erased', username = 'erased-' || id")))));
  }
}
