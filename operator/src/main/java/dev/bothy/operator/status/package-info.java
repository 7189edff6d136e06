/// What the statuses of all kinds have in common.
@NullMarked
package dev.bothy.operator.status;

import org.jspecify.annotations.NullMarked;
