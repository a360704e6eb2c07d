package org.vestibule.failover;

import java.util.List;
import java.util.Map;

/**
 * How a server is started that is on the disk.
 *
 * @param command runs it in the foreground
 * @param stop has it stop in order, if it is more than to end its process
 * @param environment what it finds there, beside the settings of the application
 * @param refusals what it prints when it does not start the application
 */
record Launch(
    List<String> command,
    List<String> stop,
    Map<String, String> environment,
    List<String> refusals) {}
