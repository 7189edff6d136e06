@NullMarked
package dev.bothy.platform.audit;

import org.jspecify.annotations.NullMarked;
