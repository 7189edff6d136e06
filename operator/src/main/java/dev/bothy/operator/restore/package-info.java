/// Restores and the drills that prove them.
@NullMarked
package dev.bothy.operator.restore;

import org.jspecify.annotations.NullMarked;
