@NullMarked
package dev.bothy.platform.egress;

import org.jspecify.annotations.NullMarked;
