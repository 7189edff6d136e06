/// The bin's page and API, and what keeps people off what is in it.
@NullMarked
package dev.bothy.platform.bin.web;

import org.jspecify.annotations.NullMarked;
