package dev.bothy.platform.people;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What people's programs may carry.
///
/// @param tokenLifetime for how long a token may be made at most, 1 to 365 days
@Validated
@ConfigurationProperties("bothy.api")
record ApiTokenSettings(
    @DefaultValue("365d")
        @DurationMin(days = 1, message = "bothy.api.token-lifetime must lie between 1d and 365d")
        @DurationMax(days = 365, message = "bothy.api.token-lifetime must lie between 1d and 365d")
        Duration tokenLifetime) {}
