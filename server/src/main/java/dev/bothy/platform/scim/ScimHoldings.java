package dev.bothy.platform.scim;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of directories is held about people.
@Configuration(proxyBeanMethods = false)
class ScimHoldings {
  @Bean
  Holdings scimHeld() {
    return new Holdings(
        "scim",
        List.of(
            HeldTable.of(
                    "scim_group_member", "Gives the members of a directory's group their roles.")
                .person("user_id in (select id from scim_user where person_id = :person)")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of("scim_user_email", "Finds a directory's user by an address.")
                .person("user_id in (select id from scim_user where person_id = :person)")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of(
                    "scim_user",
                    "Is the customer's own record of a user, as its directory sent it.")
                .person("person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete())),
            HeldTable.of("scim_group", "Stands for roles."),
            HeldTable.of("directory_token", "Lets the directory in.").notExported(),
            HeldTable.of("directory_request", "Shows an admin what the directory asked last.")
                .notExported(),
            HeldTable.of("directory", "Names the directory.")));
  }
}
