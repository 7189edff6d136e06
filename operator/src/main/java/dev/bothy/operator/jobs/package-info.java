/// Pods and Jobs of the server's image: what they are for, what they get, and what they leave.
@NullMarked
package dev.bothy.operator.jobs;

import org.jspecify.annotations.NullMarked;
