/** What the manual says about servers, made from the reports of the tests. */
@NullMarked
package org.vestibule.matrix;

import org.jspecify.annotations.NullMarked;
