/// How duty is shared out: who served how long, what is left open, who is on duty twice, and what a
/// change of the plan changes. Pure functions of the pieces that `Timeline` answers with, for what
/// was and for what is planned alike.
@NullMarked
package dev.bothy.app.rotations.fairness;

import org.jspecify.annotations.NullMarked;
