/**
 * What is right and wrong with a configuration and the providers that it names: numbered findings,
 * each with cause and remedy. Needs no servlet container; holds nothing.
 *
 * <pre>{@code
 * Configuration configuration = SettingsReader.read(config, classLoader);
 * Doctor doctor = new Doctor(Clock.systemUTC(), new RandomValues(new SecureRandom()));
 * Diagnosis diagnosis = doctor.examine(configuration, Site.at("/app"));
 * String text = TextReport.of(diagnosis);       // also JsonReport, HtmlReport
 * boolean failed = diagnosis.worst() == Severity.ERROR;
 * }</pre>
 */
@NullMarked
package org.vestibule.doctor;

import org.jspecify.annotations.NullMarked;
