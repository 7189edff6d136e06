/// Tests of sign-on, sessions and roles; [dev.bothy.platform.people.TestPeople] lets other modules'
/// tests have somebody signed in.
@NullMarked
package dev.bothy.platform.people;

import org.jspecify.annotations.NullMarked;
