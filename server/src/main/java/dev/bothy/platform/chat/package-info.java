/// The portable chat model: what people say and do in any network ([InboundEvent]), what Bothy says
/// ([OutboundMessage]), and the contract that each network's connector fulfils ([ChatConnector]).
@NullMarked
@ApplicationModule(
    id = "chat",
    allowedDependencies = {"privacy", "kernel", "workspace", "keys", "work", "operation"})
package dev.bothy.platform.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
