/**
 * The same flow at every authorization server that can be had from Maven Central, from Debian or
 * from npm, each started by the tests and configured by settings alone.
 *
 * <p>A server is a constant of {@code Product} and an implementation of {@code RealServer}; what it
 * needs beside is in {@code src/test/servers}.
 */
@NullMarked
package org.vestibule.servers;

import org.jspecify.annotations.NullMarked;
