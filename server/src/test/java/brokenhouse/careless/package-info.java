@ApplicationModule(id = "careful")
package brokenhouse.careless;

import org.springframework.modulith.ApplicationModule;
