/// What must hold for every table, read from the catalogue so that a new table is covered by
/// itself.
@NullMarked
package dev.bothy.schema;

import org.jspecify.annotations.NullMarked;
