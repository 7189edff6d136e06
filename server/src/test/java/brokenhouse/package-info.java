/// Classes that break a house rule each, to show that the rule sees it.
@NullMarked
package brokenhouse;

import org.jspecify.annotations.NullMarked;
