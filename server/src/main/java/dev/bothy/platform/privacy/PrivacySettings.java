package dev.bothy.platform.privacy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What is asked of privacy (`bothy.privacy.*`).
///
/// @param ledger a folder outside of the database and its backups, such as a mounted volume, in
///   which erasures are written down before they are done, and the heads of audit logs; null for
///   none
@ConfigurationProperties("bothy.privacy")
public record PrivacySettings(@Nullable Path ledger) {}
