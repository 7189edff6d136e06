package dev.bothy.platform.vault;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// Where the server's login to the database comes from (`bothy.database.*`).
///
/// @param vaultPath where Vault's database engine gives it; null if `spring.datasource.username`
///   and `.password` say it, and `false` where they do whatever a settings file says
@ConfigurationProperties("bothy.database")
@Validated
record DatabaseProperties(
    @Pattern(
            regexp = "false|[^/]\\S*/(creds|static-creds)/[^/\\s]+",
            message =
                "bothy.database.vault-path must be like database/creds/bothy-app, or"
                    + " database/static-creds/bothy-app")
        @Nullable String vaultPath) {}
