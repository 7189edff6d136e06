package dev.bothy.platform.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key of the provider without which data keys do not unwrap.
///
/// @param provider `local-file` or `vault`
/// @param workspace null for the installation's own
/// @param owner an app's module id, `platform` or `installation`
/// @param oldest the oldest of its versions that is needed
/// @param newest the newest of its versions that is needed
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NeededKey(
    String provider, @Nullable UUID workspace, String owner, int oldest, int newest) {}
