/// The few things that the operator does in the Vault of a trial.
@NullMarked
package dev.bothy.operator.vault;

import org.jspecify.annotations.NullMarked;
