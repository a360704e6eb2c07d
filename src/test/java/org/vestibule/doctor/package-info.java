@NullMarked
package org.vestibule.doctor;

import org.jspecify.annotations.NullMarked;
