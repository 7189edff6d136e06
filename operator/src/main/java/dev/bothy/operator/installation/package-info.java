/// From a `Bothy` resource to a running server: what is checked, migrated and rolled out, and in
/// which order.
@NullMarked
package dev.bothy.operator.installation;

import org.jspecify.annotations.NullMarked;
