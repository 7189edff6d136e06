/// Which of several operators may change things.
@NullMarked
package dev.bothy.operator.leader;

import org.jspecify.annotations.NullMarked;
