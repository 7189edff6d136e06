@NullMarked
package dev.bothy.platform.keys;

import org.jspecify.annotations.NullMarked;
