/**
 * What an application sees: the injectable {@link org.vestibule.api.Caller} and the events of a
 * login's life. Nothing here knows how a login works; an application that imports only this package
 * is never broken by a change of the flow.
 */
@NullMarked
package org.vestibule.api;

import org.jspecify.annotations.NullMarked;
