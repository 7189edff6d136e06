package dev.bothy.app.rotations;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/// The primary key of this module's tables: the workspace first, so that no id of one workspace can
/// collide with another's.
@Embeddable
record WorkspaceKey(
    @Column(name = "workspace_id", nullable = false) UUID workspace,
    @Column(name = "id", nullable = false) UUID id)
    implements Serializable {}
