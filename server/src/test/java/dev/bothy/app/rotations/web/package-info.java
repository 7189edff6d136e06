/// The pages of rotations in a real browser.
@NullMarked
package dev.bothy.app.rotations.web;

import org.jspecify.annotations.NullMarked;
