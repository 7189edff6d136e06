@NullMarked
package dev.bothy.platform.dataexport.web;

import org.jspecify.annotations.NullMarked;
