/// Events as `kubectl describe` shows them.
@NullMarked
package dev.bothy.operator.events;

import org.jspecify.annotations.NullMarked;
