package dev.bothy.platform.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How often what may be done, each as `how many/how long`, e.g. `600/1m`.
///
/// @param apiGlobal requests to the API by anybody
/// @param apiPerAddress requests to the API from one client address
/// @param apiPerPerson requests to the API by one person, with whichever session or token
/// @param apiPerRoute requests to one operation of the API by anybody
/// @param scimPerAddress requests to SCIM from one client address
/// @param scimPerDirectory requests to SCIM with one directory's token
/// @param signInFailuresPerAddress sign-ins that failed from one client address; after them none is
///   begun or finished from there
/// @param signInsPerAddressAndAccount sign-ins of one account from one client address
@ConfigurationProperties("bothy.limits")
public record LimitSettings(
    @DefaultValue("12000/1m") Rate apiGlobal,
    @DefaultValue("1200/1m") Rate apiPerAddress,
    @DefaultValue("600/1m") Rate apiPerPerson,
    @DefaultValue("3000/1m") Rate apiPerRoute,
    @DefaultValue("60000/1m") Rate scimPerAddress,
    @DefaultValue("60000/1m") Rate scimPerDirectory,
    @DefaultValue("5/15m") Rate signInFailuresPerAddress,
    @DefaultValue("10/5m") Rate signInsPerAddressAndAccount) {}
