/// Tests of the console's pages, over HTTP and in a real browser.
@NullMarked
package dev.bothy.platform.console.web;

import org.jspecify.annotations.NullMarked;
