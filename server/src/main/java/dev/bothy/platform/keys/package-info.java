/// Envelope encryption: everything that must stay secret is stored as ciphertext under data keys
/// that only the customer's key provider can unwrap.
@NullMarked
@ApplicationModule(
    id = "keys",
    allowedDependencies = {"kernel", "workspace", "operation", "vault"})
package dev.bothy.platform.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
