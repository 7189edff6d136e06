/// The addresses of sign-on, and the viewer that other modules' controllers ask for.
@NullMarked
package dev.bothy.platform.people.web;

import org.jspecify.annotations.NullMarked;
