@NullMarked
package dev.bothy.platform.work;

import org.jspecify.annotations.NullMarked;
