/// House rules as tests. Each rule is also shown to fail when it is broken.
@NullMarked
package dev.bothy.architecture;

import org.jspecify.annotations.NullMarked;
