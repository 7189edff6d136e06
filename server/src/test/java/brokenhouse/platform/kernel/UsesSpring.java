package brokenhouse.platform.kernel;

import org.springframework.stereotype.Component;

@Component
class UsesSpring {}
