/**
 * An application as its author would write it, for the tests to look through: servlets, a filter,
 * Jakarta REST. Of the library it knows {@code org.vestibule.api} at most.
 */
@NullMarked
package org.vestibule.container.probe;

import org.jspecify.annotations.NullMarked;
