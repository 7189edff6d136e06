/// The console's pages of rotations: who is on duty, what comes in the next weeks, and the form
/// that makes and changes a rotation. Members look, admins change.
@NullMarked
package dev.bothy.app.rotations.web;

import org.jspecify.annotations.NullMarked;
