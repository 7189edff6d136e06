/// Where directories knock, and the page on which somebody connects one.
@NullMarked
package dev.bothy.platform.scim.web;

import org.jspecify.annotations.NullMarked;
