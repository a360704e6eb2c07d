/**
 * What the nodes that serve one application have in common beside their sessions: a few small maps
 * in the engine that holds the sessions, a JCache provider or a database. Knows nothing of what is
 * kept in them.
 */
@NullMarked
package org.vestibule.shared;

import org.jspecify.annotations.NullMarked;
