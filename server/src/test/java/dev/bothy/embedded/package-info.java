/// Tests of the embedded run's parts, against the real programs.
@NullMarked
package dev.bothy.embedded;

import org.jspecify.annotations.NullMarked;
