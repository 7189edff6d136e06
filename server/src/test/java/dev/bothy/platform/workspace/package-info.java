@NullMarked
package dev.bothy.platform.workspace;

import org.jspecify.annotations.NullMarked;
