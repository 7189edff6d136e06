@NullMarked
package dev.bothy.platform.operation;

import org.jspecify.annotations.NullMarked;
