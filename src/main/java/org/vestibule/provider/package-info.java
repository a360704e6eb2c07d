/**
 * Whom we talk to: the settings of the application and its providers, what providers publish about
 * themselves, their keys, and one class per endpoint.
 */
@NullMarked
package org.vestibule.provider;

import org.jspecify.annotations.NullMarked;
