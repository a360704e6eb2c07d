/**
 * Who calls us: the filter that guards the application, the servlets below {@code /oauth}, the
 * pages that users see, and the place where everything is put together.
 */
@NullMarked
package org.vestibule.web;

import org.jspecify.annotations.NullMarked;
