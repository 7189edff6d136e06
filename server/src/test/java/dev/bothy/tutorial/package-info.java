/// The tutorial as a test: what `docs/tutorial/ten-minutes.md` promises, in a real browser.
@NullMarked
package dev.bothy.tutorial;

import org.jspecify.annotations.NullMarked;
