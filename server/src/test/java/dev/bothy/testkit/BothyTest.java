package dev.bothy.testkit;

import dev.bothy.platform.people.TestPeople;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/// A test against the running server: real HTTP port, real PostgreSQL, [TestClock]. All tests with
/// this annotation share one start, so a test makes its own workspace ([TestWorkspaces]) instead of
/// expecting an empty database.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("real")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealPartsInitializer.class)
@Import({TestBeans.class, TestPeople.class, ApiWorlds.class})
public @interface BothyTest {}
