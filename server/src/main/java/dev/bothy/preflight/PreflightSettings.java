package dev.bothy.preflight;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What the preflight looks at besides what the server's own settings name (`bothy.preflight.*`).
///
/// @param vaultAddress of the Vault or OpenBao; null looks at none
@ConfigurationProperties("bothy.preflight")
record PreflightSettings(@Nullable URI vaultAddress) {}
