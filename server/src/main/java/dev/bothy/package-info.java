/// The Bothy server. What people use lives under `app`, what apps stand on under `platform`.
@NullMarked
package dev.bothy;

import org.jspecify.annotations.NullMarked;
