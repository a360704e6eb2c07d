/**
 * The web floor, each file by itself and a whole login, with stand-ins for the servlet container.
 */
@NullMarked
package org.vestibule.web;

import org.jspecify.annotations.NullMarked;
