/// How the operator itself is watched: metrics and probes.
@NullMarked
package dev.bothy.operator.operation;

import org.jspecify.annotations.NullMarked;
