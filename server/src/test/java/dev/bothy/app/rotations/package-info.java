/// The rules of on-duty rotations, and the app on a real database.
@NullMarked
package dev.bothy.app.rotations;

import org.jspecify.annotations.NullMarked;
