package brokenhouse.app.one;

import brokenhouse.app.two.Two;

record UsesTheOtherApp(Two two) {}
