/// The console's own pages and what all pages share.
@NullMarked
package dev.bothy.platform.console.web;

import org.jspecify.annotations.NullMarked;
