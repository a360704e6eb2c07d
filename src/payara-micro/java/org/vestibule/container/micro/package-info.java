/**
 * Payara Micro for the container tests: one server process for all of them, into which each test
 * deploys its own applications. Payara's own adapter starts another process for each deployment.
 */
@NullMarked
package org.vestibule.container.micro;

import org.jspecify.annotations.NullMarked;
