/// The custom resource as people write and read it.
@NullMarked
package dev.bothy.operator.api;

import org.jspecify.annotations.NullMarked;
